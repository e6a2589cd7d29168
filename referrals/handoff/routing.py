"""Routing: which centres a case may be handed to, and whether consent stands for each."""

from dataclasses import dataclass

from organisations import catchment
from organisations.models import Organisation
from referrals.handoff import taken_back
from referrals.models import Case, ConsentEntry
from referrals.models.consent import Purpose


@dataclass(frozen=True)
class Candidate:
    """A centre that serves the person's municipality, and the live consent naming it, if any."""

    centre: Organisation
    consent: ConsentEntry | None
    is_over: bool  # there is one, and the case was taken back since: nobody is handed on by it


def choices(case: Case) -> list[Candidate]:
    """The centres whose catchment holds the person's place, nearest first."""
    live = case.person.consents.live().filter(purpose=Purpose.TELL_CENTRE)
    asked = live.annotate(is_open=taken_back.leaves_open(case.pk))
    consents = {entry.recipient_id: (entry, not entry.is_open) for entry in asked}
    return [Candidate(c, *consents.get(c.pk, (None, False))) for c in catchment.centres_for(case.person.place)]
