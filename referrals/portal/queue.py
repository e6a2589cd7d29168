"""The portal's queue: what is new, to answer, under way, ended, and what was closed to the centre lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.counting import capped_counts
from foundation.web.keyset import keyset
from organisations.models import Member
from organisations.roles import Permission
from referrals.models import Referral, ReferralTransition
from referrals.models.referral import ReferralQuerySet
from referrals.states import ReferralStatus
from referrals.words import ClosedWords, ReferralWords

S = ReferralStatus
PAGE = 30
SOON = 2  # days before an answer is due
CLOSED_SHOWN_FOR = timedelta(days=14)
CLOSED_SHOWN = 20
HOLDS_SHOWN = 50


@dataclass(frozen=True)
class Tab:
    """One part of the queue; what waits for an answer is shown oldest first, the rest newest first."""

    key: str
    label: Promise
    statuses: tuple[str, ...]
    waits: bool
    empty: Promise


TABS = (
    Tab("new", _("新しく届いた"), (S.SENT,), True, _("新しく届いたつなぎは、ありません。")),
    Tab("to_answer", _("返事をする"), (S.VIEWED,), True, _("返事を待っているつなぎは、ありません。")),
    Tab("accepted", _("引き受けた"), (S.ACCEPTED, S.CONTACTED, S.ON_HOLD), False, _("対応中のつなぎは、ありません。")),
    Tab(
        "done", _("終わった"), (S.CLOSED, S.HANDED_OVER, S.DECLINED, S.EXPIRED, S.REVOKED, S.ENTERED_IN_ERROR),
        False, _("終わったつなぎは、まだありません。"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One referral in the list: nothing about the person."""

    referral: Referral
    code: str
    words: ReferralWords | ClosedWords
    overdue: bool
    soon: bool


@dataclass(frozen=True)
class Closed:
    """Referrals closed to the centre lately, the newest first, each with the moment; how many more there are."""

    shown: list[tuple[datetime, Referral]]
    more: int


def shown(member: Member, *, tab: str, after: str | None, before: str | None) -> dict[str, Any]:
    """What the queue page shows ``member``: tabs with counts, one page of lines, what was closed lately."""
    mine = Referral.objects.for_centre(member)
    counts = capped_counts(member, {part.key: mine.filter(status__in=part.statuses) for part in TABS})
    chosen = next((part for part in TABS if part.key == tab), None)
    chosen = chosen or next((part for part in TABS if counts[part.key].number), TABS[0])
    page = keyset(
        mine.filter(status__in=chosen.statuses),
        order=("created_at", "id") if chosen.waits else ("-created_at", "-id"),
        after=after,
        before=before,
        size=PAGE,
        shown=lambda referrals: referrals.select_related("centre", "case__desk", "portal_entry"),
    )
    return {
        "tabs": [(part, counts[part.key]) for part in TABS],
        "chosen": chosen,
        "total": counts[chosen.key],
        "page": page,
        "lines": [_line(referral) for referral in page.items],
        "several_centres": len(member.organisations_with(Permission.ANSWER_REFERRALS)) > 1,
        "closed": _closed_lately(mine),
        "holds_over": _holds_over(mine),
    }


def _line(referral: Referral) -> Line:
    days_left = (referral.due_on - clock.today()).days if referral.is_awaited and referral.due_on else None
    return Line(
        referral,
        S.REVOKED if referral.withdrawn_at else referral.status,
        referral.words_when_closed,
        overdue=days_left is not None and days_left < 0,
        soon=days_left is not None and 0 <= days_left <= SOON,
    )


def _closed_lately(mine: ReferralQuerySet) -> Closed:
    """What the centre was told to destroy: withdrawn, agreed anew to less, or not meant for it; what was over too."""
    since = clock.now() - CLOSED_SHOWN_FOR
    mistaken = ReferralTransition.objects.filter(subject=OuterRef("pk"), to_status=S.ENTERED_IN_ERROR)
    # Two queries, each along an index of its own.
    kinds = (
        mine.filter(withdrawn_at__gte=since).annotate(closed_to_centre=F("withdrawn_at")),
        mine.filter(status=S.ENTERED_IN_ERROR)
        .annotate(closed_to_centre=Subquery(mistaken.values("at")[:1]))
        .filter(closed_to_centre__gte=since),
    )
    found: list[Any] = [one for kind in kinds for one in _newest(kind)]
    found.sort(key=lambda referral: (referral.closed_to_centre, referral.pk), reverse=True)
    more = sum(kind.count() for kind in kinds) - CLOSED_SHOWN if len(found) > CLOSED_SHOWN else 0
    return Closed([(referral.closed_to_centre, referral) for referral in found[:CLOSED_SHOWN]], more)


def _newest(closed: ReferralQuerySet) -> Iterable[Referral]:
    """One more than is shown, which tells whether there are more."""
    return closed.select_related("case__desk").order_by("-closed_to_centre", "-id")[: CLOSED_SHOWN + 1]


def _holds_over(mine: ReferralQuerySet) -> list[Referral]:
    """What was on hold until a day that has come, the longest ago first."""
    over = mine.hold_over(clock.today()).select_related("case__desk")
    return list(over.order_by("on_hold_until", "id")[:HOLDS_SHOWN])
