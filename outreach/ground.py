"""The ground an application stands on: the place, the food bank that sends there, the centres that serve it."""

from dataclasses import dataclass, field
from typing import Self

from organisations import catchment
from organisations.models import Organisation, Place
from outreach.statement import Statement


@dataclass(frozen=True)
class Ground:
    place: Place | None = None
    desk: Organisation | None = None
    centres: list[Organisation] = field(default_factory=list)

    @classmethod
    def of(cls, said: Statement) -> Self:
        """As things stand now; empty as long as the place was not said."""
        place = Place.objects.with_lineage().filter(code=said.place_code).first() if said.place_code else None
        if place is None:
            return cls()
        return cls(place, catchment.desk_for(place), catchment.centres_for(place))

    def centre(self, public_id: str) -> Organisation | None:
        """The centre of that id, as long as it serves the place."""
        return next((centre for centre in self.centres if centre.public_id == public_id), None)
