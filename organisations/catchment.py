"""Who serves a place: the centre shown to the person is the centre the referral goes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from organisations.models import Catchment, Organisation, Place
from organisations.models.organisation import Kind


@dataclass(frozen=True)
class Servers:
    """The food bank of a place (None when there is none yet) and its support centres, nearest first."""

    desk: Organisation | None = None
    centres: list[Organisation] = field(default_factory=list)


def servers_of(place: Place) -> Servers:
    """Both kinds in one query."""
    near = _serving(place, Kind.FOOD_BANK, Kind.SUPPORT_CENTRE)
    desks = [one for one in near if one.kind == Kind.FOOD_BANK]
    return Servers(next(iter(desks), None), [one for one in near if one.kind == Kind.SUPPORT_CENTRE])


def centres_for(place: Place) -> list[Organisation]:
    """The independence-support centres (自立相談支援機関) whose catchment holds ``place``, nearest first."""
    return _serving(place, Kind.SUPPORT_CENTRE)


def differs_within(places: Iterable[Place]) -> bool:
    """Whether any of ``places``, the wards of a city, has a food bank or a centre of its own."""
    kinds = (Kind.FOOD_BANK, Kind.SUPPORT_CENTRE)
    return Catchment.objects.filter(organisation__kind__in=kinds, place__in=list(places)).exists()


def desk_for(place: Place) -> Organisation | None:
    """The food bank that takes applications from ``place``; None when there is none yet."""
    return next(iter(_serving(place, Kind.FOOD_BANK)), None)


def _serving(place: Place, *kinds: Kind) -> list[Organisation]:
    """Organisations of these kinds that serve ``place``, those with the narrowest catchment first."""
    distance = {step.pk: steps for steps, step in enumerate(place.lineage())}
    catchments = Catchment.objects.filter(organisation__kind__in=kinds, place__in=distance)
    ranked = sorted(catchments.select_related("organisation"), key=lambda c: (distance[c.place_id], c.organisation_id))
    return list(dict.fromkeys(catchment.organisation for catchment in ranked))
