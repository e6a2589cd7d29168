"""When public offices answer, and whom to name first: the one rule for every list of numbers."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from foundation import clock

SATURDAY, OPENS, CLOSES = 5, 9, 17


class Called(Protocol):
    @property
    def round_the_clock(self) -> bool: ...


One = TypeVar("One", bound=Called)


def offices_are_closed() -> bool:
    """Whether it is a time at which public offices don't answer: before 9 or after 17 in Tokyo, or the weekend."""
    now = clock.now().astimezone(clock.TOKYO)
    return now.weekday() >= SATURDAY or not OPENS <= now.hour < CLOSES


def who_answers_first(numbers: Iterable[One]) -> list[One]:
    """The same in their order; while offices are closed, lines that answer round the clock come before them."""
    closed = offices_are_closed()
    return sorted(numbers, key=lambda number: not (closed and number.round_the_clock))
