"""Places without their 市町村, as people write them before a street: 旭川4条通8丁目, 倶知安 北1条西1, 東京 新宿 2-3."""

import re
from typing import NamedTuple

from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import gazetteer, quarters

_LEAST = 2
_SPACES = " ・/、,"
_POST_OFFICE = re.compile(r"(?:中央|\w{0,3})郵便局")


class Bare(NamedTuple):
    place: Place
    rest: str


def begun(text: str, near: Place, prefecture: Place | None) -> Bare | None:
    """The place whose bare name ``text`` begins with, where what follows is a quarter of it, a space or a post office.

    Cities are known from anywhere, towns and villages from the home's prefecture; with ``prefecture``, which may stand
    before it without its 県, all that lie there. A quarter of ``near`` that begins so is the quarter.
    """
    there = prefecture is not None and prefecture.prefecture_code != near.prefecture_code
    below = text.removeprefix(prefecture.name[:-1]).lstrip(_SPACES) if prefecture and there else text
    for place in _beginning(below, prefecture if there and below != text else None, near):
        bare = place.name[:-1]
        rest = below[len(bare) :]
        follows = rest.lstrip(_SPACES + "の")
        if _may_be(rest, follows, place, is_there=there, near=near) and not _is_of_the_home(text, bare, near):
            return Bare(place, follows)
    return None


def _beginning(text: str, prefecture: Place | None, near: Place) -> list[Place]:
    """The places with whose bare name ``text`` begins, the longest first."""
    found = []
    for place in gazetteer.homes():
        if place.name[0] != text[:1] or len(place.name) <= _LEAST or not text.startswith(place.name[:-1]):
            continue
        if place.level == Level.WARD or place == (near.municipality or near):
            continue
        if prefecture:
            known = place.prefecture_code == prefecture.prefecture_code
        else:
            known = place.name[-1] == "市" or place.prefecture_code == near.prefecture_code
        found += [place] if known else []
    return sorted(found, key=lambda place: (-len(place.name), place.prefecture_code != near.prefecture_code))


def _may_be(rest: str, follows: str, place: Place, *, is_there: bool, near: Place) -> bool:
    if not follows or rest[0] == place.name[-1]:
        return False
    near_by = is_there or place.prefecture_code == near.prefecture_code
    apart = rest[0].isspace() or (is_there and rest[0].isdigit())
    return bool((near_by and (apart or _POST_OFFICE.match(rest))) or quarters.begin(follows, place))


def _is_of_the_home(text: str, bare: str, near: Place) -> bool:
    """Whether the name is a quarter's of the home, or begins one."""
    return quarters.begin(text, near) >= len(japanese.search_key(bare))
