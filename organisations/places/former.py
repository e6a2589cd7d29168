"""Names of municipalities and wards that are no more: what somebody calls home who has called it so all their life.

A former name is never taken for the place it belongs to today: whoever writes one is asked whether that is meant.
"""

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from foundation.text import japanese
from organisations.models.place import Place
from organisations.places import gazetteer
from organisations.places.place_table import SUFFIXES, spellings

TABLE = Path(__file__).parent.parent / "data" / "former_names.csv"
MOST_FOUND = 20
_COUNTY = re.compile(r"^[^県府]+?(?:郡|ぐん)")


class Former(NamedTuple):
    """A name that is no more, as it was written, and what it belongs to today: several where it was parted."""

    name: str
    places: list[Place]


class _Row(NamedTuple):
    prefecture_code: str
    name: str
    key: str
    whole: frozenset[str]  # search keys with their 市区町村
    bare: frozenset[str]
    codes: tuple[str, ...]


def find(text: str, *, whole: bool = False) -> list[Former]:
    """The former places that ``text`` names, or begins with where it is an address: しずない, 静内郡静内町本町1.

    ``whole`` leaves out addresses, and names without their 市区町村: where today's places fit too, only a whole name
    may mean another.
    """
    for wanted, prefecture_code in _readings(japanese.search_key(text)):
        rows = [row for row in _rows() if prefecture_code in ("", row.prefecture_code)]
        found = [row for row in rows if wanted in row.whole]
        if not found and not whole:
            found = [row for row in rows if wanted in row.bare] or _begun(wanted, rows)
        if found:
            return _told(found)
    return []


def _readings(key: str) -> Iterable[tuple[str, str]]:
    """What follows the prefecture and the county, as far as they are written: (the rest, the prefecture's code)."""
    for place in (None, *gazetteer.prefectures()):
        head = japanese.search_key(place.name) if place else ""
        rest = key.removeprefix(head)
        if rest and key.startswith(head):
            code = place.prefecture_code if place else ""
            yield rest, code
            if (without_county := _COUNTY.sub("", rest)) not in ("", rest):
                yield without_county, code


def _begun(address: str, rows: list[_Row]) -> list[_Row]:
    """The rows with whose whole name ``address`` begins, the longest alone."""
    fitting = [row for row in rows if address.startswith(row.key)]
    best = max((len(row.key) for row in fitting), default=0)
    return [row for row in fitting if len(row.key) == best]


def _told(rows: list[_Row]) -> list[Former]:
    found = []
    for row in rows[:MOST_FOUND]:
        places = [place for code in row.codes if (place := gazetteer.by_code(code))]
        found += [Former(row.name, places)] if places else []
    return found


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_row(row) for row in csv.DictReader(file))


def _row(row: dict[str, str]) -> _Row:
    name, kana = row["name"], row["kana"]
    names, sounds = spellings(name, kana)
    stems = [kana.removesuffix(ending) for ending in SUFFIXES[name[-1]] if kana.endswith(ending)]
    bare = {japanese.search_key(one) for one in (name[:-1], *stems)}
    whole = {*names.split(), *sounds.split()} - bare
    codes = tuple(row["codes_now"].split(";"))
    return _Row(row["prefecture_code"], name, japanese.search_key(name), frozenset(whole), frozenset(bare), codes)
