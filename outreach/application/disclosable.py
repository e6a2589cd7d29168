"""What may be told to a support centre: groups of fields, in the person's own words.

The preview before sending and the frozen packet are made by the same function, so that what was shown is
what is sent. Groups follow the three of the consent: contact, household, troubles.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import side_by_side, with_aside
from organisations.places import gazetteer
from outreach.application import labels
from outreach.application.questions import QUESTIONS, Question
from outreach.application.questions.description import Group
from outreach.application.statement import Statement


@dataclass(frozen=True)
class Field:
    """One field that may be disclosed, made of the answers to ``questions``; ``read`` gives "" for nothing to tell."""

    key: str
    group: Group
    label: Any
    read: Callable[[Statement], str]
    questions: tuple[str, ...]

    def codes(self, statement: Statement) -> tuple[str, ...]:
        """The coded answers behind the words, so that nobody has to compare words later."""
        found: list[str] = []
        for question in (QUESTIONS[name] for name in self.questions if name in QUESTIONS):
            if question.codes:
                value = getattr(statement, question.name)
                found += value if question.several else [value]
        return tuple(code for code in found if code)


@dataclass(frozen=True)
class Row:
    """One line as the centre will read it, and the coded answers it says."""

    key: str
    group: str
    label: str
    value: str
    codes: tuple[str, ...] = ()


def _answer(name: str, statement: Statement) -> str:
    return QUESTIONS[name].words(getattr(statement, name))


def _put_together(key: str, label: Any, *names: str, how: Callable[..., str]) -> Field:
    """A field of the contact, put together of several answers."""

    def read(statement: Statement) -> str:
        return how(*(_answer(name, statement) for name in names))

    return Field(key, Group.CONTACT, label, read, names)


def _of(question: Question) -> Field:
    """The field that a question's description says, with the answer that goes with it."""
    assert question.told is not None  # asked of those that may be told

    def read(statement: Statement) -> str:
        answer = _answer(question.name, statement)
        return question.joined(answer, _answer(question.further, statement)) if question.further else answer

    names = (question.name, question.further) if question.further else (question.name,)
    return Field(question.told.key, question.told.group, question.told.label, read, names)


def _only(answer: str) -> str:
    return answer


def _home(statement: Statement) -> str:
    """Where somebody lives: of whoever has things sent elsewhere no more than the municipality is known."""
    if not statement.sends_elsewhere:
        return _written(statement.place_code, statement)
    place = gazetteer.by_code(statement.place_code)
    return place.full_name if place else ""


def _parcels_to(statement: Statement) -> str:
    """Where box and letters go; "" where that is the home."""
    return _written(statement.sending_place_code, statement) if statement.sends_elsewhere else ""


def _written(code: str, statement: Statement) -> str:
    place = gazetteer.by_code(code)
    postcode = f"〒{labels.postcode(statement.postcode)} " if statement.postcode else ""
    return f"{postcode}{place.full_name if place else ''}{statement.address}"


def _reach(ways: str, cannot_telephone: str, times: str, spoken: str) -> str:
    when = str(format_lazy(_("連絡してよい時間: {times}"), times=times)) if times else ""
    language = str(format_lazy(_("ことば・通訳: {spoken}"), spoken=spoken)) if spoken else ""
    return side_by_side((ways, cannot_telephone, when, language))


def _side_by_side(*told: str) -> str:
    return side_by_side(told)


# How to reach somebody is put together of many answers; everything else is told as its question says.
_CONTACT = (
    _put_together("name", _("名前"), "name", "kana", how=with_aside),
    _put_together("birth_year", QUESTIONS["birth_year"].person, "birth_year", how=_only),
    Field("address", Group.CONTACT, _("住所"), _home, ("place_code", "sending_place_code", "postcode", "address")),
    Field(
        "parcels_to", Group.CONTACT, _("荷物・手紙の送り先"), _parcels_to, ("sending_place_code", "postcode", "address")
    ),
    _put_together("phone", _("電話"), "phone", how=_only),
    _put_together("email", _("メール"), "email", how=_only),
    _put_together(
        "reach", QUESTIONS["reach_by"].person, "reach_by", "cannot_telephone", "safe_times", "spoken", how=_reach
    ),
    _put_together("helper", _("あいだに入る人"), "helper_name", "helper_relation", "helper_phone", how=_side_by_side),
)
_TOLD = tuple(_of(question) for question in QUESTIONS.values() if question.told)
FIELDS: tuple[Field, ...] = (
    *_CONTACT,
    *(field for field in _TOLD if field.group == Group.HOUSEHOLD),
    *(field for field in _TOLD if field.group == Group.TROUBLES),
)
FIELDS_BY_KEY = {field.key: field for field in FIELDS}

# Whoever wishes to be called tells these, so that the centre knows whom to ask for and when it is safe,
# and at least one of the fields by which they can be reached.
NEEDED_TO_CALL = frozenset({"name", "reach"})
REACHED_THROUGH = {
    "phone": ("phone",),
    "sms": ("phone",),
    "email": ("email",),
    "letter": ("parcels_to", "address"),  # the first that holds something: letters go where the box goes
    "supporter": ("helper",),
}


def keys_of(groups: Iterable[str]) -> list[str]:
    """The field keys of whole groups, in the form's order."""
    wanted = set(groups)
    return [field.key for field in FIELDS if field.group in wanted]


def rows(statement: Statement, keys: Iterable[str]) -> list[Row]:
    """What the recipient reads of ``statement``: the fields of ``keys`` that hold something, in order.

    A key that is not disclosable (any more, or not yet in this version) tells nothing.
    """
    wanted = set(keys)
    found = ((field, field.read(statement)) for field in FIELDS if field.key in wanted)
    return [
        Row(field.key, str(field.group), str(field.label), value, field.codes(statement))
        for field, value in found
        if value
    ]


def ways_to_reach(statement: Statement) -> list[str]:
    """Keys of the fields by which the person lets themselves be reached; none when they wish no contact."""
    ways = (REACHED_THROUGH[way] for way in statement.reach_by if way in REACHED_THROUGH)
    keys = (next((key for key in of_way if FIELDS_BY_KEY[key].read(statement)), "") for of_way in ways)
    return list(dict.fromkeys(filter(None, keys)))


def lacking_to_call(statement: Statement, keys: Iterable[str]) -> list[str]:
    """Keys to choose besides ``keys`` before a centre could call; of several ways to reach, the first."""
    chosen = set(keys)
    lacking = NEEDED_TO_CALL - chosen
    ways = ways_to_reach(statement)
    if not chosen.intersection(ways):
        lacking |= set(ways[:1])
    return [field.key for field in FIELDS if field.key in lacking]
