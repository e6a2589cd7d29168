"""When public offices answer, and whom to name first: the one rule for every list of numbers."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

import jpholiday

from foundation import clock

SATURDAY, OPENS, CLOSES = 5, 9, 17
NEW_YEAR = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


class Called(Protocol):
    @property
    def round_the_clock(self) -> bool: ...


One = TypeVar("One", bound=Called)


def offices_are_closed() -> bool:
    """Whether public offices don't answer now: before 9 or after 17 in Tokyo, at the weekend, on a public holiday, and
    from 29 December to 3 January (Act on Holidays of Administrative Organs, article 1).
    """
    now = clock.now().astimezone(clock.TOKYO)
    closed_all_day = now.weekday() >= SATURDAY or (now.month, now.day) in NEW_YEAR or jpholiday.is_holiday(now.date())
    return closed_all_day or not OPENS <= now.hour < CLOSES


def who_answers_first(numbers: Iterable[One]) -> list[One]:
    """The same in their order; while offices are closed, lines that answer round the clock come before them."""
    closed = offices_are_closed()
    return sorted(numbers, key=lambda number: not (closed and number.round_the_clock))
