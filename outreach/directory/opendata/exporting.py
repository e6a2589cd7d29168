"""Exporting open data: entries and organisations as the values, cells and rows of their sheet."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import tablib
from django.db.models import QuerySet

from foundation import clock
from organisations.models import Organisation, Place
from organisations.models.place import Level
from outreach.directory.codes import Area
from outreach.directory.opendata.cells import Value, escaped, written
from outreach.directory.opendata.columns import NATIONAL, ORGANISATIONS, PROGRAMMES, WINDOWS, Sheet
from outreach.directory.opendata.difference import Standing
from outreach.directory.opendata.importing import Known
from outreach.models import Programme, Window


def area_cells(place: Place | None) -> tuple[str, str, str]:
    """The three cells that name an area: code, prefecture, municipality.

    A sub-prefecture has the prefecture's code and its own name in the third; a ward its city's name in front.
    """
    if place is None:
        return "", NATIONAL, ""
    above = {step.level: step for step in place.lineage()}
    prefecture = above[Level.PREFECTURE]
    if place.level == Level.PREFECTURE:
        return place.code, place.name, ""
    if place.level == Level.SUBPREFECTURE:
        return prefecture.code, prefecture.name, place.short_name
    city = above[Level.MUNICIPALITY].name if place.level == Level.WARD else ""
    return place.code, prefecture.name, city + place.name


def known() -> Known:
    """What a file may refer to, as it stands now."""
    places = list(Place.objects.current())
    return Known(
        areas={("", NATIONAL, ""): ""} | {area_cells(place): place.code for place in places},
        places={place.code: place.name for place in places},
        organisations={str(code) for code in Organisation.objects.exclude(code=None).values_list("code", flat=True)},
        programmes=set(Programme.objects.values_list("code", flat=True)),
    )


# --- values ----------------------------------------------------------------------------------------------

Getter = Callable[[Any], Value]

GETTERS: dict[str, Getter] = {
    "place": lambda entry: entry.place.code if entry.place else "",
    "prefecture_name": lambda entry: area_cells(entry.place)[1],
    "municipality_name": lambda entry: area_cells(entry.place)[2],
    "troubles": lambda entry: tuple(entry.troubles),
    "needs": lambda entry: tuple(entry.needs),
    "organisation": lambda window: window.organisation.code if window.organisation else "",
    "for_catchment": lambda window: window.area == Area.CATCHMENT,
    "programmes": lambda window: tuple(sorted(p.code for p in window.programmes.all())),
    "catchment": lambda organisation: tuple(sorted(c.place.code for c in organisation.catchments.all())),
}


def values(instance: Any, sheet: Sheet) -> dict[str, Value]:
    """What ``instance`` says in each column of ``sheet``."""
    found: dict[str, Value] = {}
    for column in sheet.columns:
        language, _, name = column.field.rpartition(".")
        if language:
            texts = {text.language: text for text in instance.texts.all()}
            found[column.field] = getattr(texts[language], name) if language in texts else ""
        elif getter := GETTERS.get(name):
            found[name] = getter(instance)
        else:
            found[name] = getattr(instance, name)
    return found


def everything(sheet: Sheet) -> QuerySet:
    """The rows of ``sheet``, with all that their values need."""
    if sheet is PROGRAMMES:
        return Programme.objects.prefetch_related("texts")
    if sheet is WINDOWS:
        return Window.objects.select_related("organisation").prefetch_related("texts", "programmes")
    return Organisation.objects.exclude(code=None).order_by("code").prefetch_related("catchments")


def standing(sheet: Sheet) -> dict[str, Standing]:
    """What stands in the database, by code, to be compared with a file."""
    return {instance.code: _standing(instance, sheet) for instance in everything(sheet)}


def _standing(instance: Any, sheet: Sheet) -> Standing:
    """Organisations do not say who changed them last, so any may have been put right by staff."""
    known_on = instance.verified_on or date.min
    edited_at = None if sheet is ORGANISATIONS else instance.edited_at
    if edited_at:
        known_on = max(known_on, clock.tokyo_date(edited_at))
    return Standing(values(instance, sheet), known_on, sheet is ORGANISATIONS or edited_at is not None)


# --- rows ------------------------------------------------------------------------------------------------


def headers(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns]


def cells(instance: Any, sheet: Sheet) -> list[str]:
    """``instance`` as a row under the headers of ``sheet``."""
    said = values(instance, sheet)
    if "place" in said:
        said["place"] = area_cells(instance.place)[0]
    return [escaped(written(value)) for value in said.values()]


def dataset(sheet: Sheet, instances: Iterable[Any] | None = None) -> tablib.Dataset:
    """``instances`` (everything when left out) as rows under the sheet's headers."""
    rows = tablib.Dataset(headers=headers(sheet))
    for instance in everything(sheet) if instances is None else instances:
        rows.append(cells(instance, sheet))
    return rows
