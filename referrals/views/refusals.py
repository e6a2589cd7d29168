"""A click that didn't count: what is said beside the form, and which answer the browser gets."""

from dataclasses import dataclass

from django import forms

from foundation.errors import Conflict, DomainError
from organisations.models import Member


@dataclass(frozen=True)
class Refusal:
    """``place`` names the form on the page; ``problem`` is None where the form's own errors say it all."""

    place: str
    problem: DomainError | None
    form: forms.Form


def is_second_click(problem: DomainError, to: str, by: Member) -> bool:
    """Whether the same member has just done the same: a double click, which is no error."""
    return isinstance(problem, Conflict) and problem.to == to and problem.by_id == by.pk


def status_of(refused: Refusal | None) -> int:
    """409 where someone else was first; a form that has to be looked at again is an ordinary page."""
    return 409 if refused and isinstance(refused.problem, Conflict) else 200
