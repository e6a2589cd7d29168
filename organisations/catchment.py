"""Who serves a place: the centre shown to the person is the centre the referral goes to."""

from organisations.models import Catchment, Organisation, Place
from organisations.models.organisation import Kind


def _serving(place: Place, kind: Kind) -> list[Organisation]:
    """Organisations of ``kind`` that serve ``place``, those with the narrowest catchment first."""
    distance = {step.pk: steps for steps, step in enumerate(place.lineage())}
    catchments = Catchment.objects.filter(organisation__kind=kind, place__in=distance)
    ranked = sorted(catchments.select_related("organisation"), key=lambda c: (distance[c.place_id], c.organisation_id))
    return list(dict.fromkeys(catchment.organisation for catchment in ranked))


def centres_for(place: Place) -> list[Organisation]:
    """The independence-support centres (自立相談支援機関) whose catchment holds ``place``, nearest first."""
    return _serving(place, Kind.SUPPORT_CENTRE)


def desk_for(place: Place) -> Organisation | None:
    """The food bank that takes applications from ``place``; None when there is none yet."""
    desks = _serving(place, Kind.FOOD_BANK)
    return desks[0] if desks else None
