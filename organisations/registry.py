"""Verbs that register organisations and say which places they serve."""

from collections.abc import Iterable

from django.db import transaction

from organisations.models import Catchment, Organisation, Place


@transaction.atomic
def register_organisation(*, kind: str, name: str, serves: Iterable[Place] = (), **facts) -> Organisation:
    """Register an organisation; ``facts`` are further fields of it. ``serves`` includes what lies below a place."""
    organisation = Organisation(kind=kind, name=name, **facts)
    organisation.full_clean(exclude=["public_id"])
    organisation.save()
    serve(organisation=organisation, places=serves)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, **facts) -> None:
    """Change ``facts``, fields of ``organisation``. Raises ValidationError for what doesn't fit together."""
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.full_clean(exclude=["public_id"])
    organisation.save(update_fields=list(facts))


@transaction.atomic
def serve(*, organisation: Organisation, places: Iterable[Place]) -> None:
    """Make exactly ``places`` the catchment of ``organisation``."""
    wanted = {place.pk for place in places}
    organisation.catchments.exclude(place_id__in=wanted).delete()
    standing = set(organisation.catchments.values_list("place_id", flat=True))
    for pk in sorted(wanted - standing):  # saved one by one: whoever holds the directory hears of it
        Catchment.objects.create(organisation=organisation, place_id=pk)
