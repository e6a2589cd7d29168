"""Life: one tap each, none of which decides whether food comes."""

from django.utils.translation import gettext_lazy as _

from outreach.application import answers
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import Tap, Ticks


class HouseholdForm(StepForm):
    household_type = Tap(answers.HouseholdType, label=_("だれと暮らしていますか"))


class IncomeForm(StepForm):
    income = Tap(answers.Income, label=_("さいきん、収入はどうなりましたか"))
    income_since = Tap(
        answers.IncomeSince,
        label=_("それは、いつからですか"),
        help_text=_("収入がかわらない方は、えらばずに次へ。"),
    )


class DebtForm(StepForm):
    in_debt = Tap(answers.InDebt, label=_("借金や、はらえずにいるお金はありますか"))
    debt_kinds = Ticks(
        answers.DebtKind,
        label=_("「ある」方は、どんなものですか"),
        help_text=_("いくつでもえらべます。ない方は、えらばずに次へ。"),
    )


class FirstForm(StepForm):
    first_time = Tap(answers.YesNo, label=_("フードバンクを使うのは、はじめてですか"))
    found_by = Tap(answers.FoundBy, label=_("この申込みを、どこで知りましたか"))


class TiesForm(StepForm):
    someone_to_consult = Tap(answers.Someone, label=_("困ったときに、相談できる人はいますか"))
    bodies = Ticks(
        answers.Body,
        label=_("いま、相談しているところはありますか"),
        help_text=_("いくつでもえらべます。"),
        alone=[answers.Body.NONE],
    )


class TroublesForm(StepForm):
    """The troubles chosen in the navi, to be corrected."""

    troubles = Ticks(answers.CarriedTrouble, label=_("困っていること"), help_text=_("ちがうものは、はずしてください。"))
