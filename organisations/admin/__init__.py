"""Reference data for administrators: organisations, whom they serve, members and their roles."""

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from organisations.admin import members, organisations, places  # noqa: F401  # each registers its pages

admin.site.site_header = _("つなぐ 管理")
admin.site.site_title = _("つなぐ 管理")
admin.site.index_title = _("支援情報・組織・職員")
admin.site.site_url = "/home/"
admin.site.enable_nav_sidebar = False  # lists need its width; the front page of the admin has the same links
# Pages that the packages bring along: here roles say what members may do, and the member has the one address.
for package in ("allauth.account", "django.contrib.auth"):
    import_module(f"{package}.admin")
admin.site.unregister([EmailAddress, Group])


def _own_password(_request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """One way to change one's own password, which limits trying out the present one."""
    return redirect("account_change_password")


# The method of the site is meant to be replaced, by a view that asks for no site.
admin.site.password_change = _own_password  # type: ignore[method-assign,assignment]
