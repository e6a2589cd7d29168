"""Beat jobs of the referrals floor; each calls a verb."""

from celery import shared_task

from foundation import clock
from foundation.work import jobs
from referrals.handoff import stopping
from referrals.models import Referral


@shared_task
def expire_unanswered() -> int:
    """Return every referral whose answer is overdue to its desk; returns how many."""
    overdue = Referral.objects.overdue(clock.today()).select_related("case__desk", "centre")
    return jobs.each("expire unanswered referrals", overdue, lambda referral: stopping.expire(referral=referral)).done
