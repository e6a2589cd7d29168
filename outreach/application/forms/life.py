"""Life: one tap each, none of which decides whether food comes."""

from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import asked


class HouseholdForm(StepForm):
    household_type = asked("household_type")


class IncomeForm(StepForm):
    income = asked("income")
    income_since = asked("income_since")


class DebtForm(StepForm):
    in_debt = asked("in_debt")
    debt_kinds = asked("debt_kinds")


class FirstForm(StepForm):
    first_time = asked("first_time")
    found_by = asked("found_by")


class TiesForm(StepForm):
    someone_to_consult = asked("someone_to_consult")
    bodies = asked("bodies")


class TroublesForm(StepForm):
    """The troubles chosen in the navi, to be corrected."""

    troubles = asked("troubles")
