"""Who eats, what they can't eat, and what they can cook with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.application import ages
from outreach.application.answers import CannotEat
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import asked, people

GROWN_AT = 15


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
        read=ages.read,
        show=ages.as_typed,
        empty=[],
        max_length=100,
    )
    baby_needs = asked("baby_needs")
    # Asked back where nobody but small children is counted, and not kept: it answers nothing by itself.
    only_children = forms.BooleanField(label=_("おとなはいません。子どもだけで暮らしています。"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (self.is_bound and self._counts_only_children()):
            del self.fields["only_children"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "only_children" in self.fields and not cleaned.get("only_children"):
            self.add_error(
                "people_count",
                _(
                    "子どもの人数だけが書いてあるようです。おとなもふくめた、全部の人数を書いてください。"
                    "おとながいないときは、下の「おとなはいません」をえらんでください。"
                ),
            )
        return cleaned

    def _counts_only_children(self) -> bool:
        try:
            count = self.fields["people_count"].clean(self.data.get("people_count"))
            children = self.fields["children_ages"].clean(self.data.get("children_ages"))
        except forms.ValidationError:
            return False
        return bool(children) and len(children) == count and max(map(ages.years, children)) < GROWN_AT

    def clean_children_ages(self) -> list[ages.Age]:
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
