"""Holds every request against the permission map before its view runs."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from organisations import kept_words
from organisations.permission_map import Access, rule_for
from organisations.roles import Permission


class PermissionMapMiddleware:
    """Refuses addresses that are not in the map, and members whose roles don't give the permission.

    A refusal is a 404: who may not open a page is not told that it exists.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

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
            # A post's own address is enough: what it asked for is in what it sent.
            return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
        if rule is not Access.MEMBER:
            permissions = {rule} if isinstance(rule, Permission) else rule
            if not any(request.user.can(permission) for permission in permissions):
                raise Http404
        kept_words.take_out(request, view)
        return None
