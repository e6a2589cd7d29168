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
_COUNTY_BEFORE = re.compile(r"\s*[^\d\s]{1,5}?郡")
_KANJI = re.compile("[一-龥々]")
_ENDS_WORDS = re.compile("[宅方様家県道府]$")
# What goes on behind a name is another name: 浦和市場, 静内町内会.
_GOES_ON = re.compile(r"場|街|営|立|民|役|庁|内会|会館|社会")
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


def find(text: str, *, by_name_alone: bool = False) -> list[Former]:
    """The former places that ``text`` names, or begins with where it is an address: しずない, 静内郡静内町本町1.

    ``by_name_alone`` leaves addresses out: where a place of today fits, an address is its own. もんべつ alone may be
    門別町 all the same.
    """
    for wanted, prefecture_code in _readings(japanese.search_key(text)):
        rows = [row for row in _rows() if prefecture_code in ("", row.prefecture_code)]
        found = [row for row in rows if wanted in row.whole]
        found = found or [row for row in rows if wanted in row.bare]
        if not found and not by_name_alone:
            found = _begun(wanted, rows)
        if found:
            return _told(found)
    return []


class Standing(NamedTuple):
    """A former name in an address: from where to where it is written, and what it belongs to today."""

    start: int
    end: int
    name: str
    places: list[Place]
    is_whole: bool  # a city, or behind its prefecture or county: no street is called so


def at_the_beginning(address: str, near: Place) -> Standing | None:
    """The former name that ``address`` begins with, behind its prefecture and county as far as they are written."""
    prefecture = next((one for one in gazetteer.prefectures() if address.startswith(one.name)), None)
    start = len(prefecture.name) if prefecture else 0
    county = _COUNTY_BEFORE.match(address, start)
    for begin in (county.end(), start) if county else (start,):
        while address[begin : begin + 1] in set(" ・/、,"):
            begin += 1
        code = prefecture.prefecture_code if prefecture else ""
        if found := _standing(address, begin, near, code, is_told=begin > 0):
            return found
    return None


def inside(address: str, begin: int, near: Place) -> Standing | None:
    """The first former name behind other words: 友人宅 静内町本町1, 高砂1（浦和市）."""
    for start in range(begin, len(address)):
        if address[start] in _first_letters() and (found := at_the_beginning(address[start:], near)):
            apart = not _KANJI.match(address[start - 1]) or _ENDS_WORDS.search(address[:start])
            if apart and not _GOES_ON.match(address, start + found.end):
                return found._replace(start=start + found.start, end=start + found.end)
    return None


def _standing(address: str, start: int, near: Place, code: str, *, is_told: bool) -> Standing | None:
    """The longest name from ``start`` on. A town alone is known from the home's prefecture, cities from everywhere."""
    for end in range(min(len(address), start + _longest()), start, -1):
        rows = [row for row in _by_name().get(_evenly(address[start:end]), ()) if code in ("", row.prefecture_code)]
        near_by = [row for row in rows if row.prefecture_code == near.prefecture_code]
        if not is_told and address[end - 1] in "町村":
            rows = near_by
        if places := [place for one in _told(near_by or rows) for place in one.places]:
            return Standing(start, end, address[start:end], places, is_told or address[end - 1] in "市区")
    return None


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


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[_Row, ...]]:
    found: dict[str, tuple[_Row, ...]] = {}
    for row in _rows():
        found[_evenly(row.name)] = (*found.get(_evenly(row.name), ()), row)
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _by_name()))


@lru_cache(maxsize=1)
def _first_letters() -> frozenset[str]:
    """What a former name, or the prefecture before it, begins with."""
    return frozenset(name[0] for name in (*_by_name(), *(place.name for place in gazetteer.prefectures())))


def _evenly(name: str) -> str:
    return name.replace("ヶ", "ケ")
