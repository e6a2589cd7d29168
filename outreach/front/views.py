"""The front page, the page about privacy, and the way out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outreach.application.cookies import CLEARED_ON_LEAVING
from outreach.navi import web
from outreach.navi.content import shipped
from outreach.navi.token import COOKIE


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
def leave(_request: HttpRequest) -> HttpResponse:
    """Away to a neutral site; the cookies that open answers and drafts are cleared."""
    response = HttpResponse(status=303, headers={"Location": settings.LEAVE_URL, "Referrer-Policy": "no-referrer"})
    for name in (COOKIE, *CLEARED_ON_LEAVING):
        response.delete_cookie(name, samesite="Lax")
    return response
