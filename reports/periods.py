"""Periods of a report: from a day to a day in Tokyo, both included; the fiscal year begins in April."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from foundation.text import days
from foundation.text.eras import wareki

MONTHS_SHOWN = 7
MOST_YEARS = 5
MOST_QUARTERS = 4


@dataclass(frozen=True)
class Period:
    """From ``start`` to ``end``, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DomainError(_("終わりの日が始まりの日より前です。日付を入れかえてください。"))

    def __str__(self) -> str:
        return f"{self.start.isoformat()} – {self.end.isoformat()}"

    @property
    def query(self) -> dict[str, str]:
        """The period as it stands in an address."""
        return {"from": self.start.isoformat(), "to": self.end.isoformat()}


def read_day(text: str) -> date:
    """A date as people write it. Raises DomainError."""
    try:
        return days.read(text)
    except ValueError as error:
        raise DomainError(error.args[0]) from None


def read(start: str, end: str) -> Period:
    """The period between two dates as people write them. Raises DomainError."""
    return Period(read_day(start), read_day(end))


def fiscal_year(year: int) -> Period:
    """The fiscal year (年度) that begins in April of ``year``."""
    return Period(date(year, 4, 1), date(year + 1, 3, 31))


def quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4 of the fiscal year ``year``; the first is April to June."""
    start = _month(date(year, 4, 1), 3 * (number - 1))
    return Period(start, _month(start, 3) - timedelta(days=1))


def quarter_of(day: date) -> tuple[int, int]:
    """The fiscal year and the number of the quarter that ``day`` lies in."""
    return clock.fiscal_year(day), (day.month - 4) % 12 // 3 + 1


def last_months(until: date, count: int = MONTHS_SHOWN) -> Period:
    """``count`` whole months, the last of which holds ``until``."""
    return Period(_month(until, 1 - count), _month(until, 1) - timedelta(days=1))


def _month(day: date, further: int) -> date:
    """The first day of the month that lies ``further`` months after that of ``day``."""
    months = day.year * 12 + day.month - 1 + further
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Offered:
    """A period offered with one tap."""

    label: object
    period: Period


def choices(months: Sequence[Period]) -> list[Offered]:
    """The periods worth offering: those that hold data, newest first.

    ``months`` are the first and last day with an application of each month that has one, oldest first. The first
    choice is the one shown when none was chosen.
    """
    if not months:
        return [_year_choice(clock.fiscal_year(clock.today()))]
    offered = [
        Offered(format_lazy(_("最近の{count}か月"), count=MONTHS_SHOWN), last_months(months[-1].end)),
        Offered(_("全期間"), Period(months[0].start, months[-1].end)),
    ]
    newest_first = [month.end for month in reversed(months)]
    years = dict.fromkeys(clock.fiscal_year(day) for day in newest_first)
    quarters = dict.fromkeys(quarter_of(day) for day in newest_first)
    offered += [_year_choice(year) for year in list(years)[:MOST_YEARS]]
    offered += [_quarter_choice(*one) for one in list(quarters)[:MOST_QUARTERS]]
    return list({choice.period: choice for choice in reversed(offered)}.values())[::-1]


def _year_choice(year: int) -> Offered:
    return Offered(format_lazy(_("{year}年度（{era}度）"), year=year, era=wareki(year)), fiscal_year(year))


def _quarter_choice(year: int, number: int) -> Offered:
    period = quarter(year, number)
    label = format_lazy(
        _("{year}年度 第{number}四半期（{first}〜{last}月）"),
        year=year, number=number, first=period.start.month, last=period.end.month,
    )  # fmt: skip
    return Offered(label, period)
