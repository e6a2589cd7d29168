"""Who may see what of a referral's answer: telling the centre and hearing the result are two consents."""

from referrals.models import Referral
from referrals.models.consent import Purpose


def result_may_be_told(referral: Referral) -> bool:
    """Whether the desk may learn what came of it, beyond "received" and "answered".

    Needs the person's live consent that this centre tells the food bank its result.
    """
    return (
        referral.case.person.consents.live()
        .filter(purpose=Purpose.HEAR_RESULT, recipient=referral.centre)
        .exists()
    )
