"""What a person has answered, read back to them: section by section, with the step at which to change it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from outreach.application import labels
from outreach.application.questionnaire import BY_SLUG, asked_of
from outreach.application.questions import QUESTIONS
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.application.step import Section, Step


@dataclass(frozen=True)
class Line:
    label: Any
    value: str


@dataclass(frozen=True)
class Part:
    """The answers of one step; ``slug`` is "" where it isn't asked any more, though what was said stands."""

    slug: str
    title: Any
    lines: list[Line]


def read_back(stated: Statement, serving: Serving) -> list[tuple[Section, list[Part]]]:
    """The answers as they would be stored, by section in the form's order; ``stated`` is the tidied statement."""
    steps = [step for step in asked_of(stated, serving) if step.read_back]
    if stated.troubles:
        steps.insert(steps.index(BY_SLUG["ties"]) + 1, BY_SLUG["troubles"])
    wish = BY_SLUG["centre"]
    if stated.hand_off_wish and wish not in steps:  # it stands without a centre, for the food bank to read
        steps.append(wish)
    parts: dict[Section, list[Part]] = {}
    for step in steps:
        slug = step.slug if step.applies(stated, serving) else ""
        part = Part(slug, step.title, list(_lines(step, stated, serving)))
        parts.setdefault(step.section, []).append(part)
    return list(parts.items())


def _lines(step: Step, stated: Statement, serving: Serving) -> Iterator[Line]:
    for name in step.read_back:
        if name in _PUT_TOGETHER:
            label, read, only_if_said = _PUT_TOGETHER[name]
            value = read(stated, serving)
        else:
            question = QUESTIONS[name]
            label, only_if_said = question.person, question.only_if_said
            value = question.read_back(getattr(stated, name))
            if question.further and getattr(stated, question.further) and not getattr(stated, name):
                continue  # "nothing" would deny what stands on the next line
        if value or not only_if_said:
            yield Line(label, value)


def _home(_stated: Statement, serving: Serving) -> str:
    return serving.place.read_name if serving.place else ""


def _destination(stated: Statement, serving: Serving) -> str:
    postcode = f"〒{labels.postcode(stated.postcode)}\n" if stated.postcode else ""
    return f"{postcode}{serving.destination.full_name if serving.destination else ''}{stated.address}"


def _letters(stated: Statement, serving: Serving) -> str:
    return _destination(stated, serving) if stated.address and stated.receive_by != "home" else ""


def _of_supporter(name: str) -> Callable[[Statement, Serving], str]:
    """What was said of the supporter; whoever applies for somebody else is read back where they were asked."""

    def read(stated: Statement, _serving: Serving) -> str:
        return QUESTIONS[name].words(getattr(stated, name)) if stated.applying_for == "self" else ""

    return read


# What a step reads back that is no answer to one question: its label, how it reads, whether it is left out when empty.
_PUT_TOGETHER: dict[str, tuple[Any, Callable[[Statement, Serving], str], bool]] = {
    "home": (_("お住まい"), _home, False),
    "destination": (_("送り先"), _destination, False),
    "letters": (_("手紙の送り先"), _letters, True),
    "supporter": (_("支援してくれている人"), _of_supporter("helper_name"), True),
    "supporter_relation": (_("支援してくれている人との関係"), _of_supporter("helper_relation"), True),
    "supporter_phone": (_("支援してくれている人の電話"), _of_supporter("helper_phone"), True),
}
