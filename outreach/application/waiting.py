"""Calls that were begun and not ended: whose each is, so that nobody mixes them or throws one away unawares."""

from dataclasses import dataclass
from datetime import datetime

from outreach.application.drafts import Contents
from outreach.application.serving import Serving
from outreach.models import Draft


@dataclass(frozen=True)
class Waiting:
    """What its member needs to know it by; ``name`` and ``place`` are "" as long as nobody said them.

    ``by`` is the member who began it. Of another member's nothing else is told, and it has no ``mark`` to go on by.
    """

    begun_at: datetime
    by: str
    mark: str = ""
    name: str = ""
    place: str = ""


def of(draft: Draft) -> Waiting:
    """The member's own call (decrypts the draft)."""
    said = Contents.of(draft).said
    place = Serving.of(said).place
    return Waiting(
        draft.data_key.created_at,
        by=str(draft.recorded_by or ""),
        mark=draft.mark,
        name=said.name,
        place=place.full_name if place else "",
    )


def of_another(draft: Draft) -> Waiting:
    """A call that another member began at this browser."""
    return Waiting(draft.data_key.created_at, by=str(draft.recorded_by or ""))
