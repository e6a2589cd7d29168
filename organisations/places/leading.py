"""The places that a written address begins with, and what of it follows them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import jaconv

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import bare_names, gazetteer, quarters

_COUNTY = re.compile(r"[^\d\s]{1,5}?郡")
_SUBPREFECTURE = re.compile(r"[^\d\s]{2,4}(?:総合)?振興局(?:管内)?")
# What makes a name part of another: 太田市町 is a quarter of 橿原市.
_GOES_ON = re.compile(r"町(?![一-龥ぁ-ゖァ-ヺ])")
# What belongs to a city and is called by its name: 札幌市役所, 札幌市営光星団地 (and not 新潟市営所通). What holds no
# number names a house.
_OF_THE_CITY = re.compile(
    r"役所|役場|庁|区役所|営(?!所)|社会福祉協議会"
    r"|(?:立|民)[ぁ-ゖァ-ヺ一-龥]*?(?:病院|学校|小学校|中学校|大学|図書館|会館|館|園|センター|ホール)|\D*$"
)
# The same of a prefecture: 北海道庁, 山形県営住宅, 東京都市大学.
_OF_THE_PREFECTURE = re.compile(r"庁|営|立|民|人会|職員|警|市大学")
_SPACE_BETWEEN_NAMES = re.compile(r"(?<=[都道府県局郡市])[\s・/、,]+")
_BEFORE_A_WARD = re.compile(r"[市し]?[\s・/、,]*[内の]?[\s・/、,]*")
_LOOKS_ALIKE = str.maketrans("巿", "市")  # U+5DFF, another kanji


class Leading(NamedTuple):
    """``places`` are several where a name is shared, none where the address begins with no place's name.

    ``head`` is what of the address names them, ``prefecture`` the prefecture that it begins with.
    """

    places: list[Place]
    rest: str
    head: str = ""
    prefecture: Place | None = None


def of(address: str, *, near: Place) -> Leading:
    """What ``address`` begins with: prefecture, sub-prefecture, county, municipality and ward, as far as written.

    Without a prefecture that of ``near`` is meant; cities and wards, and towns behind their county, are known from
    elsewhere too. A quarter of ``near`` that is called like a place is the quarter. ``rest`` is what comes after; the
    whole address where it begins with no place's name.
    """
    written = _SPACE_BETWEEN_NAMES.sub("", japanese.squash(address), count=4)
    text = written.translate(_LOOKS_ALIKE)
    found = _read(text, near)
    if found.places and _is_a_quarter(text, found, near):
        found = Leading([], text)
    at = len(text) - len(found.rest)
    return Leading(found.places, written[at:], text[:at].strip(), found.prefecture)


def _read(text: str, near: Place) -> Leading:
    prefecture = next((place for place in gazetteer.prefectures() if text.startswith(place.name)), None)
    below = text.removeprefix(prefecture.name) if prefecture else text
    whole = below
    below = below.removeprefix(_head(_SUBPREFECTURE, below))
    county = _head(_COUNTY, below)
    if county and (found := _begun(below.removeprefix(county), _in_counties(prefecture), near)).places:
        return found
    for candidates in _candidates(prefecture or _stem(text), near, is_whole=prefecture is not None):
        if (found := _begun(below, candidates, near, prefecture)).places:
            return found
    for above in dict.fromkeys((prefecture or _stem(text), prefecture)):  # 福島 may be 福島県, and 福島町
        if bare := bare_names.begun(text if prefecture is None else below, near, above):
            return Leading([bare.place], bare.rest, prefecture=prefecture)
    if prefecture and _OF_THE_PREFECTURE.match(whole):
        return Leading([], text)
    here = prefecture is not None and prefecture.prefecture_code == near.prefecture_code
    return Leading([], below if here else text, prefecture=prefecture)


def _is_a_quarter(text: str, found: Leading, near: Place) -> bool:
    """Whether a name with nothing before it is a quarter's of ``near``: 蘭越町258-5 in 蘭越町, 清水町1 in 小樽市.

    蘭越町昆布町 is the town: what follows is a quarter of it.
    """
    head = text.removesuffix(found.rest).strip()
    if quarters.begin(text, near) < len(japanese.search_key(head)):
        return False
    return not any(quarters.begin(found.rest, place) for place in found.places)


def is_surely_a_place(found: Leading) -> bool:
    """Whether ``found`` can be no street: a city, a ward of Tokyo, or what has more before it.

    清水町 may be a street of 小樽市; 上川郡清水町 and 北海道清水町 are the town.
    """
    if not found.places:
        return False
    place = found.places[0]
    if len(found.head) > len(place.name):
        return True
    return _same(found.head, place.name) and (place.name[-1] == "市" or _is_of_tokyo(place))


def _is_of_tokyo(place: Place) -> bool:
    return place.name[-1] == "区" and place.level == Level.MUNICIPALITY


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


def _stem(text: str) -> Place | None:
    """The prefecture without its 県 that ``text`` begins with: 岩手花巻市."""
    return next((place for place in gazetteer.prefectures() if text.startswith(place.name[:-1])), None)


def _candidates(prefecture: Place | None, near: Place, *, is_whole: bool) -> Iterator[list[Place]]:
    codes = [prefecture.prefecture_code] if prefecture and is_whole else [near.prefecture_code]
    yield [place for place in gazetteer.homes() if place.prefecture_code in codes]
    if not is_whole:
        yield gazetteer.homes_in_cities()
        there = prefecture.prefecture_code if prefecture else ""
        yield [place for place in gazetteer.homes() if place.prefecture_code == there]


def _begun(text: str, places: Iterable[Place], near: Place, prefecture: Place | None = None) -> Leading:
    """The places of the longest name that ``text`` begins with; where a name is shared, those nearest."""
    above = None if prefecture else _stem(text)
    first = _key(text[:1])
    named = [
        (length, place)
        for place in places
        # One letter is compared before all: this is asked of every place there is.
        if above or _key(place.name[:1]) == first or (place.level == Level.WARD and first in _of_its_city(place))
        for length in _lengths(text, place, prefecture, above)
    ]
    longest = max((length for length, _place in named), default=0)
    found = list({place.code: place for length, place in named if length == longest}.values())
    for nearer in (
        lambda place: city_of(place) == city_of(near),
        lambda place: place.prefecture_code == near.prefecture_code,
    ):
        found = [place for place in found if nearer(place)] or found
    rest = text[longest:].lstrip(" ・/、,")
    if _GOES_ON.match(rest) or (_is_city_of_ward(found, near) and _OF_THE_CITY.match(rest)):
        return Leading([], text)
    return Leading(found, rest)


def _is_city_of_ward(found: list[Place], near: Place) -> bool:
    """Whether a city alone was written by somebody who lives in one of its wards: the two don't join to one address."""
    return near.level == Level.WARD and found == [city_of(near)]


def _lengths(text: str, place: Place, prefecture: Place | None, above: Place | None) -> Iterator[int]:
    """How much of ``text`` is a name of ``place``: its own, a ward's with its city, each behind 千葉 for 千葉県.

    The name without its 市 counts before a space, behind a prefecture (青森県弘前1) and before its ward (札幌北区).
    """
    names = [place.name]
    if place.level == Level.WARD:
        names.append(city_of(place).name + place.name)
        yield from _behind_its_city(text, place)
    if above and above.prefecture_code == place.prefecture_code:
        names += [above.name[:-1] + name for name in names]
    yield from (len(name) for name in names if _same(text[: len(name)], name))
    bare = place.name.removesuffix("市")
    may_be_bare = prefecture or text[len(bare) :][:1].isspace()
    if bare != place.name and len(bare) > 1 and text.startswith(bare) and may_be_bare:
        yield len(bare)


def _behind_its_city(text: str, ward: Place) -> Iterator[int]:
    """A ward behind its city as people say it: 札幌北区, 札幌 北区, 札幌市内北区, 札幌市の北区, さっぽろ市北区."""
    city = city_of(ward)
    bare, sound = city.name.removesuffix("市"), city.kana.removesuffix("し")
    begun = next((one for one in (bare, sound, jaconv.hira2kata(sound)) if text.startswith(one)), "")
    if begun and (said := _BEFORE_A_WARD.match(text, len(begun))) and text.startswith(ward.name, said.end()):
        yield said.end() + len(ward.name)


_key = lru_cache(maxsize=4096)(japanese.search_key)


def _of_its_city(ward: Place) -> tuple[str, str]:
    """The letters that a ward's city begins with."""
    city = ward.parent or ward
    return _key(city.name[:1]), _key(city.kana[:1])


def _same(written: str, name: str) -> bool:
    """Whether both are one name; 釜ヶ崎 and 釜ケ崎 are."""
    if written == name:
        return True
    if written[-1:] != name[-1:] or _key(written[:1]) != _key(name[:1]):
        return False
    return japanese.search_key(written) == japanese.search_key(name)
