"""What every page's frame shows: who is signed in, and the ways open to them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.roles import Permission
from organisations.workplaces import WORKPLACES

_ALSO = ((Permission.RECORD_APPLICATION, "apply:telephone", _("電話で受ける")),)


def workplace(request: HttpRequest) -> dict[str, Any]:
    """``nav`` (label, url, current), ``member``, ``organisation`` for templates; empty for visitors."""
    frame: dict[str, Any] = {"demo": settings.DEMO, "nav": [], "member": None, "organisation": None}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    frame["member"] = user
    frame["organisation"] = user.grants()[0].organisation if user.grants() else None
    ways = [(label, reverse(name)) for permission, name, label in (*WORKPLACES, *_ALSO) if user.can(permission)]
    here = max((url for _label, url in ways if request.path.startswith(url)), key=len, default=None)
    frame["nav"] = [{"label": label, "url": url, "current": url == here} for label, url in ways]
    return frame
