"""Holds every request against the permission map before its view runs."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from organisations.permission_map import Access, rule_for
from organisations.roles import Permission
from organisations.sign_in import kept_words

_SIGNED_IN_AS = "signed_in_as"  # on the request: by whom it was let through


# What may stand in the address of the sign-in page: which part of a list or report, never what somebody looked for.
_OF_A_LIST = frozenset({"tab", "after", "before", "centre", "from", "until"})


def _address(request: HttpRequest) -> str:
    """Where to go after signing in: the very tab. Of a post its page, since what it asked for is in what it sent."""
    of_a_list = request.method == "GET" and request.GET.keys() <= _OF_A_LIST
    return request.get_full_path() if of_a_list else request.path


class PermissionMapMiddleware:
    """Refuses addresses that are not in the map, and members whose roles don't give the permission.

    A refusal is a 404: who may not open a page is not told that it exists.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        member = getattr(request, _SIGNED_IN_AS, "")
        if member:
            kept_words.remember_member(request, response, member)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        rule = rule_for(match.view_name or "") if match else None
        if rule is None:
            raise Http404
        if rule in (Access.PUBLIC, Access.PERSON):
            return None
        if not request.user.is_authenticated:
            kept_words.keep(request, view)
            return redirect_to_login(_address(request))
        if rule is not Access.MEMBER:
            permissions = {rule} if isinstance(rule, Permission) else rule
            if not any(request.user.can(permission) for permission in permissions):
                raise Http404
        setattr(request, _SIGNED_IN_AS, request.user.public_id)
        kept_words.look(request, view)
        return None
