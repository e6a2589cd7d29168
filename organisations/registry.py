"""Verbs that register organisations and say which places they serve."""

from collections.abc import Iterable

from django.db import transaction

from organisations.models import Catchment, Organisation, Place

# Days on which facts were checked: none holds for a fact that came later.
CHECKED_ON = {
    "email_confirmed_on": ("email",),
    "confirmed_on": ("phone",),
    "verified_on": ("phone", "address", "opening_hours", "source_url"),
}


@transaction.atomic
def register_organisation(*, kind: str, name: str, serves: Iterable[Place] = (), **facts) -> Organisation:
    """Register an organisation; ``facts`` are further fields of it. ``serves`` includes what lies below a place."""
    organisation = Organisation(kind=kind, name=name, **facts)
    organisation.full_clean(exclude=["public_id"])
    organisation.save()
    serve(organisation=organisation, places=serves)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, **facts) -> list[str]:
    """Change ``facts``, fields of ``organisation``; gives the days that lapsed with it, as names of fields.

    A fact that changes takes along the day on which it was checked, unless a new day is among ``facts``.
    Raises ValidationError for what doesn't fit together.
    """
    stands = Organisation.objects.get(pk=organisation.pk)
    changed = {name for name, value in facts.items() if getattr(stands, name) != value}
    lapsed = [day for day in days_lapsing(changed) if getattr(stands, day)]
    facts |= dict.fromkeys(lapsed)
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.full_clean(exclude=["public_id"])
    organisation.save(update_fields=list(facts))
    return lapsed


def days_lapsing(changed: set[str]) -> list[str]:
    """The days of CHECKED_ON that no longer hold once the fields ``changed`` are others."""
    return [day for day, facts in CHECKED_ON.items() if day not in changed and not changed.isdisjoint(facts)]


@transaction.atomic
def serve(*, organisation: Organisation, places: Iterable[Place]) -> None:
    """Make exactly ``places`` the catchment of ``organisation``."""
    wanted = {place.pk for place in places}
    organisation.catchments.exclude(place_id__in=wanted).delete()
    standing = set(organisation.catchments.values_list("place_id", flat=True))
    for pk in sorted(wanted - standing):  # saved one by one: whoever holds the directory hears of it
        Catchment.objects.create(organisation=organisation, place_id=pk)
