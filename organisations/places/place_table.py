"""The table of places: filled from the project's own file, every place with all the ways to write it."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from foundation.text import japanese
from organisations.models.place import Level, Place
from organisations.places import gazetteer

TABLE = Path(__file__).parent.parent / "data" / "municipalities.csv"
SUFFIXES = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}


class Loaded(NamedTuple):
    """What loading did, in numbers of places."""

    added: int
    changed: int
    unchanged: int


def check_digit(five: str) -> str:
    """The check digit of a 全国地方公共団体コード: weights 6 5 4 3 2 over its first five digits."""
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def spellings(
    name: str, kana: str, city: tuple[str, str] | None = None, *, key: Callable[[str], str] = japanese.search_key
) -> tuple[str, str]:
    """All ways to write a place, as search keys with a space around each: (of its name, of its kana).

    ``city`` is the name and kana of the city a ward belongs to; ``key`` brings each into its form.
    """
    ending = name[-1] if name[-1] in SUFFIXES else ""
    bare = name.removesuffix(ending)
    names = [name, bare]
    sounds = [kana]
    for sound in SUFFIXES.get(ending, ()):
        if kana.endswith(sound):
            stem = kana.removesuffix(sound)
            sounds += [stem, stem + ending, *(stem + other for other in SUFFIXES[ending])]
    if city:
        names += [city[0] + name, city[0].removesuffix("市") + name]
        sounds += [city[1] + kana, city[1].removesuffix("し") + kana]
    return _joined(names, key), _joined(sounds, key)


def _joined(words: Iterable[str], key: Callable[[str], str]) -> str:
    return " " + " ".join(dict.fromkeys(key(word) for word in words)) + " "


@transaction.atomic
def load(*, table: Path = TABLE) -> Loaded:
    """Bring the table of places to what ``table`` says; places it doesn't name are left as they are.

    Raises DomainError, with every fault by its line, before anything is written.
    """
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if faults := _faults(rows):
        raise DomainError("\n".join(faults))
    standing = {place.code: place for place in Place.objects.all()}
    city_of = {row["code"]: (row["name"], row["kana"]) for row in rows}
    added = changed = unchanged = 0
    for level in Level:  # from the top down: a place needs the one above it
        new, different, fields = [], [], set()
        for row in (row for row in rows if row["level"] == level):
            values = _values(row, standing, city_of)
            place = standing.get(row["code"])
            if place is None:
                new.append(Place(code=row["code"], **values))
                continue
            differing = {name for name, value in values.items() if getattr(place, name) != value}
            if differing:
                for name in differing:
                    setattr(place, name, values[name])
                different.append(place)
                fields |= differing
            else:
                unchanged += 1
        standing |= {place.code: place for place in Place.objects.bulk_create(new)}
        if different:
            Place.objects.bulk_update(different, sorted(fields), batch_size=500)
        added, changed = added + len(new), changed + len(different)
    gazetteer.forget()
    transaction.on_commit(gazetteer.forget)
    return Loaded(added, changed, unchanged)


def _values(row: dict[str, str], standing: dict[str, Place], city_of: dict[str, tuple[str, str]]) -> dict:
    city = city_of[row["parent_code"]] if row["level"] == Level.WARD else None
    search_name, search_kana = spellings(row["name"], row["kana"], city)
    return {
        "level": row["level"],
        "name": row["name"],
        "kana": row["kana"],
        "search_name": search_name,
        "search_kana": search_kana,
        "prefecture_code": row["prefecture_code"],
        "parent_id": standing[row["parent_code"]].pk if row["parent_code"] else None,
        "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        "valid_until": date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
    }


PARENT_LEVELS: dict[str, set[str]] = {
    Level.PREFECTURE: {""},
    Level.SUBPREFECTURE: {Level.PREFECTURE},
    Level.MUNICIPALITY: {Level.PREFECTURE, Level.SUBPREFECTURE},
    Level.WARD: {Level.MUNICIPALITY},
}


def _faults(rows: list[dict[str, str]]) -> list[str]:
    """What is wrong with the table, in Japanese, by line."""
    level_of = {row["code"]: row["level"] for row in rows}
    faults, seen = [], set()
    for line, row in enumerate(rows, start=2):
        code, level = row["code"], row["level"]
        where = _("%(line)d行目 %(code)s %(name)s：") % {"line": line, "code": code, "name": row["name"]}
        if level not in PARENT_LEVELS:
            faults.append(where + _("段階「%(level)s」はありません。") % {"level": level})
            continue
        if level != Level.SUBPREFECTURE and not (re.fullmatch(r"\d{6}", code) and code[5] == check_digit(code[:5])):
            faults.append(where + _("コードの検査数字が合いません。"))
        if code in seen:
            faults.append(where + _("同じコードが2回あります。"))
        if level_of.get(row["parent_code"], "") not in PARENT_LEVELS[level]:
            faults.append(where + _("上の地域「%(code)s」がちがいます。") % {"code": row["parent_code"]})
        if code[:2] != row["prefecture_code"]:
            faults.append(where + _("都道府県番号がコードと合いません。"))
        seen.add(code)
    return faults
