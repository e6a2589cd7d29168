"""The receipt: that the application arrived, as long as this browser may show it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organisations.roles import Permission
from outreach.application import cookies, help_today
from outreach.application.asking import page
from outreach.application.cookies import Mode
from outreach.application.draft_seal import HandedIn
from outreach.application.serving import Serving
from outreach.directory import in_english


def show(request: HttpRequest, mode: Mode) -> HttpResponse:
    """The receipt, as long as this browser may show it."""
    before = cookies.handed_in_before(request, mode)
    if before:
        return to_receipt(request, before, mode)
    receipt = cookies.receipt_of(request, mode)
    if receipt is None:
        return page(request, mode, "receipt_over", status=410)
    secret = receipt.page_secret
    private = request.build_absolute_uri(reverse("person:page", args=[secret])) if secret else ""
    more = reverse("person:addendum", args=[secret]) if secret else ""
    member = mode.member(request)
    case, case_url = receipt.application.case, ""
    if member and member.can(Permission.WORK_CASES, receipt.application.desk):  # who takes calls for others opens none
        case_url = reverse("desk:case", args=[case.public_id])
    serving = Serving.at(receipt.application.place)
    context: dict[str, Any] = {
        "application": receipt.application,
        "numbers": (
            help_today.until_the_box_comes(receipt.application.food_days, serving)
            if case.awaits_food and not mode.aloud
            else []
        ),
        "food_comes": case.awaits_food,
        "is_contacted": case.is_contacted,
        "cannot_telephone": case.reader_cannot_telephone,
        "tells_centre": receipt.application.consents and case.tells_centre(receipt.application.centre),
        "read_names": in_english.read_names([receipt.application.centre]),
        "doubtful_numbers": help_today.doubtful_numbers(
            receipt.application.place, filter(None, [receipt.application.centre])
        ),
        "page_url": private,
        "more_url": more,
        "case_url": case_url,
    }
    return page(request, mode, "done", **context)


def to_receipt(request: HttpRequest, handed_in: HandedIn, mode: Mode) -> HttpResponse:
    response = redirect(mode.done_url)
    cookies.keep_receipt(request, response, handed_in, mode)
    return response
