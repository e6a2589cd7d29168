"""Who serves an application: the home decides the food bank and the centres; where the box goes decides neither."""

from dataclasses import dataclass, field
from typing import Self

from organisations import catchment
from organisations.models import Organisation, Place
from organisations.places import gazetteer
from outreach.application.statement import Statement


@dataclass(frozen=True)
class Serving:
    """The home, the food bank and the centres that serve it (nearest first), and the place to send to."""

    place: Place | None = None
    desk: Organisation | None = None
    centres: list[Organisation] = field(default_factory=list)
    sending_place: Place | None = None

    @classmethod
    def of(cls, said: Statement) -> Self:
        """As things stand now; empty as long as the place was not said."""
        place = _place(said.place_code)
        return cls.at(place, sending_place=_place(said.sending_place_code)) if place else cls()

    @classmethod
    def at(cls, place: Place, *, sending_place: Place | None = None) -> Self:
        """Who serves ``place`` now."""
        servers = catchment.servers_of(place)
        return cls(place, servers.desk, servers.centres, sending_place)

    @property
    def destination(self) -> Place | None:
        """Where the box and letters go: the home, unless another place was named for them."""
        return self.sending_place or self.place

    def centre(self, public_id: str) -> Organisation | None:
        """The centre of that id, as long as it serves the place."""
        return next((centre for centre in self.centres if centre.public_id == public_id), None)


def _place(code: str) -> Place | None:
    return gazetteer.by_code(code) if code else None
