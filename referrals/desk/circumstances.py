"""What was stated of somebody's life, in the words of staff: all of it in groups, or what a parcel needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import side_by_side
from outreach.application.questions import QUESTIONS, Question
from outreach.application.questions.description import Part
from outreach.models import Application

Words = str | Promise


@dataclass(frozen=True)
class Fact:
    label: Words
    value: Words


def circumstances(application: Application) -> list[tuple[Words, list[Fact]]]:
    """What was stated, in groups, without what was not answered (decrypts; uses the prefetched choices)."""
    groups = [(part.value, _facts(application, _ASKED[part])) for part in Part]
    shown = Fact(_("案内した窓口"), application.centre.name if application.centre else "")
    groups[-1] = (Part.WISH.value, [*groups[-1][1], shown])
    return [(title, [fact for fact in facts if fact.value]) for title, facts in groups]


def contents_needs(application: Application) -> list[Fact]:
    """What matters for the contents of a parcel, and nothing else of a life; empty where nothing does."""
    asked = [question for question in _ASKED[Part.FOOD] if question.name != "food_days"]
    return [fact for fact in _facts(application, asked) if fact.value]


def delivery_wishes(application: Application) -> list[Fact]:
    return _facts(application, _ASKED[Part.DELIVERY])


def _facts(application: Application, asked: Iterable[Question]) -> list[Fact]:
    """The answers to questions, in the words of staff; what goes with an answer stands beside it."""
    return [Fact(question.staff, _told(application, question)) for question in asked]


def _told(application: Application, question: Question) -> str:
    answer = question.to_staff(application.stated(question.name))
    if not question.further:
        return answer
    return side_by_side((answer, QUESTIONS[question.further].to_staff(application.stated(question.further))))


_ASKED: dict[Part, list[Question]] = {
    part: [question for question in QUESTIONS.values() if question.part is part] for part in Part
}
