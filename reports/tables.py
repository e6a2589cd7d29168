"""Counts as people and programs read them: rows for the screen, JSON, CSV and sentences; pandas sees counts only."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.cube import Counts, Cube
from reports.indicators import BY_KEY, NOT_FOR_PUBLICATION, Indicator
from reports.rules import EveryPart

SHARE_PLACES = 4


@dataclass(frozen=True)
class Row:
    """One line of an indicator's table. ``value`` is "" for what is not a cell: nothing answered."""

    value: str
    label: Any
    count: int
    base: int
    known: bool

    @property
    def share(self) -> float:
        return share(self.count, self.base)

    @property
    def percent(self) -> str:
        """As on the page, from the counts themselves: a share is rounded already."""
        return f"{_rounded(self.count, self.base, 1000) / 10:.1f}%"


@dataclass(frozen=True)
class Table:
    """One indicator with its counts."""

    indicator: Indicator
    counts: Counts
    rows: tuple[Row, ...]

    @property
    def in_words(self) -> str:
        """The same in one sentence: the alternative text of the chart."""
        parts = [
            _("%(label)s %(count)d件（%(percent)s）") % {"label": row.label, "count": row.count, "percent": row.percent}
            for row in self.rows
        ]
        told = _("%(label)s。母数%(base)d件のうち、%(parts)s。不明は%(unknown)d件。") % {
            "label": self.indicator.label,
            "base": self.counts.base,
            "parts": _("、").join(parts),
            "unknown": self.counts.unknown,
        }
        return f"{told}{NOT_FOR_PUBLICATION}"


def share(count: int, base: int) -> float:
    """``count / base`` to four places; 0 where there is nobody."""
    return _rounded(count, base, 10**SHARE_PLACES) / 10**SHARE_PLACES


def _rounded(count: int, base: int, parts: int) -> int:
    """How many of so many ``parts`` of ``base`` the count is, halves up, as whoever checks it by hand rounds."""
    return (2 * count * parts + base) // (2 * base) if base else 0


def table(cube: Cube, key: str) -> Table:
    """The table of one indicator: its cells in their order, then those who answered nothing."""
    indicator, counts = BY_KEY[key], cube.indicators[key]
    rows = [Row(cell.value, cell.label, counts.cells[cell.value], counts.base, cell.known) for cell in indicator.cells]
    left = counts.unknown - sum(row.count for row in rows if not row.known)
    rest = gettext_lazy("不明") if isinstance(indicator.rule, EveryPart) else gettext_lazy("答えなし")
    return Table(indicator, counts, (*rows, Row("", rest, left, counts.base, known=False)))


def tables(cube: Cube) -> list[Table]:
    return [table(cube, key) for key in cube.indicators]


def headlines(cube: Cube) -> list[tuple[Any, Row, int]]:
    """The figures to see first: label, the "yes" row and its base."""
    keys = ("isolated", "no_one_to_consult", "first_time", "income_loss", "consent_to_hand_off")
    found = (table(cube, key) for key in keys)
    return [(one.indicator.label, one.rows[0], one.counts.base) for one in found]
