"""One lock, and the first of every verb's: the row of the person whom it is about.

Consent and hand-off of one person never interleave, or a referral could outlive its consent; and whoever holds the
person waits for nobody who waits for the person. So a verb takes this lock before it changes any row of the person's
(case, parcel, referral, consent, note, correction), and whatever else it holds afterwards. It is the weakest that does:
a row which only names the person (each foreign key looks whether they are there) waits for nobody.
"""

from django.db.models import Model

from referrals.models import Case, Parcel, Person, Referral


def lock(person: Person) -> None:
    """Hold ``person``'s row until the transaction ends (SQLite holds the whole database: IMMEDIATE)."""
    _hold_row(person.pk)


def lock_of(case: Case) -> None:
    """The same for the person of ``case``, which needn't be loaded."""
    _hold_row(case.person_id)


def hold(case: Case) -> None:
    """Hold the person of ``case``, and bring up to date where the case stands."""
    _hold_row(case.person_id)
    _look_again(case)


def hold_parcel(parcel: Parcel) -> None:
    """Hold the person of ``parcel``, and bring up to date where it and its case stand."""
    hold(parcel.case)
    _look_again(parcel)


def hold_referral(referral: Referral) -> None:
    """Hold the person of ``referral``, and bring up to date where it stands."""
    _hold_row(referral.case.person_id)
    _look_again(referral)


def _hold_row(person_id: int) -> None:
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person_id)


def _look_again(subject: Model) -> None:
    """``subject`` whole, as it stands now: when and by whom are of one moment.

    What it points at stays as it was loaded, where that is still what it points at.
    """
    fields = subject._meta.concrete_fields
    # Where Django keeps what was loaded of a relation, by the field's name.
    loaded = dict(subject._state.fields_cache)
    subject.refresh_from_db(fields=[field.name for field in fields])
    for field in fields:
        one = loaded.get(field.name)
        if one is not None and one.pk == getattr(subject, field.attname):
            subject._state.fields_cache[field.name] = one
