"""Importing open data: rows become items and faults; ``difference`` holds those against what stands.

Nothing here reads or writes the database: what stands and what is known are handed in, and ``directory``
writes what comes out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import tablib
from django.utils.translation import gettext as _

from foundation.text import days
from organisations.places.place_table import check_digit
from outreach.directory.codes import is_about_violence
from outreach.directory.opendata.cells import Value, from_spreadsheet
from outreach.directory.opendata.columns import Column, Sheet, canonical

HALF_WIDTH_KANA = re.compile(r"[\uff61-\uff9f]")
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Fault:
    """What is wrong, where (the header is row 1), and what to do."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return _("%(row)d行目「%(column)s」：%(message)s") % {
            "row": self.row,
            "column": self.column,
            "message": self.message,
        }


@dataclass(frozen=True)
class Item:
    """One row that can be taken: the values of the columns its file has."""

    row: int
    code: str
    values: Values


@dataclass(frozen=True)
class Parsed:
    items: tuple[Item, ...]
    faults: tuple[Fault, ...]
    ignored: tuple[str, ...]  # headers that this directory has no use for


@dataclass(frozen=True)
class Known:
    """What a file may refer to. ``areas`` leads from the three cells that name an area to a place's code."""

    areas: Mapping[tuple[str, str, str], str]
    places: Mapping[str, str]
    organisations: Collection[str] = ()
    programmes: Collection[str] = ()


# --- its rows --------------------------------------------------------------------------------------------


def parse(dataset: tablib.Dataset, sheet: Sheet, known: Known) -> Parsed:
    """Every row as an item or as faults; a row with a fault gives no item."""
    by_header = {canonical(header): column for column in sheet.columns for header in (column.header, *column.others)}
    present = [by_header.get(canonical(header)) for header in dataset.headers or []]
    missing = [column for column in sheet.columns if column.required and column not in present]
    if missing:
        no_column = _("この列がありません。見出しを確かめてください。")
        return Parsed((), tuple(Fault(1, column.header, no_column) for column in missing), ())
    if twice := [column for column in sheet.columns if present.count(column) > 1]:
        more_columns = _("この列がいくつもあります。ひとつにしてください。")
        return Parsed((), tuple(Fault(1, column.header, more_columns) for column in twice), ())
    items: dict[str, Item] = {}
    faults: list[Fault] = []
    for row, cells in enumerate(dataset, start=2):
        texts = {c: from_spreadsheet(cell) for c, cell in zip(present, cells, strict=True) if c}
        if not any(texts.values()):
            continue
        values: dict[str, Value] = {}
        found = [Fault(row, *fault) for fault in _take(texts, values)]
        found = found or [Fault(row, *fault) for fault in _check(values, known, sheet)]
        code = str(values.get("code"))
        if code in items:
            found.append(
                Fault(row, sheet.columns[0].header, _("%(row)d行目と同じ番号です。") % {"row": items[code].row})
            )
        if found:
            faults += found
        else:
            items[code] = Item(row, code, values)
    ignored = (str(h) for h, c in zip(dataset.headers or [], present, strict=True) if h and c is None)
    return Parsed(tuple(items.values()), tuple(faults), tuple(ignored))


def _take(texts: Mapping[Column, str], values: dict[str, Value]) -> Iterator[tuple[str, str]]:
    """Read each cell into ``values``; yields (column, message) for those that can't be."""
    for column, text in texts.items():
        if "\0" in text:
            yield column.header, _("使えない文字が入っています。書きなおしてください。")
            continue
        try:
            values[column.field] = value = column.read(text)
        except ValueError as error:
            yield column.header, str(error)
            continue
        if column.required and not value:
            yield column.header, _("必ず書いてください。")
        if column.limit and isinstance(value, str) and len(value) > column.limit:
            yield (
                column.header,
                _("%(limit)d文字までです（いま %(length)d文字）。") % {"limit": column.limit, "length": len(value)},
            )
        if column.one_line and isinstance(value, str) and ("\n" in value or HALF_WIDTH_KANA.search(value)):
            yield column.header, _("改行や半角カナは使わないでください。")


def _check(values: dict[str, Value], known: Known, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What the cells of a row must be to each other; puts the place in the stead of the cells naming it."""
    named = {column.field: column.header for column in sheet.columns}
    if "prefecture_name" in values:
        cells = [str(values.pop(name, "")) for name in ("place", "prefecture_name", "municipality_name")]
        code = cells[0].zfill(6) if cells[0] else ""  # spreadsheets drop leading zeros; the names hold it against them
        area = (code, cells[1], cells[2].replace(" ", ""))
        if area in known.areas:
            values["place"] = known.areas[area]
        elif code and code not in known.places:
            yield named["place"], _unknown_code(code, known)
        else:
            yield named["municipality_name"], _("コードと、都道府県名・市区町村名が合いません。")
    amiss = {
        "verified_on": days.why_not_checked_on(_day(values, "verified_on")),
        "closes_on": days.why_not_from_until(_day(values, "opens_on"), _day(values, "closes_on")),
    }
    yield from ((named[field], why) for field, why in amiss.items() if why)
    for code in _words(values.get("catchment")):
        if code not in known.places:
            yield named["catchment"], _unknown_code(code, known)
    if (organisation := values.get("organisation")) and organisation not in known.organisations:
        yield named["organisation"], _("この番号の組織は登録されていません。")
    if values.get("for_catchment") and not values.get("organisation"):
        yield named["organisation"], _("担当地域が対象の窓口には、組織番号を書いてください。")
    for code in _words(values.get("programmes")):
        if code not in known.programmes:
            yield named["programmes"], _("%(code)s の制度は登録されていません。") % {"code": code}
    about = {"troubles": _words(values.get("troubles")), "needs": _words(values.get("needs"))}
    if is_about_violence(**about) and not values.get("sensitive", True):
        yield named["sensitive"], _("暴力についての項目は「はい」にしてください。")
    for language in sorted({name.partition(".")[0] for name in values if "." in name}):
        texts = {name: value for name, value in values.items() if name.startswith(f"{language}.")}
        for name in (f"{language}.title", f"{language}.summary"):
            if any(texts.values()) and not texts.get(name):
                yield named[name], _("このことばの文章があるときは、必ず書いてください。")


def _day(values: dict[str, Value], name: str) -> date | None:
    value = values.get(name)
    return value if isinstance(value, date) else None


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _unknown_code(code: str, known: Known) -> str:
    right = code[:5] + check_digit(code[:5]) if re.fullmatch(r"\d{6}", code) else ""
    if right in known.places:
        return _("%(code)s は検査数字が合いません。%(right)s（%(name)s）ではありませんか。") % {
            "code": code,
            "right": right,
            "name": known.places[right],
        }
    return _("%(code)s という全国地方公共団体コードはありません。") % {"code": code}
