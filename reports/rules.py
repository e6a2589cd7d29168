"""The rules an indicator is counted by, as data: which answers count towards which cell."""

from dataclasses import dataclass
from typing import Any

YES, NO, PREFER_NOT_TO_SAY = "yes", "no", "prefer_not_to_say"


@dataclass(frozen=True)
class Cell:
    """One value that is counted, and the word for it. ``known`` is False for 「答えたくない」."""

    value: str
    label: Any
    known: bool = True


@dataclass(frozen=True)
class OneAnswer:
    """A question with one answer: for each cell, the answers in ``column`` that count towards it."""

    column: str
    answers: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class SeveralAnswers:
    """A question with several answers, asked of those whose answer in ``of_column`` is ``of_answer``.

    Each answer is a cell, so the cells add up to more than the base. Who ticked an answer and also
    「答えたくない」 is known by the answer.
    """

    question: str
    of_column: str
    of_answer: str


@dataclass(frozen=True)
class NothingBut:
    """A question with several answers: yes when only ``alone`` is ticked, no when any other answer is."""

    question: str
    alone: str


@dataclass(frozen=True)
class EveryPart:
    """No if any part is no, yes if all are yes, otherwise unknown."""

    parts: tuple[str, ...]
