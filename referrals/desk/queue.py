"""The desk's queue: which cases a member sees, in tabs by what has to be done, counted no further than useful."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.counting import CappedCount, capped_counts
from organisations.models import Member
from outreach.application.answers import ReceiveBy
from referrals.desk.addenda import unread
from referrals.handoff.unused import unused_consents
from referrals.handoff.visibility import holds_over_for_desk, returned_to_desk, to_hand_over
from referrals.models import Case, Parcel, Referral
from referrals.models.case import CaseQuerySet
from referrals.same_person import unchecked
from referrals.states import CASE_ENDS, CaseStatus

NEWEST_FIRST = ("-received_at", "-id")
OLDEST_FIRST = ("received_at", "id")


@dataclass(frozen=True)
class Tab:
    """One part of the queue; what waits to be worked on is shown oldest first, the rest newest first."""

    key: str
    label: Promise
    cases: Q | Callable[[], Q]
    empty: Promise
    order: tuple[str, ...] = OLDEST_FIRST
    waits: bool = False  # for the desk to do something, whatever the case's state: said before the list one lands on
    of: Callable[[Member], Q] | None = None  # what tells them only once something sealed was read, of one's own desks

    @property
    def which(self) -> Q:
        """What tells its cases; what depends on the day is made when it is asked."""
        return self.cases() if callable(self.cases) else self.cases

    def which_of(self, member: Member) -> Q:
        return self.which & self.of(member) if self.of else self.which


def _with_status(key: str, label: Promise, status: str, empty: Promise) -> Tab:
    return Tab(key, label, Q(status=status), empty)


# Whom a case waits for: the desk first, then the courier; what has arrived only waits to be closed.
_WAITS_FOR = models.Case(
    models.When(status=CaseStatus.DELIVERED, then=2),
    models.When(status=CaseStatus.SENT, then=1),
    default=0,
    output_field=models.SmallIntegerField(),
)


def _cases_of(rows: models.QuerySet) -> Q:
    """The cases of what waits, which is little: being distinct, it is worked out before any case is looked at."""
    return Q(pk__in=rows.values("case").distinct())


def _lacking_pickup(member: Member) -> Q:
    """Where a box is picked up stands sealed: of the few that wait for it, each is looked at (decrypts)."""
    picked_up = Case.objects.for_desk(member).filter(_TO_GO_OUT).exclude(application__receive_by=ReceiveBy.HOME)
    read = picked_up.select_related("person__data_key", "application").only(
        "status", "person__reaching", "person__data_key", "application__receive_by"
    )
    return Q(pk__in=[case.pk for case in read if case.lacks_pickup])


_TO_GO_OUT = Q(status__in=(CaseStatus.APPROVED, CaseStatus.PACKED))
_OPEN = [status for status in CaseStatus if status not in CASE_ENDS]
TABS = (
    Tab("open", _("対応中"), Q(status__in=_OPEN), _("対応中のケースはありません。"), ("waits_for", *OLDEST_FIRST)),
    Tab("all", _("すべて"), Q(), _("まだケースがありません。"), NEWEST_FIRST),
    _with_status("received", _("受付"), CaseStatus.RECEIVED, _("新しい申込みはありません。")),
    _with_status("in_review", _("確認中"), CaseStatus.IN_REVIEW, _("確認中のケースはありません。")),
    _with_status("approved", _("発送決定"), CaseStatus.APPROVED, _("箱づめを待っているケースはありません。")),
    _with_status("packed", _("箱づめ"), CaseStatus.PACKED, _("発送を待っている箱はありません。")),
    _with_status("sent", _("発送済み"), CaseStatus.SENT, _("届くのを待っている荷物はありません。")),
    _with_status("delivered", _("お届け済み"), CaseStatus.DELIVERED, _("終えるのを待っているケースはありません。")),
    Tab(
        "to_hand_on", _("つなぐのを待っている方"), lambda: Q(pk__in=unused_consents().values("case")),
        _("つなぐのを待っている方はいません。"),
    ),
    Tab(
        "awaiting", _("つなぎの返事待ち"), _cases_of(Referral.objects.awaiting_answer()),
        _("返事を待っているつなぎはありません。"),
    ),
    Tab(
        "came_back", _("戻ってきた荷物"), _cases_of(Parcel.objects.came_back()),
        _("戻ってきた荷物はありません。"), waits=True,
    ),
    Tab(
        "no_pickup", _("受けとるところが決まっていない荷物"), _TO_GO_OUT,
        _("受けとるところが決まっていない荷物はありません。"), waits=True, of=_lacking_pickup,
    ),
    Tab(
        "returned", _("戻ってきたつなぎ"), lambda: _cases_of(returned_to_desk()),
        _("戻ってきたつなぎはありません。"), waits=True,
    ),
    Tab(
        "to_tell_person", _("本人に伝えなおすもの"),
        _cases_of(Referral.objects.goes_on_after_all()),
        _("本人に伝えなおすものはありません。"), waits=True,
    ),
    Tab(
        "to_hand_over", _("引きつぎの記録を待つつなぎ"), lambda: _cases_of(to_hand_over()),
        _("引きつぎの記録を待つつなぎはありません。"),
    ),
    Tab(
        "hold_over", _("保留の日がきたつなぎ"), lambda: _cases_of(holds_over_for_desk()),
        _("保留の日がきたつなぎはありません。"), waits=True,
    ),
    Tab(
        "to_tell", _("窓口への連絡が要るもの"), _cases_of(Referral.objects.to_be_told()),
        _("とりやめを窓口に伝えるものはありません。"), waits=True,
    ),
    Tab(
        "elsewhere", _("とりやめた方の、ほかの申込み"), lambda: _cases_of(unchecked()),
        _("とりやめた方の、ほかの申込みで確かめるものはありません。"), waits=True,
    ),
    Tab(
        "supplemented", _("書きたし"), Q(application__in=unread().values("application")),
        _("まだ読んでいない書きたしはありません。"), waits=True,
    ),
    Tab("ended", _("終了"), Q(status__in=CASE_ENDS), _("終わったケースはまだありません。"), NEWEST_FIRST),
)  # fmt: skip
FOUND = "found"


def counts(member: Member, tabs: Iterable[Tab] = TABS) -> dict[str, CappedCount]:
    """How many cases of the member's desks each tab holds, "1,000+" at most."""
    mine = Case.objects.for_desk(member)
    return capped_counts(member, {tab.key: mine.filter(tab.which_of(member)) for tab in tabs})


def cases_in(tab: Tab, member: Member) -> CaseQuerySet:
    """The cases of a tab, with what it is ordered by."""
    return Case.objects.for_desk(member).filter(tab.which_of(member)).annotate(waits_for=_WAITS_FOR)


_SHOWN = (
    "public_id", "status", "received_at", "desk__name", "application__receipt_number", "application__food_days",
    "application__receive_by", "person__public_id", "person__name", "person__kana", "person__place",
    "person__reaching", "person__data_key",
)  # fmt: skip


def with_what_a_line_shows(cases: CaseQuerySet) -> CaseQuerySet:
    """Whose case it is, and what of it waits; of an application's fifty columns two are read."""
    of_case = Referral.objects.filter(case=OuterRef("pk"))
    shown = cases.select_related("desk", "person__data_key", "application").only(*_SHOWN)
    return shown.annotate(
        waits_for=_WAITS_FOR,
        parcel_came_back=Exists(Parcel.objects.came_back().filter(case=OuterRef("pk"))),
        waits_for_hand_off=Exists(unused_consents().filter(case=OuterRef("pk"))),
        referral_awaits=Exists(of_case.awaiting_answer()),
        referral_returned=Exists(returned_to_desk().filter(case=OuterRef("pk"))),
        referral_goes_on=Exists(of_case.goes_on_after_all()),
        referral_hold_over=Exists(holds_over_for_desk().filter(case=OuterRef("pk"))),
        referral_to_tell=Exists(of_case.to_be_told()),
        others_unchecked=Exists(unchecked().filter(case=OuterRef("pk"))),
        addendum_unread=Exists(unread().filter(application=OuterRef("application"))),
    )


def found(keys: Iterable[int]) -> Tab:
    """A tab of the cases that were looked for, by their keys; whose they are is asked anew."""
    return Tab(
        FOUND, _("さがした結果"), Q(pk__in=list(keys)), _("さがしたケースは、もうここにありません。"), NEWEST_FIRST
    )
