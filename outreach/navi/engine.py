"""Walks the questions: place, then worries, then the list. Every question can be skipped, every walk ends."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from outreach.navi.questions import Content, Safety, Trouble, Worry


class Screen(StrEnum):
    PLACE = "place"
    WORRIES = "worries"
    RESULTS = "results"


QUESTIONS = (Screen.PLACE, Screen.WORRIES)


@dataclass(frozen=True, slots=True)
class Answers:
    """What someone ticked. Travels in a token and lives nowhere else.

    ``place`` is a place code ("011002") or "" when it was not said; ``passed`` holds the questions that
    were answered or skipped.
    """

    trouble: str
    place: str = ""
    worries: frozenset[str] = frozenset()
    passed: frozenset[Screen] = frozenset()


def next_screen(answers: Answers) -> Screen:
    """The first question that was neither answered nor skipped; the list when there is none."""
    return next((step for step in QUESTIONS if step not in answers.passed), Screen.RESULTS)


def with_place(answers: Answers, code: str) -> Answers:
    """The answers after the place question; an empty ``code`` means it was skipped."""
    return replace(answers, place=code, passed=answers.passed | {Screen.PLACE})


def with_worries(answers: Answers, ticked: Iterable[str], *, content: Content) -> Answers:
    """The answers after the worries; ids the content doesn't know are dropped, none means it was skipped."""
    known = {worry.id for worry in content.worries}
    return replace(answers, worries=frozenset(ticked) & known, passed=answers.passed | {Screen.WORRIES})


def worries_shown(answers: Answers, *, content: Content) -> tuple[Trouble, tuple[Trouble, ...]]:
    """The chosen trouble, whose worries are asked first, and the others, which may be opened."""
    chosen = content.trouble(answers.trouble) or content.troubles[0]
    return chosen, tuple(trouble for trouble in content.troubles if trouble is not chosen)


def ticked(answers: Answers, *, content: Content) -> tuple[Worry, ...]:
    """The ticked worries in the order of the content."""
    return tuple(worry for worry in content.worries if worry.id in answers.worries)


def safeties_touched(answers: Answers, *, content: Content) -> tuple[Safety, ...]:
    """The dangers that a ticked worry names, in the order of the content."""
    named = {worry.safety for worry in ticked(answers, content=content)}
    return tuple(safety for safety in content.safeties if safety.id in named)
