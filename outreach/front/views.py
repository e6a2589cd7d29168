"""The front page, the page about privacy, and the way out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outreach.application.cookies import CLEARED_ON_LEAVING, KEEP_DRAFT, PUBLIC
from outreach.navi import web
from outreach.navi.content import shipped
from outreach.navi.token import COOKIE, TYPED


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Five troubles to pick from; the numbers for an emergency are one tap away."""
    return render(
        request, "outreach/front/front.html", {"menu": web.menu(shipped()), "dangers": web.safety_strip(None)}
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, and what it keeps of whom."""
    return render(request, "outreach/front/about.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Away to a neutral site; the cookies that open answers and drafts are cleared.

    Whoever asked for it may go on with their draft later: then its cookie alone stays.
    """
    kept = {PUBLIC.draft} if request.META["QUERY_STRING"] == KEEP_DRAFT else set()
    response = HttpResponse(status=303, headers={"Location": settings.LEAVE_URL, "Referrer-Policy": "no-referrer"})
    for name in {COOKIE, TYPED, *CLEARED_ON_LEAVING} - kept:
        response.delete_cookie(name, samesite="Lax")
    return response
