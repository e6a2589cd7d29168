"""Beat jobs of the referrals floor; each calls a verb."""

from celery import shared_task

from foundation import clock
from foundation.errors import DomainError
from referrals.handoff import stopping
from referrals.models import Referral


@shared_task
def expire_unanswered() -> int:
    """Return every referral whose answer is overdue to its desk; returns how many."""
    expired = 0
    for referral in Referral.objects.overdue(clock.today()).select_related("case__desk", "centre"):
        try:
            stopping.expire(referral=referral)
        except DomainError:
            continue  # answered in this very moment: nothing to expire
        expired += 1
    return expired
