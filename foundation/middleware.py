"""Keeps pages out of caches, histories and other sites' logs."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


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
