"""What people add after the receipt, and whether anybody at the desk has looked at it since."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from outreach.models import ApplicationAddendum
from referrals.models import CaseNote, CaseTransition
from referrals.states import CASE_ENDS, CaseStatus

# Steps of a caseworker, who reads the whole case; a packer's steps say nothing about what was read.
_BY_WHO_READS = Q(to_status__in=[CaseStatus.IN_REVIEW, *sorted(CASE_ENDS)]) | Q(
    to_status=CaseStatus.APPROVED, from_status__in=[CaseStatus.RECEIVED, CaseStatus.IN_REVIEW]
)


def unread() -> QuerySet[ApplicationAddendum]:
    """Addenda newer than the last note on their case and the last step of a member who reads it."""
    later = {"by__isnull": False, "at__gte": OuterRef("added_at")}
    notes = CaseNote.objects.filter(case=OuterRef("application__case"), **later)
    steps = CaseTransition.objects.filter(_BY_WHO_READS, subject=OuterRef("application__case"), **later)
    return ApplicationAddendum.objects.filter(~Exists(notes), ~Exists(steps))
