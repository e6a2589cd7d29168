"""Life: one tap each, none of which decides whether food comes."""

import dataclasses
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outreach.application import contradictions
from outreach.application.answers import PREFER_NOT_TO_SAY, Income, InDebt
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import asked

WHICH_IS_RIGHT = _(
    "人数や子どもの年齢がちがうときは、下の「いっしょに暮らす人を直す」から直してください。"
    "合っているときは、ほかの答えをえらんでください。"
)


class HouseholdForm(StepForm):
    household_type = asked("household_type")

    contradiction: Any = None  # what was answered elsewhere and speaks against the household, in words

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.contradiction = contradictions.of_household(self.said)

    def clean_household_type(self) -> str:
        household: str = self.cleaned_data["household_type"]
        self.contradiction = contradictions.of_household(dataclasses.replace(self.said, household_type=household))
        if self.contradiction:
            raise ValidationError(format_lazy("{} {}", self.contradiction, WHICH_IS_RIGHT))
        return household


class IncomeForm(StepForm):
    income = asked("income")
    income_since = asked("income_since")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        income, since = cleaned.get("income"), cleaned.get("income_since")
        if income and since and not dataclasses.replace(self.said, income=income).asks_income_since:
            _ask_which(self, "income", Income(income).label)
        return cleaned


class DebtForm(StepForm):
    in_debt = asked("in_debt")
    debt_kinds = asked("debt_kinds")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        in_debt, kinds = cleaned.get("in_debt"), set(cleaned.get("debt_kinds") or [])
        if in_debt and in_debt != InDebt.YES and kinds - {PREFER_NOT_TO_SAY[0]}:
            _ask_which(self, "in_debt", InDebt(in_debt).label)
        return cleaned


def _ask_which(form: StepForm, name: str, answer: Any) -> None:
    """Ask back where a second answer stands beside a first that leaves no room for it."""
    words = _("「{answer}」をえらんでいますが、その下の答えもえらんであります。どちらかを直してください。")
    form.add_error(name, format_lazy(str(words), answer=answer))


class FirstForm(StepForm):
    first_time = asked("first_time")
    found_by = asked("found_by")


class TiesForm(StepForm):
    someone_to_consult = asked("someone_to_consult")
    bodies = asked("bodies")


class TroublesForm(StepForm):
    """The troubles chosen in the navi, to be corrected."""

    troubles = asked("troubles")
