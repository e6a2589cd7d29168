"""The packers' list: what waits for packing, for the courier, for arrival, and boxes to take apart."""

from django.contrib import messages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from foundation.counting import capped_counts
from foundation.web.keyset import keyset
from organisations.sign_in.signed_in import MemberRequest
from outreach.application.answers import FoodDays
from outreach.models import ApplicationAddendum
from referrals.acts import back_to
from referrals.desk import circumstances, parcels
from referrals.desk.queue import OLDEST_FIRST, Tab
from referrals.doors import parcel_of_ended
from referrals.models import Case, Parcel
from referrals.models.case import CaseQuerySet
from referrals.states import CaseStatus, ParcelStatus

TABS = (
    Tab("approved", _("箱づめ待ち"), Q(status=CaseStatus.APPROVED), _("箱づめを待っている荷物はありません。")),
    Tab("packed", _("発送待ち"), Q(status=CaseStatus.PACKED), _("発送を待っている荷物はありません。")),
    Tab("sent", _("お届け待ち"), Q(status=CaseStatus.SENT), _("届くのを待っている荷物はありません。")),
)
# Who has nothing to eat today comes first.
_HURRY = models.Case(
    models.When(application__food_days=FoodDays.NONE, then=1), default=0, output_field=models.SmallIntegerField()
)


@require_safe
def packing(request: MemberRequest) -> HttpResponse:
    """What waits for packing, for the courier, or for arrival; what is urgent first, then the oldest."""
    mine = Case.objects.for_packing(request.user)
    counts = capped_counts(request.user, {tab.key: mine.filter(tab.which) for tab in TABS})
    tab = next((tab for tab in TABS if tab.key == request.GET.get("tab")), TABS[0])
    page = keyset(
        mine.filter(tab.which).annotate(hurry=_HURRY),
        order=("-hurry", *OLDEST_FIRST),
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        shown=_with_what_a_line_shows,
    )
    context = {
        "tabs": [(one, counts[one.key]) for one in TABS],
        "tab": tab,
        "page": page,
        "total": counts[tab.key],
        "lines": [(case, circumstances.contents_needs(case.application)) for case in page.items],
        "to_unpack": Parcel.objects.to_unpack(request.user).select_related("case__person__data_key"),
    }
    return render(request, "referrals/desk/packing.html", context)


def _with_what_a_line_shows(cases: CaseQuerySet) -> CaseQuerySet:
    of_its_application = ApplicationAddendum.objects.filter(application=OuterRef("application"))
    shown = cases.select_related("person__data_key", "application__data_key").prefetch_related("application__choices")
    came_back = Parcel.objects.came_back().filter(case=OuterRef("pk"))
    return shown.annotate(hurry=_HURRY, added_to=Exists(of_its_application), parcel_came_back=Exists(came_back))


@require_POST
def unpacked(request: MemberRequest, public_id: str) -> HttpResponse:
    """Confirm that the box of an ended case is taken apart; a second click confirms it once."""
    found = parcel_of_ended(request, public_id)
    if found.status == ParcelStatus.TO_UNPACK:
        parcels.confirm_unpacked(parcel=found, by=request.user)
    messages.success(request, _("箱をほどいたことを記録しました。"))
    return back_to("desk:packing")
