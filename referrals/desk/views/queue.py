"""The desk's queue."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation.identifiers import clean_receipt_number
from foundation.web.keyset import keyset
from foundation.work import outbox
from organisations.roles import Permission
from organisations.sign_in.signed_in import MemberRequest
from referrals.desk.queue import TABS, TABS_BY_KEY, by_number, cases_in, counts, with_what_a_line_shows
from referrals.models import Referral


@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """The cases of the member's desks by tab; a receipt number leads straight to its case."""
    number = request.GET.get("number", "").strip()
    found = by_number(request.user, number) if number else None
    if isinstance(found, Referral):
        return redirect("desk:referral", found.public_id)
    if found:
        return redirect("desk:case", found.public_id)
    tab = TABS_BY_KEY.get(request.GET.get("tab", ""), TABS[0])
    numbers = counts(request.user)
    page = keyset(
        cases_in(tab, request.user),
        order=tab.order,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        shown=with_what_a_line_shows,
    )
    context = {
        "tabs": [(one, numbers[one.key]) for one in TABS],
        "tab": tab,
        "page": page,
        "total": numbers[tab.key],
        "number": number,
        "number_problem": _number_problem(number),
        "sending_is_late": request.user.can(Permission.COORDINATE_DESK) and outbox.overdue().exists(),
        "several_desks": len(request.user.organisations_with(Permission.WORK_CASES)) > 1,
    }
    return render(request, "referrals/desk/queue.html", context)


def _number_problem(number: str) -> Promise | str:
    """Why a number typed in led nowhere; whether another desk knows it is not said."""
    if not number:
        return ""
    if clean_receipt_number(number) is None:
        return _("番号の文字がちがうようです。8文字を、もう一度たしかめてください。例：K7Q3-9MXF")
    return _("この番号のケースは、ここにはありません。番号をたしかめてください。")
