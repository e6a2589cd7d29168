"""For the person: which organisations opened what is theirs.

Organisations and days only, never members: who works there is not the person's burden to know.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.db.models.functions import TruncDate

from foundation.clock import TOKYO, tokyo_date
from foundation.models import AccessArchive, AccessRecord
from organisations.models import Organisation
from referrals.models import Person, Referral

MOST_OPENINGS = 100


@dataclass(frozen=True)
class Opening:
    """That an organisation opened something of the person's, on a day in Tokyo."""

    day: date
    organisation: str


def openings(person: Person) -> list[Opening]:
    """Which organisation opened the person's data or a packet of theirs, by day, the newest first."""
    packets = Referral.objects.filter(case__person=person).values_list("packet__data_key__public_id", flat=True)
    keys = [person.data_key.public_id, *(key for key in packets if key)]
    found = list(
        AccessRecord.objects.filter(accessed__key_public_id__in=keys, organisation_id__isnull=False)
        .annotate(day=TruncDate("at", tzinfo=TOKYO))
        .order_by("-day", "organisation_id")
        .values_list("day", "organisation_id")
        .distinct()[:MOST_OPENINGS]
    )
    names = dict(
        Organisation.objects.filter(pk__in={organisation for _day, organisation in found}).values_list("pk", "name")
    )
    return [Opening(day, names[organisation]) for day, organisation in found if organisation in names]


def openings_kept_apart(person: Person) -> date | None:
    """The last day whose openings left the database with an archived month, where the person was here by then."""
    until = AccessArchive.objects.aggregate(last=Max("until"))["last"]
    return tokyo_date(until) if until and person.data_key.created_at <= until else None
