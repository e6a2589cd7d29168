"""Who may see what of a referral: telling the centre and hearing the result are two consents."""

from enum import Enum

from referrals.models import Referral
from referrals.models.consent import ConsentEntry, Purpose
from referrals.states import REFERRAL_RETURNED, ReferralStatus


class PacketFor(Enum):
    """What a centre may do with the packet of a referral in its portal."""

    WITHDRAWN = "the person withdrew: nothing is shown, and what was printed is to be destroyed"
    GIVEN_BACK = "the centre declined or didn't answer in time: the desk has the ball, nothing is shown"
    UNOPENED = "nobody opened it yet: it opens by a POST"
    READABLE = "opened, and consent stands"


def packet_for_centre(referral: Referral) -> PacketFor:
    """Whether the centre may read the packet of ``referral`` now."""
    if referral.status == ReferralStatus.REVOKED or not consent_stands(referral):
        return PacketFor.WITHDRAWN
    if referral.status in REFERRAL_RETURNED:
        return PacketFor.GIVEN_BACK
    if referral.viewed_at is None:
        return PacketFor.UNOPENED
    return PacketFor.READABLE


def consent_stands(referral: Referral) -> bool:
    """Whether a live consent names the centre of ``referral`` and covers every field of its packet."""
    live = _live(referral, Purpose.TELL_CENTRE)
    return live is not None and set(referral.packet.fields) <= set(live.fields)


def result_may_be_told(referral: Referral) -> bool:
    """Whether the desk may learn what came of it, beyond "received" and "answered".

    Needs the person's live consent that this centre tells the food bank its result.
    """
    return _live(referral, Purpose.HEAR_RESULT) is not None


def _live(referral: Referral, purpose: Purpose) -> ConsentEntry | None:
    """The live consent of this purpose towards the centre; a newer entry takes the place of the older."""
    return (
        ConsentEntry.objects.live()
        .filter(person=referral.case.person_id, purpose=purpose, recipient=referral.centre_id)
        .first()
    )
