"""Who eats, what they can't eat, and what they can cook with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from outreach.application.answers import CannotEat
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import ages, asked, people, show_ages


class PeopleForm(StepForm):
    people_count = asked(
        "people_count",
        read=people,
        empty=None,
        inputmode="numeric",
        size=6,
        max_length=20,
    )
    children_ages = asked(
        "children_ages",
        read=ages,
        show=show_ages,
        empty=[],
        max_length=100,
    )
    baby_needs = asked("baby_needs")

    def clean_children_ages(self) -> list[int]:
        children, count = self.cleaned_data["children_ages"], self.cleaned_data.get("people_count")
        if count and len(children) > count:
            self.add_error(
                "people_count", _("子どもの人数のほうが多いようです。子どももふくめた、全部の人数を書いてください。")
            )
        return children


class EatingForm(StepForm):
    cannot_eat = asked("cannot_eat")
    cannot_eat_note = asked("cannot_eat_note", max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if CannotEat.NONE in cleaned.get("cannot_eat", []) and cleaned.get("cannot_eat_note"):
            self.add_error(
                "cannot_eat",
                _("「とくにない」をえらんでいますが、食べられないものが書いてあります。どちらかを直してください。"),
            )
        return cleaned


class CookingForm(StepForm):
    cooking = asked("cooking")
    lifelines_cut = asked("lifelines_cut")
