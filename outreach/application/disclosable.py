"""What may be told to a support centre: groups of fields, in the person's own words.

The preview before sending and the frozen packet are made by the same function, so that what was shown is
what is sent. Groups follow the three of the consent: contact, household, troubles.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.japanese import show_phone
from foundation.wording import listed, side_by_side, with_aside, year_with_era
from organisations.models import Place
from outreach.application import answers
from outreach.application.statement import Statement

CONSENT_TEXT_VERSION = "2026-1"


class Group(models.TextChoices):
    CONTACT = "contact", _("連絡先")
    HOUSEHOLD = "household", _("世帯のこと")
    TROUBLES = "troubles", _("困っていること")


@dataclass(frozen=True)
class Field:
    """One field that may be disclosed; ``read`` gives its text, "" when there is nothing to tell."""

    key: str
    group: Group
    label: Any
    read: Callable[[Statement], str]


@dataclass(frozen=True)
class Row:
    """One line as the centre will read it."""

    key: str
    group: str
    label: str
    value: str


def _label(choices: type[models.TextChoices], value: str) -> str:
    return str(choices(value).label) if value else ""


def _labels(choices: type[models.TextChoices], values: Iterable[str]) -> str:
    return listed(choices(value).label for value in values)


def _address(statement: Statement) -> str:
    code = statement.sending_place_code or statement.place_code
    place = Place.objects.with_lineage().filter(code=code).first()
    postcode = f"〒{statement.postcode[:3]}-{statement.postcode[3:]} " if statement.postcode else ""
    return f"{postcode}{place.full_name if place else ''}{statement.address}"


def _reach(statement: Statement) -> str:
    parts = [_labels(answers.ReachBy, statement.reach_by)]
    if statement.cannot_telephone:
        parts.append(str(_("電話は使えません")))
    if statement.safe_times:
        parts.append(str(format_lazy(_("連絡してよい時間: {times}"), times=statement.safe_times)))
    return side_by_side(parts)


def _birth_year(statement: Statement) -> str:
    return year_with_era(statement.birth_year) if statement.birth_year else ""


def _helper(statement: Statement) -> str:
    number = show_phone(statement.helper_phone) if statement.helper_phone else ""
    return side_by_side((statement.helper_name, statement.helper_relation, number))


def _people(statement: Statement) -> str:
    return str(format_lazy(_("{count}人"), count=statement.people_count)) if statement.people_count else ""


def _children(statement: Statement) -> str:
    return listed(format_lazy(_("{age}歳"), age=age) for age in statement.children_ages)


def _income(statement: Statement) -> str:
    parts = [_label(answers.Income, statement.income), _label(answers.IncomeSince, statement.income_since)]
    return side_by_side(parts)


def _debt(statement: Statement) -> str:
    kinds = _labels(answers.DebtKind, statement.debt_kinds)
    told = _label(answers.InDebt, statement.in_debt)
    return with_aside(told, kinds)


C, H, T = Group.CONTACT, Group.HOUSEHOLD, Group.TROUBLES
FIELDS: tuple[Field, ...] = (
    Field("name", C, _("名前"), lambda s: with_aside(s.name, s.kana)),
    Field("birth_year", C, _("生まれた年"), _birth_year),
    Field("address", C, _("住所"), _address),
    Field("phone", C, _("電話"), lambda s: show_phone(s.phone) if s.phone else ""),
    Field("email", C, _("メール"), lambda s: s.email),
    Field("reach", C, _("連絡のしかた"), _reach),
    Field("helper", C, _("あいだに入る人"), _helper),
    Field("people", H, _("いっしょに暮らす人数"), _people),
    Field("children", H, _("子どもの年齢"), _children),
    Field("household_type", H, _("世帯"), lambda s: _label(answers.HouseholdType, s.household_type)),
    Field("food", T, _("食べもの"), lambda s: _label(answers.FoodDays, s.food_days)),
    Field("lifelines", T, _("使えないもの"), lambda s: _labels(answers.Lifeline, s.lifelines_cut)),
    Field("income", T, _("収入"), _income),
    Field("debt", T, _("借金"), _debt),
    Field("someone", T, _("相談できる人"), lambda s: _label(answers.Someone, s.someone_to_consult)),
    Field("bodies", T, _("相談しているところ"), lambda s: _labels(answers.Body, s.bodies)),
    Field("troubles", T, _("ナビで選んだ困りごと"), lambda s: _labels(answers.CarriedTrouble, s.troubles)),
)  # fmt: skip
FIELDS_BY_KEY = {field.key: field for field in FIELDS}

# Whoever wishes to be called tells these, so that the centre knows whom to ask for and when it is safe,
# and at least one of the fields by which they can be reached.
NEEDED_TO_CALL = frozenset({"name", "reach"})
REACHED_THROUGH = {
    "phone": "phone",
    "sms": "phone",
    "email": "email",
    "letter": "address",
    "supporter": "helper",
}


def keys_of(groups: Iterable[str]) -> list[str]:
    """The field keys of whole groups, in the form's order."""
    wanted = set(groups)
    return [field.key for field in FIELDS if field.group in wanted]


def rows(statement: Statement, keys: Iterable[str]) -> list[Row]:
    """What the recipient reads of ``statement``: the fields of ``keys`` that hold something, in order.

    Raises KeyError for a key that is not disclosable.
    """
    wanted = {FIELDS_BY_KEY[key].key for key in keys}
    found = ((field, field.read(statement)) for field in FIELDS if field.key in wanted)
    return [Row(field.key, str(field.group), str(field.label), value) for field, value in found if value]


def ways_to_reach(statement: Statement) -> list[str]:
    """Keys of the fields by which the person lets themselves be reached; none when they wish no contact."""
    keys = (REACHED_THROUGH[way] for way in statement.reach_by if way in REACHED_THROUGH)
    return list(dict.fromkeys(key for key in keys if FIELDS_BY_KEY[key].read(statement)))


def lacking_to_call(statement: Statement, keys: Iterable[str]) -> list[str]:
    """Keys to choose besides ``keys`` before a centre could call; of several ways to reach, the first."""
    chosen = set(keys)
    lacking = NEEDED_TO_CALL - chosen
    ways = ways_to_reach(statement)
    if not chosen.intersection(ways):
        lacking |= set(ways[:1])
    return [field.key for field in FIELDS if field.key in lacking]
