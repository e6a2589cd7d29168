"""Routing: which centres a case may be handed to, and whether consent stands for each."""

from dataclasses import dataclass

from organisations import catchment
from organisations.models import Organisation
from referrals.models import Case, ConsentEntry
from referrals.models.consent import Purpose


@dataclass(frozen=True)
class Candidate:
    """A centre that serves the person's municipality, and the live consent naming it, if any."""

    centre: Organisation
    consent: ConsentEntry | None


def choices(case: Case) -> list[Candidate]:
    """The centres whose catchment holds the person's place, nearest first."""
    live = case.person.consents.live().filter(purpose=Purpose.TELL_CENTRE)
    by_centre = {entry.recipient_id: entry for entry in live}
    return [Candidate(c, by_centre.get(c.pk)) for c in catchment.centres_for(case.person.place)]
