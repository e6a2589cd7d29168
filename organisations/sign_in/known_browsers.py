"""Which members have signed in at a browser before: there, nobody else's guessing keeps them out.

A signed cookie says it. It opens nothing: whoever holds it still needs the password, and has as few tries.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from organisations.models import Member

COOKIE = "tsunagu_browser"
LIFETIME = timedelta(days=180)
MOST_MEMBERS = 8  # at the one computer of an office


def knows(request: HttpRequest, email: str) -> bool:
    """Whether the member with this address has signed in here within the last half year."""
    seen = _seen(request)
    return bool(seen) and Member.objects.filter(email__iexact=email.strip(), public_id__in=seen).exists()


def remember(request: HttpRequest, response: HttpResponse, member: Member) -> None:
    """Know the browser by this member too, and by no more than the last few."""
    seen = [one for one in _seen(request) if one != member.public_id][: MOST_MEMBERS - 1]
    response.set_signed_cookie(
        COOKIE,
        ".".join([member.public_id, *seen]),
        salt=COOKIE,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )


def _seen(request: HttpRequest) -> list[str]:
    """Public ids of members, the last first."""
    held = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=LIFETIME)
    return held.split(".") if held else []
