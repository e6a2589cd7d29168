"""The only place that asks what time it is, so that tests and the demonstration can say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
APRIL = 4

_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in Tokyo."""
    return tokyo_date(now())


def tokyo_date(moment: datetime) -> date:
    """The date it is in Tokyo at an aware moment."""
    return _aware(moment).astimezone(TOKYO).date()


def day_alone(day: date) -> datetime:
    """The moment that stands for a day of which no time is known: its last, so that nothing of the day comes after."""
    return datetime.combine(day, time.max, TOKYO)


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year (年度) a date belongs to; it begins on the first of April."""
    return day.year if day.month >= APRIL else day.year - 1


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware moment for the code inside; may be nested."""
    token = _fixed.set(_aware(moment).astimezone(UTC))
    try:
        yield moment
    finally:
        _fixed.reset(token)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment
