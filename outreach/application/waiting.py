"""A call that was begun and not ended: whose it is, so that nobody throws it away unawares."""

from dataclasses import dataclass
from datetime import datetime

from outreach.application.drafts import Contents
from outreach.application.serving import Serving
from outreach.models import Draft


@dataclass(frozen=True)
class Waiting:
    """What its member needs to know it by; ``name`` and ``place`` are "" as long as nobody said them."""

    begun_at: datetime
    name: str = ""
    place: str = ""
    by: str = ""  # the member who began it, where it is another's: of it nothing else is told


def of(draft: Draft) -> Waiting:
    """The member's own call (decrypts the draft)."""
    said = Contents.of(draft).said
    place = Serving.of(said).place
    return Waiting(draft.data_key.created_at, name=said.name, place=place.full_name if place else "")


def of_another(draft: Draft) -> Waiting:
    """A call that another member began at this browser."""
    return Waiting(draft.data_key.created_at, by=str(draft.recorded_by or ""))
