"""The places that a written address begins with, and what of it follows them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import gazetteer

_COUNTY = re.compile(r"[^\d\s]{1,5}?郡")
_SUBPREFECTURE = re.compile(r"[^\d\s]{2,4}(?:総合)?振興局(?:管内)?")
# What makes a name part of another: 太田市町 is a quarter of 橿原市.
_GOES_ON = re.compile(r"町(?![一-龥ぁ-ゖァ-ヺ])")
# What belongs to a city and is called by its name: 札幌市役所, 札幌市営住宅. What holds no number names a house.
_OF_THE_CITY = re.compile(
    r"役所|役場|庁|区役所|営(?:住宅|団地|アパート)|社会福祉協議会"
    r"|(?:立|民)[ぁ-ゖァ-ヺ一-龥]*?(?:病院|学校|小学校|中学校|大学|図書館|会館|館|園|センター|ホール)|\D*$"
)
_SPACE_BETWEEN_NAMES = re.compile(r"(?<=[都道府県局郡市])\s+")


class Leading(NamedTuple):
    """``places`` are several where a name is shared, none where the address begins with no place's name."""

    places: list[Place]
    rest: str


def of(address: str, *, near: Place) -> Leading:
    """What ``address`` begins with: prefecture, sub-prefecture, county, municipality and ward, as far as written.

    Without a prefecture that of ``near`` is meant; cities, and towns behind their county, are known from elsewhere too.
    ``rest`` is what comes after; the whole address where it begins with no place's name.
    """
    text = _SPACE_BETWEEN_NAMES.sub("", japanese.squash(address), count=4)
    prefecture = next((place for place in gazetteer.prefectures() if text.startswith(place.name)), None)
    below = text.removeprefix(prefecture.name) if prefecture else text
    below = below.removeprefix(_head(_SUBPREFECTURE, below))
    county = _head(_COUNTY, below)
    if county and (found := _begun(below.removeprefix(county), _in_counties(prefecture), near)).places:
        return found
    for candidates in _candidates(prefecture, near):
        if (found := _begun(below, candidates, near)).places:
            return found
    here = prefecture is not None and prefecture.prefecture_code == near.prefecture_code
    return Leading([], below if here else text)


def is_surely_a_place(address: str, found: Leading) -> bool:
    """Whether ``found``, with which ``address`` begins, can be no street: a city, or a town behind its county.

    清水町 may be a street of 小樽市; 上川郡清水町 and 北海道清水町 are the town.
    """
    if not found.places:
        return False
    place = found.places[0]
    written = _SPACE_BETWEEN_NAMES.sub("", japanese.squash(address), count=4).removesuffix(found.rest).strip()
    return city_of(place).name[-1] in "市区" or not _same(written, place.name)


def city_of(place: Place) -> Place:
    """The municipality of a home: the city of a ward, itself otherwise."""
    return place.municipality or place


def _head(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match[0] if match else ""


def _in_counties(prefecture: Place | None) -> list[Place]:
    """The towns and villages of the prefecture, of the whole country where none is written."""
    towns = (place for place in gazetteer.homes() if place.name[-1] in "町村")
    return [place for place in towns if prefecture is None or place.prefecture_code == prefecture.prefecture_code]


def _candidates(prefecture: Place | None, near: Place) -> Iterator[list[Place]]:
    code = (prefecture or near).prefecture_code
    yield [place for place in gazetteer.homes() if place.prefecture_code == code]
    if prefecture is None:
        yield gazetteer.homes_in_cities()


def _begun(text: str, places: Iterable[Place], near: Place) -> Leading:
    """The places of the longest name that ``text`` begins with; where a name is shared, those nearest."""
    named = [(length, place) for place in places for length in _lengths(text, place, near)]
    longest = max((length for length, _place in named), default=0)
    found = [place for length, place in named if length == longest]
    for nearer in (
        lambda place: city_of(place) == city_of(near),
        lambda place: place.prefecture_code == near.prefecture_code,
    ):
        found = [place for place in found if nearer(place)] or found
    rest = text[longest:].lstrip()
    if _GOES_ON.match(rest) or (_is_city_of_ward(found, near) and _OF_THE_CITY.match(rest)):
        return Leading([], text)
    return Leading(found, rest)


def _is_city_of_ward(found: list[Place], near: Place) -> bool:
    """Whether a city alone was written by somebody who lives in one of its wards: the two don't join to one address."""
    return near.level == Level.WARD and found == [city_of(near)]


def _lengths(text: str, place: Place, near: Place) -> Iterator[int]:
    """How much of ``text`` is a name of ``place``; a ward has its city in front, or stands alone in its prefecture."""
    names = [place.name]
    if place.level == Level.WARD:
        names = [city_of(place).name + place.name]
        names += [place.name] if place.prefecture_code == near.prefecture_code else []
    yield from (len(name) for name in names if _same(text[: len(name)], name))


def _same(written: str, name: str) -> bool:
    """Whether both are one name; 釜ヶ崎 and 釜ケ崎 are."""
    if written == name:
        return True
    return written[-1:] == name[-1:] and japanese.search_key(written) == japanese.search_key(name)
