"""Turning a half-filled page into the other language: what was typed comes along, nothing is checked or saved."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def asked_for(request: HttpRequest) -> str:
    """The language that the page's own form asks to be shown in; "" when it was sent to go on."""
    asked = request.POST.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def speak(request: HttpRequest, language: str) -> None:
    """Answer this request in ``language``."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def remember(response: HttpResponse, language: str) -> None:
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
