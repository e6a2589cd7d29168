"""What a person has answered, read back to them for checking: section by section, with the step to change it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.japanese import show_phone
from foundation.wording import listed, year_with_era
from outreach.application import answers
from outreach.application.forms.fields import show_postcode
from outreach.application.questionnaire import BY_SLUG, Section
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.application.walk import Walk


@dataclass(frozen=True)
class Line:
    label: Any
    value: str


@dataclass(frozen=True)
class Part:
    """The answers of one step."""

    slug: str
    title: Any
    lines: list[Line]


Reader = Callable[[Statement, Serving], str]


def _one(choices: type[TextChoices], name: str) -> Reader:
    def read(said: Statement, _serving: Serving) -> str:
        value = getattr(said, name)
        return str(choices(value).label) if value else ""

    return read


def _several(choices: type[TextChoices], name: str, *, none: Any = "") -> Reader:
    def read(said: Statement, _serving: Serving) -> str:
        return listed(choices(value).label for value in getattr(said, name)) or str(none)

    return read


def _text(name: str) -> Reader:
    return lambda said, _serving: str(getattr(said, name))


def _phone(name: str) -> Reader:
    return lambda said, _serving: show_phone(getattr(said, name)) if getattr(said, name) else ""


def _people(said: Statement, _serving: Serving) -> str:
    return str(format_lazy(_("{count}人"), count=said.people_count)) if said.people_count else ""


def _children(said: Statement, _serving: Serving) -> str:
    return listed(format_lazy(_("{age}歳"), age=age) for age in said.children_ages)


def _birth_year(said: Statement, _serving: Serving) -> str:
    return year_with_era(said.birth_year) if said.birth_year else ""


def _place(_said: Statement, serving: Serving) -> str:
    return serving.place.full_name if serving.place else ""


def _address(said: Statement, serving: Serving) -> str:
    postcode = f"〒{show_postcode(said.postcode)}\n" if said.postcode else ""
    return f"{postcode}{serving.destination.full_name if serving.destination else ''}{said.address}"


def _yes(name: str) -> Reader:
    return lambda said, _serving: str(_("はい")) if getattr(said, name) else str(_("いいえ"))


def _letters_to(said: Statement, serving: Serving) -> str:
    return _address(said, serving) if said.address and said.receive_by != "home" else ""


# The lines of each step; those marked with True are left out when they hold nothing.
_LINES: dict[str, tuple[tuple[Any, Reader, bool], ...]] = {
    "food": ((_("食べもの"), _one(answers.FoodDays, "food_days"), False),),
    "place": ((_("お住まい"), _place, False),),
    "people": (
        (_("いっしょに暮らす人数"), _people, False),
        (_("子どもの年齢"), _children, True),
        (_("赤ちゃんのもの"), _several(answers.BabyNeed, "baby_needs"), True),
    ),
    "eating": (
        (_("食べられないもの"), _several(answers.CannotEat, "cannot_eat", none=_("とくにない")), False),
        (_("食べられないもの（くわしく）"), _text("cannot_eat_note"), True),
    ),
    "cooking": (
        (_("料理"), _one(answers.Cooking, "cooking"), False),
        (_("使えないもの"), _several(answers.Lifeline, "lifelines_cut"), True),
    ),
    "for-whom": ((_("申しこむ人"), _one(answers.ApplyingFor, "applying_for"), False),),
    "helper": (
        (_("代わりに申しこむ方"), _text("helper_name"), False),
        (_("ご本人との関係"), _text("helper_relation"), True),
        (_("代わりに申しこむ方の電話"), _phone("helper_phone"), False),
    ),
    "name": (
        (_("お名前"), _text("name"), False),
        (_("ふりがな"), _text("kana"), True),
        (_("生まれた年"), _birth_year, False),
    ),
    "receive": ((_("受けとり方"), _one(answers.ReceiveBy, "receive_by"), False),),
    "address": ((_("送り先"), _address, False),),
    "slot": (
        (_("届ける時間"), _one(answers.DeliverySlot, "delivery_slot"), False),
        (_("玄関の前に置いていく"), _yes("leave_at_door"), False),
    ),
    "reach": (
        (_("連絡のしかた"), _several(answers.ReachBy, "reach_by"), False),
        (_("電話"), lambda said, _g: str(_("電話は使えません")) if said.cannot_telephone else "", True),
    ),
    "reach-details": (
        (_("電話番号"), _phone("phone"), True),
        (_("連絡してよい時間"), _text("safe_times"), True),
        (_("メールアドレス"), _text("email"), True),
        (_("手紙の送り先"), _letters_to, True),
        (_("支援してくれている人"), lambda said, _g: said.helper_name if said.applying_for == "self" else "", True),
        (_("合言葉"), _text("passphrase"), True),
    ),
    "household": ((_("世帯"), _one(answers.HouseholdType, "household_type"), False),),
    "income": (
        (_("収入"), _one(answers.Income, "income"), False),
        (_("いつから"), _one(answers.IncomeSince, "income_since"), True),
    ),
    "debt": (
        (_("借金"), _one(answers.InDebt, "in_debt"), False),
        (_("借金の種類"), _several(answers.DebtKind, "debt_kinds"), True),
    ),
    "first": (
        (_("フードバンクははじめて"), _one(answers.YesNo, "first_time"), False),
        (_("知ったきっかけ"), _one(answers.FoundBy, "found_by"), False),
    ),
    "ties": (
        (_("相談できる人"), _one(answers.Someone, "someone_to_consult"), False),
        (_("相談しているところ"), _several(answers.Body, "bodies"), False),
    ),
    "centre": ((_("窓口の希望"), _one(answers.HandOffWish, "hand_off_wish"), False),),
    "troubles": ((_("ナビでえらんだ困りごと"), _several(answers.CarriedTrouble, "troubles"), False),),
}


def read_back(walk: Walk, stated: Statement) -> list[tuple[Section, list[Part]]]:
    """The answers as they would be stored, by section in the form's order; ``stated`` is the tidied statement."""
    slugs = [step.slug for step in walk.asked if step.slug in _LINES]
    if stated.troubles:
        slugs.insert(slugs.index("ties") + 1, "troubles")
    parts: dict[Section, list[Part]] = {}
    for slug in slugs:
        step = BY_SLUG[slug]
        part = Part(slug, step.title, list(_lines(slug, stated, walk.serving)))
        parts.setdefault(step.section, []).append(part)
    return list(parts.items())


def _lines(slug: str, said: Statement, serving: Serving) -> Iterable[Line]:
    for label, read, only_when_said in _LINES[slug]:
        value = read(said, serving)
        if value or not only_when_said:
            yield Line(label, value)
