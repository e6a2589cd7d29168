"""The way a referral has come, as it stands: without what was taken back, and without pauses that are over."""

from referrals.models import Referral
from referrals.states import CORRECTED_REASON, ReferralStatus


def stands(referral: Referral) -> list[str]:
    """The statuses from the first to today's. The one before the last is where an answer taken back leads."""
    way: list[str] = []
    for step in referral.history.order_by("pk").only("to_status", "reason"):
        took_back = step.reason == CORRECTED_REASON
        resumed = bool(way) and way[-1] == ReferralStatus.ON_HOLD and step.to_status in way
        if way and (took_back or resumed):
            way.pop()
        else:
            way.append(step.to_status)
    return way
