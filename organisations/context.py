"""What every page's frame shows: who is signed in, and the ways open to them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from foundation.text.wording import listed
from organisations.models import Member
from organisations.permission_map import rule_for
from organisations.roles import Permission
from organisations.workplaces import ways


def workplace(request: HttpRequest) -> dict[str, Any]:
    """``nav`` (label, url, current), ``member``, ``organisations`` for templates; empty for visitors."""
    frame: dict[str, Any] = {"demo": settings.DEMO, "nav": [], "member": None, "organisations": ""}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    frame["member"] = user
    frame["organisations"] = listed(_where(user, request))
    open_ways = [(way.label, reverse(way.address)) for way in ways() if user.can(way.permission)]
    here = max((url for _label, url in open_ways if request.path.startswith(url)), key=len, default=None)
    frame["nav"] = [{"label": label, "url": url, "current": url == here} for label, url in open_ways]
    return frame


def _where(member: Member, request: HttpRequest) -> list[str]:
    """For which organisations the member works on this page; all of theirs on a page that is not of one workplace.

    A page they may not open shows all too: it must look like one that does not exist.
    """
    rule = rule_for(request.resolver_match.view_name) if request.resolver_match else None
    asked = {rule} if isinstance(rule, Permission) else rule if isinstance(rule, frozenset) else set()
    fitting = [grant for grant in member.grants() if asked & grant.permissions] or member.grants()
    return list({grant.organisation_id: grant.organisation.name for grant in fitting}.values())
