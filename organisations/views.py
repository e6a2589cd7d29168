"""Takes a member to their workplace after sign-in, and back to what they were writing when it ended."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_MALFORMED_REFERER, REASON_NO_REFERER
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from organisations.permission_map import rule_for
from organisations.roles import Permission
from organisations.sign_in import kept_words
from organisations.sign_in.signed_in import MemberRequest
from organisations.workplaces import workplaces


def home(request: MemberRequest) -> HttpResponse:
    for way in workplaces():
        if request.user.can(way.permission):
            return redirect(way.address)
    raise PermissionDenied


def page_grown_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that is valid now: its page is older than the last sign-in, or was never ours.

    What came from our own page is shown again there, to be pressed once more; nothing is done with it. Django tells a
    foreign page from an old one by the request's origin, before it looks at the token; where a browser names none, and
    no referrer was checked either, the page isn't taken for ours.
    """
    match = request.resolver_match
    from_here = "Origin" in request.headers or request.is_secure()
    ours = reason.startswith("CSRF") and bool(request.COOKIES) and from_here
    if match and ours:
        if kept_words.keep(request, match.func):
            return redirect(request.path)
        if match.view_name == "account_logout" or _is_of_a_workplace(match.view_name or ""):
            messages.warning(request, _("ページが古くなっていたので、まだ何もしていません。もう一度押してください。"))
            return redirect(request.path)
        if match.view_name == "account_login" and request.user.is_authenticated:
            return redirect(request.get_full_path())
    return render(request, "403_csrf.html", {"cause": _cause(request, reason), "site": settings.BASE_URL}, status=403)


def _cause(request: HttpRequest, reason: str) -> str:
    """Why Django refused a form: no cookie came with it, its page is old, or it isn't known to be from a page of ours.

    A missing cookie is blocked or was deleted; the server can't know which. A browser that hides where a form comes
    from ("null") is no foreign page.
    """
    if reason.startswith("CSRF cookie"):
        return "cookie"
    if reason.startswith("CSRF"):
        return "old"
    hidden = request.headers.get("Origin") == "null" or reason in (REASON_NO_REFERER, REASON_MALFORMED_REFERER)
    return "hidden" if hidden else "foreign"


def _is_of_a_workplace(name: str) -> bool:
    """Whether an address is for members; the admin answers for its own pages."""
    return isinstance(rule_for(name), Permission)
