"""The way a referral has come, as it stands: without what was taken back, and without pauses that are over."""

from django.db.models import F

from referrals.models import Referral, ReferralTransition
from referrals.states import CORRECTED_REASON, ReferralStatus


def standing(referral: Referral) -> list[ReferralTransition]:
    """The steps from the first to the one that led to today's status (one query)."""
    way: list[ReferralTransition] = []
    moves = referral.history.exclude(from_status=F("to_status")).order_by("pk")
    for step in moves.only("subject_id", "to_status", "reason", "actor"):
        took_back = step.reason == CORRECTED_REASON
        resumed = bool(way) and way[-1].to_status == ReferralStatus.ON_HOLD and step.to_status in _statuses(way)
        if way and (took_back or resumed):
            way.pop()
        else:
            way.append(step)
    return way


def stands(referral: Referral) -> list[str]:
    """The statuses from the first to today's. The one before the last is where an answer taken back leads."""
    return _statuses(standing(referral))


def _statuses(way: list[ReferralTransition]) -> list[str]:
    return [step.to_status for step in way]
