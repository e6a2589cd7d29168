"""Counting no further than is useful to a reader: "37", or "1,000+"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import IntegerField, Model, QuerySet, Subquery

COUNT_CAP = 1000


@dataclass(frozen=True)
class CappedCount:
    """How many rows there are, counted no further than is useful to a reader."""

    number: int
    capped: bool

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.capped else ''}"


class _CountOf(Subquery):
    """How many rows a sliced query gives; so that all lists are counted in one query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def capped_counts(reader: Model, lists: Mapping[str, QuerySet]) -> dict[str, CappedCount]:
    """The capped count of each list, all in one query, which needs a row to stand on: the ``reader``'s own."""
    sliced = {key: _CountOf(queryset.order_by().values("pk")[: COUNT_CAP + 1]) for key, queryset in lists.items()}
    rows = reader._meta.base_manager  # not type(reader)'s: request.user is a lazy stand-in
    found = rows.filter(pk=reader.pk).annotate(**sliced).values(*sliced).get()
    # A list that can hold nothing is not asked for, and comes back as None.
    numbers = {key: number or 0 for key, number in found.items()}
    return {key: CappedCount(min(number, COUNT_CAP), number > COUNT_CAP) for key, number in numbers.items()}
