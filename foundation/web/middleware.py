"""What holds for every request: it can be read, and its page stays out of caches, histories and other sites' logs."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

from foundation.web.wsgi import UNREADABLE


class PrivatePagesMiddleware:
    """Every page is private unless its view says how it may be cached (open data, static files).

    What someone looks for here may endanger them, so not even public pages are left in a shared cache or
    handed on in a Referer. `same-origin` tells other sites exactly as much as `no-referrer`, nothing; but
    under `no-referrer` browsers send "Origin: null" with our own forms, which Django's protection against
    forged requests refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


class ReadableRequestMiddleware:
    """Refuses, with a page of ours, what could only be read wrongly: letters that aren't UTF-8, and NUL.

    The outermost of all: what comes behind reads addresses and forms, and would fail over them each in its own way.
    No browser sends either of itself, so nothing that a person typed is lost. A cookie that holds NUL, in whatever
    spelling, is one that we never gave: it counts as none, so that nobody is kept out by what their browser holds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if UNREADABLE in request.META or "\0" in request.path_info or _NUL.search(request.META.get("QUERY_STRING", "")):
            return _refuse(request)
        for name in [name for name, value in request.COOKIES.items() if "\0" in name + value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Callable, _args: tuple, _kwargs: dict) -> HttpResponse | None:
        typed = request.POST.lists() if request.method == "POST" else ()
        holds_nul = any("\0" in value for name, values in typed for value in (name, *values))
        return _refuse(request) if holds_nul else None


_NUL = re.compile(r"%00|\0")


def _refuse(request: HttpRequest) -> HttpResponse:
    return bad_request(request, BadRequest())
