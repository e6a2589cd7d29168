"""Rows of a table on an admin's page, as they were typed before, laid upon those that stand now."""

import re
from collections.abc import Collection, Sequence

from django.db.models import Model
from django.forms import model_to_dict
from django.http import QueryDict

Row = dict[str, list[str]]


def laid_upon(standing: Sequence[Model], typed: QueryDict, *, prefix: str, owner: str) -> QueryDict:
    """``typed`` with the rows of ``prefix`` put right; ``owner`` is their key to what they belong to.

    What somebody added meanwhile stands there too. What somebody took away becomes a new row where words were written
    in it, so that they aren't lost: a form whose row is gone could never be saved.
    """
    rows = _rows(typed, prefix)
    by_key = {row.get("id", [""])[0]: row for row in rows}
    there = {str(row.pk) for row in standing}
    old = [by_key.get(str(row.pk)) or _as_it_stands(row) for row in standing]
    new = [row | {"id": [""]} for row in rows if row.get("id", [""])[0] not in there and _says_something(row, owner)]
    return _written(old, new, typed, prefix)


def _rows(typed: QueryDict, prefix: str) -> list[Row]:
    found: dict[int, Row] = {}
    for name in typed:
        part = re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", name)
        if part:
            found.setdefault(int(part[1]), {})[part[2]] = typed.getlist(name)
    return [found[number] for number in sorted(found)]


def _as_it_stands(row: Model) -> Row:
    return {name: ["" if value is None else str(value)] for name, value in model_to_dict(row).items()}


def _says_something(row: Row, owner: str) -> bool:
    return "DELETE" not in row and bool(row.keys() - {"id", owner})


def _written(old: Collection[Row], new: Collection[Row], typed: QueryDict, prefix: str) -> QueryDict:
    again = QueryDict(mutable=True)
    for name, values in typed.lists():
        if not re.match(rf"{re.escape(prefix)}-(\d+-|(TOTAL|INITIAL)_FORMS$)", name):
            again.setlist(name, values)
    again[f"{prefix}-TOTAL_FORMS"], again[f"{prefix}-INITIAL_FORMS"] = str(len(old) + len(new)), str(len(old))
    for number, row in enumerate([*old, *new]):
        for name, values in row.items():
            again.setlist(f"{prefix}-{number}-{name}", values)
    return again
