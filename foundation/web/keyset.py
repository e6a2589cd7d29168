"""Lists page by page: by the values of the last row seen (keyset), never by counting rows from the start."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet

Rows = TypeVar("Rows", bound=QuerySet)
PAGE_SIZE = 50
LARGEST_PAGE = 500


@dataclass(frozen=True)
class Page:
    """One page of rows, and how to ask for the one after it and the one before it."""

    items: list[Any]
    next_cursor: str | None
    previous_cursor: str | None


def keyset(
    queryset: Rows,
    *,
    order: Sequence[str] = ("-received_at", "-id"),
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE_SIZE,
    shown: Callable[[Rows], Rows] = lambda rows: rows,
) -> Page:
    """The page of `queryset` after or before a cursor, or the first one.

    `shown` adds what a line shows: joins and annotations. They are asked of the page's rows alone, in a query of their
    own; beside the whole list's conditions, a database would work them out for all of it before it takes fifty.

    `order` names fields, or annotations that `shown` makes too, that are never null and hold nothing personal (their
    values stand in the address), the last of them unique, so that no row is skipped or shown twice. A cursor that makes
    no sense gives the first page.
    """
    columns = [_Column.of(queryset, name) for name in order]
    if not columns[-1].field.unique:
        raise ValueError("the last column of the order must be unique")
    size = max(1, min(size, LARGEST_PAGE))
    backwards = before is not None
    cursor = _decoded(before if backwards else after, columns)
    backwards = backwards and cursor is not None

    rows = queryset.order_by(*(column.ordering(backwards) for column in columns))
    if cursor is not None:
        rows = rows.filter(_beyond(columns, cursor, backwards))
    keys = list(rows.values_list("pk", flat=True)[: size + 1])
    more, keys = len(keys) > size, keys[:size]
    if backwards:
        keys.reverse()
    found = {row.pk: row for row in shown(queryset.model._default_manager.filter(pk__in=keys))} if keys else {}
    items = [found[key] for key in keys if key in found]  # one may be gone since
    if not items:
        return Page([], None, None)
    has_next = backwards or more
    has_previous = more if backwards else cursor is not None
    return Page(
        items,
        _encoded(items[-1], columns) if has_next else None,
        _encoded(items[0], columns) if has_previous else None,
    )


@dataclass(frozen=True)
class _Column:
    name: str
    descending: bool
    field: Field

    @classmethod
    def of(cls, queryset: QuerySet, name: str) -> _Column:
        bare = name.removeprefix("-")
        made = queryset.query.annotations.get(bare)
        if made is not None:
            return cls(bare, name.startswith("-"), made.output_field)
        model = queryset.model
        steps = bare.split("__")
        reached: Any = model
        for step in steps[:-1]:
            reached = reached._meta.get_field(step).related_model
        field = reached._meta.pk if steps[-1] == "pk" else reached._meta.get_field(steps[-1])
        if field.null:
            raise ValueError(f"{bare} may be null: a list cannot be leafed through by it")
        return cls(bare, name.startswith("-"), field)

    def ordering(self, backwards: bool) -> str:
        return f"-{self.name}" if self.descending != backwards else self.name

    def of_row(self, row: Model) -> Any:
        return reduce(getattr, self.name.split("__"), row)

    def beyond(self, backwards: bool) -> str:
        return "lt" if self.descending != backwards else "gt"


def _beyond(columns: list[_Column], cursor: list[Any], backwards: bool) -> Q:
    """Rows past the cursor: further in the first column, or level in it and further in the next."""
    past = Q()
    level = Q()
    for column, value in zip(columns, cursor, strict=True):
        past |= level & Q(**{f"{column.name}__{column.beyond(backwards)}": value})
        level &= Q(**{column.name: value})
    # Says nothing new, but gives the database a range on the first column to start from.
    first = columns[0]
    return Q(**{f"{first.name}__{first.beyond(backwards)}e": cursor[0]}) & past


def _encoded(row: Model, columns: list[_Column]) -> str:
    values = json.dumps([column.of_row(row) for column in columns], cls=_CursorEncoder, separators=(",", ":"))
    return base64.urlsafe_b64encode(values.encode()).decode().rstrip("=")


class _CursorEncoder(DjangoJSONEncoder):
    """Keeps microseconds, which Django's encoder cuts off."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _decoded(cursor: str | None, columns: list[_Column]) -> list[Any] | None:
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(columns) or None in values:
            return None
        return [_comparable(column.field.to_python(value)) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError):
        return None


def _comparable(value: Any) -> Any:
    """``value`` as every database can compare it with a column; raises ValueError or OverflowError where none can.

    Moments are compared in UTC: off the calendar or in a zone far out they have no place in a database. One without
    its zone is none of ours: every cursor we gave carries it.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)
    if isinstance(value, str) and b"\0" in value.encode():
        raise ValueError("no text that a database stores")
    return value
