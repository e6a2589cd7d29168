"""Every place, held in each process: two thousand rows that change with an upgrade only and stand on every page.

A foreign key to a place (``PlaceKey``) is followed here, with the places above it, and asks the database nothing.
"""

import time
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models.signals import post_delete, post_save

from foundation import clock
from foundation.text import japanese
from organisations.models.place import HOMES, Level, Place

HELD_FOR = 600.0  # seconds; another process may have taken in a newer table


@dataclass(frozen=True)
class _Held:
    by_key: dict[int, Place]
    by_code: dict[str, Place]
    prefectures: list[Place]
    homes: list[Place]
    in_cities: list[Place]
    until: float
    current: dict[tuple[str, date], list[Place]] = field(default_factory=dict)  # of each kind, on each day asked for


_held: _Held | None = None
key_of = lru_cache(maxsize=8192)(japanese.search_key)  # of the names in the table


def by_key(key: int) -> Place | None:
    """The place of a primary key with those above it; shared by all who ask, so never to be changed."""
    found = _all().by_key.get(key)
    if found is None:  # added since by another process
        forget()
        found = _all().by_key.get(key)
    return found


def by_code(code: str) -> Place | None:
    """The place of a 全国地方公共団体コード, past ones too; None where there is none."""
    return _all().by_code.get(code)


def get(code: str) -> Place:
    """The place of a code that is known to be one. Raises Place.DoesNotExist."""
    found = by_code(code)
    if found is None:
        raise Place.DoesNotExist(code)
    return found


def prefectures() -> list[Place]:
    return _all().prefectures


def homes(on: date | None = None) -> list[Place]:
    """Places one can live in on ``on`` (today when left out), by their codes."""
    return _current("homes", on)


def homes_in_cities(on: date | None = None) -> list[Place]:
    """Those of ``homes`` that are a city (市), a ward of one, or a ward of Tokyo."""
    return _current("in_cities", on)


def wards_of(city: Place, on: date | None = None) -> list[Place]:
    """The wards of a designated city; none of any other place."""
    return [place for place in homes(on) if place.parent_id == city.pk]


def forget(**_signal: object) -> None:
    """Read the table anew at the next asking."""
    global _held
    _held = None


def _current(kind: str, on: date | None) -> list[Place]:
    held, day = _all(), on or clock.today()
    if (kind, day) not in held.current:
        held.current[kind, day] = [place for place in getattr(held, kind) if place.is_current(day)]
    return list(held.current[kind, day])


def _all() -> _Held:
    global _held
    held = _held
    if held is None or time.monotonic() > held.until:
        places = {place.pk: place for place in Place.objects.order_by("code")}
        for place in places.values():
            if place.parent_id:
                Place.parent.field.set_cached_value(place, places[place.parent_id])
        homes = [place for place in places.values() if place.level in HOMES]
        held = _held = _Held(
            places,
            {place.code: place for place in places.values()},
            [place for place in places.values() if place.level == Level.PREFECTURE],
            homes,
            [place for place in homes if (place.municipality or place).name[-1] in "市区"],
            time.monotonic() + HELD_FOR,
        )
    return held


for changed in (post_save, post_delete):
    changed.connect(forget, sender=Place)
