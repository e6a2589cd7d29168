"""The lines of referrals on the case's page: each with what the desk may see of its answer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from referrals.handoff.visibility import Answer, answer_for_desk, to_hand_over, waits_for_desk
from referrals.models import Case, Referral


@dataclass(frozen=True)
class ReferralLine:
    """A referral and what the desk may see of its answer."""

    referral: Referral
    answer: Answer
    returned: bool
    tell_person: bool  # it goes on after all, and nobody has told the person yet
    to_hand_over: bool = False  # on paper, taken up, and nothing more is told of it


def loaded(case: Case) -> list[Any]:
    """The referrals of a case with what their lines need, the newest first (one query)."""
    going_on = Exists(Referral.objects.goes_on_after_all().filter(pk=OuterRef("pk")))
    handing_over = Exists(to_hand_over().filter(pk=OuterRef("pk")))
    related = case.referrals.select_related("centre", "created_by", "followed_up_by", "told_by")
    return list(related.annotate(goes_on_after_all=going_on, is_to_hand_over=handing_over).order_by("-pk"))


def of(referrals: Iterable[Any], *, told_by: Collection[int]) -> list[ReferralLine]:
    """A line each; ``told_by``: the centres from which the desk may hear the result."""
    return [
        ReferralLine(
            referral,
            answer_for_desk(referral, result_is_told=told),
            returned=waits_for_desk(referral, result_is_told=told),
            tell_person=referral.goes_on_after_all,
            to_hand_over=referral.is_to_hand_over,
        )
        for referral in referrals
        for told in [referral.centre_id in told_by]
    ]
