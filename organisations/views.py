"""Takes a member to their workplace after sign-in, and back to what they were writing when it ended."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.csrf import csrf_failure

from organisations import kept_words
from organisations.signed_in import MemberRequest
from organisations.workplaces import workplaces


def home(request: MemberRequest) -> HttpResponse:
    for way in workplaces():
        if request.user.can(way.permission):
            return redirect(way.address)
    raise PermissionDenied


def page_grown_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that is valid now: its page is older than the last sign-in, or was never ours.

    What came from our own page is shown again there; nothing is done with it. Django tells a foreign page from an old
    one by the request's origin, before it looks at the token.
    """
    match = request.resolver_match
    ours = reason.startswith("CSRF") and bool(request.COOKIES)
    if match and ours and kept_words.keep(request, match.func):
        return redirect(request.path)
    return csrf_failure(request, reason)
