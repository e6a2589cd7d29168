"""What a person can be found by again: blind index entries of telephone, e-mail and names, and their making anew."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from foundation import access
from foundation.crypto import blind_index, data_keys
from foundation.crypto.ring import index_ring
from foundation.models import DataKey
from foundation.text import names
from referrals.locks import lock
from referrals.models import Person, PersonIndex

Kind = PersonIndex.Kind
KANA_PREFIX_LENGTH = 3
# Rises when a value is folded otherwise than before: entries made by an older fold are made anew by ``reindex``.
FOLD = 3
BATCH = 200


def entries_of(person: Person) -> list[PersonIndex]:
    """The entries by which ``person`` is found, not yet saved (decrypts what it wasn't given plainly)."""
    year = person.birth_year
    kana, name = names.fold(person.kana), names.fold(person.name)
    values = [
        (Kind.PHONE, person.phone),
        (Kind.EMAIL, person.email.strip().casefold()),
        (Kind.KANA_AND_YEAR, f"{kana}/{year}" if kana and year else ""),
        (Kind.KANA, kana),
        (Kind.NAME, name),
        (Kind.KANA_PREFIX, kana[:KANA_PREFIX_LENGTH] if len(kana) >= KANA_PREFIX_LENGTH else ""),
    ]
    made_with = _made_with()
    return [
        PersonIndex(person=person, kind=kind, digest=blind_index.digest(kind, value), made_with=made_with)
        for kind, value in values
        if value
    ]


def found_by(kind: str, typed: str) -> QuerySet[PersonIndex]:
    """The entries of ``kind`` that what was ``typed`` may mean, under every key of the ring.

    Names and readings are folded here; a telephone number comes as E.164, a name with its year as "name/year".
    """
    if kind in (Kind.NAME, Kind.KANA, Kind.KANA_PREFIX):
        typed = names.fold(typed)
    elif kind == Kind.KANA_AND_YEAR:
        kana, _slash, year = typed.rpartition("/")
        typed = f"{names.fold(kana)}/{year}"
    elif kind == Kind.EMAIL:
        typed = typed.strip().casefold()
    if kind == Kind.KANA_PREFIX:
        typed = typed[:KANA_PREFIX_LENGTH] if len(typed) >= KANA_PREFIX_LENGTH else ""
    return PersonIndex.objects.filter(kind=kind, digest__in=blind_index.digests(kind, typed))


def reindex(*, told: Callable[[int], None] = lambda _done: None) -> int:
    """Make anew every entry of an older key or fold; returns of how many persons. May be stopped and run again.

    Each batch is one reading in the access record, each person one transaction. Of persons who were erased the
    entries go. ``told`` hears after each batch how many persons are done.
    """
    PersonIndex.objects.filter(person__data_key__wrapped__isnull=True).delete()
    done, last = 0, 0
    while batch := list(_stale().filter(pk__gt=last).select_related("data_key").order_by("pk")[:BATCH]):
        with access.scope(actor="command", purpose="reindex_persons"):
            for person in batch:
                index_anew(person)
        done, last = done + len(batch), batch[-1].pk
        told(done)
    return done


@data_keys.when_destroyed
def forget(data_key: DataKey) -> None:
    """Whose key is destroyed is found by nothing any more."""
    for person in Person.objects.filter(data_key=data_key):
        lock(person)
        PersonIndex.objects.filter(person=person).delete()


def _stale() -> QuerySet[Person]:
    """Persons who are not erased and have no entry under today's key and fold, or one of before beside it."""
    mine = PersonIndex.objects.filter(person=OuterRef("pk"))
    today = mine.filter(made_with=_made_with())
    alive = Person.objects.filter(data_key__wrapped__isnull=False)
    return alive.filter(~Exists(today) | Exists(mine.exclude(made_with=_made_with())))


@transaction.atomic
def index_anew(person: Person) -> None:
    """Make the entries of ``person`` anew, by what stands in the row now."""
    lock(person)  # two at once come one after the other
    PersonIndex.objects.filter(person=person).delete()
    PersonIndex.objects.bulk_create(entries_of(person))


def _made_with() -> str:
    """The fold and the key that write today; key ids have at most 32 characters."""
    return f"{FOLD}:{index_ring().ids[0]}"
