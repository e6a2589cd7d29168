"""Where cases and referrals stand: counts of the work, by state."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from referrals.handoff.visibility import told_as
from referrals.models import Case, ConsentEntry, Referral
from referrals.models.consent import Purpose
from referrals.states import CaseStatus, ReferralStatus
from referrals.words import ANSWERED
from reports.desks import Desks, of_desks
from reports.periods import Period

# A draft was told to nobody yet; what went to the wrong centre was no referral of this case.
_NOT_COUNTED = (ReferralStatus.DRAFT, ReferralStatus.ENTERED_IN_ERROR)


@dataclass(frozen=True)
class State:
    """How many cases or referrals stand in one state."""

    code: str
    label: Any
    number: int


@dataclass(frozen=True)
class Work:
    """Where the cases of a period's applications, and their referrals, stand now."""

    cases: list[State]
    referrals: list[State]


def work(period: Period, desks: Desks = None) -> Work:
    """Count cases and referrals of the applications received in ``period`` by their present state.

    What a centre answered is counted as "answered" only where the person has not consented to the food bank
    hearing how it went: counts tell no more than the desk may know.
    """
    days = (period.start, period.end)
    cases = of_desks(desks, Case.objects.filter(received_on__range=days), "desk")
    sent = Referral.objects.filter(case__received_on__range=days).exclude(status__in=_NOT_COUNTED)
    referrals = of_desks(desks, sent, "case__desk")
    may_hear = ConsentEntry.objects.live().filter(
        person=OuterRef("case__person"), recipient=OuterRef("centre"), purpose=Purpose.HEAR_RESULT
    )
    told = referrals.annotate(may_hear=Exists(may_hear)).values_list("status", "may_hear")
    stored = [status for status in ReferralStatus if status not in _NOT_COUNTED]
    return Work(
        _states(CaseStatus.choices, cases.order_by().values_list("status").annotate(Count("pk"))),
        _states(
            [*((status.value, status.label) for status in stored), ANSWERED],
            (
                (told_as(status, result_is_told=may_hear)[0], number)
                for status, may_hear, number in told.order_by().annotate(Count("pk"))
            ),
        ),
    )


def _states(labels: Iterable[tuple[str, Any]], numbers: Iterable[tuple[str, int]]) -> list[State]:
    counted: Counter[str] = Counter()
    for code, number in numbers:
        counted[code] += number
    return [State(code, label, counted[code]) for code, label in labels]
