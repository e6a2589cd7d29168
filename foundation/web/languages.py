"""Turning a half-filled page into the other language: what was typed comes along, nothing is checked or done.

A page with something to fill in gives its template ``language_form``, the id of its form; the switch in the header is
then a button of that form (templates/components/language.html), and the view stands under ``turns_language``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation


def asked_for(request: HttpRequest) -> str:
    """The language that the page's own form asks to be shown in; "" when it was sent to go on."""
    asked = request.POST.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent to go on; None where the page was only opened, or shall only be shown in another language."""
    return request.POST if request.method == "POST" and not asked_for(request) else None


def turns_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let ``view`` answer in the language that its form asks for, and the pages that follow too."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = asked_for(request)
        if not language:
            return view(request, *args, **kwargs)
        _speak(request, language)
        response = view(request, *args, **kwargs)
        _remember(response, language)
        return response

    return wrapped


def _speak(request: HttpRequest, language: str) -> None:
    """Answer this request in ``language``."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def _remember(response: HttpResponse, language: str) -> None:
    """Keep the language for the pages that follow, as the switch of every other page does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
