"""Life: one tap each, none of which decides whether food comes."""

from django.utils.translation import gettext_lazy as _

from outreach import circumstances as said_as
from outreach.forms.application.base import StepForm
from outreach.forms.application.fields import Tap, Ticks


class HouseholdForm(StepForm):
    household_type = Tap(said_as.HouseholdType, label=_("だれと暮らしていますか"))


class IncomeForm(StepForm):
    income = Tap(said_as.Income, label=_("さいきん、収入はどうなりましたか"))
    income_since = Tap(
        said_as.IncomeSince,
        label=_("それは、いつからですか"),
        help_text=_("収入がかわらない方は、えらばずに次へ。"),
    )


class DebtForm(StepForm):
    in_debt = Tap(said_as.InDebt, label=_("借金や、はらえずにいるお金はありますか"))
    debt_kinds = Ticks(
        said_as.DebtKind,
        label=_("「ある」方は、どんなものですか"),
        help_text=_("いくつでもえらべます。ない方は、えらばずに次へ。"),
    )


class FirstForm(StepForm):
    first_time = Tap(said_as.YesNo, label=_("フードバンクを使うのは、はじめてですか"))
    found_by = Tap(said_as.FoundBy, label=_("この申込みを、どこで知りましたか"))


class TiesForm(StepForm):
    someone_to_consult = Tap(said_as.Someone, label=_("困ったときに、相談できる人はいますか"))
    bodies = Ticks(
        said_as.Body,
        label=_("いま、相談しているところはありますか"),
        help_text=_("いくつでもえらべます。"),
        alone=[said_as.Body.NONE],
    )


class TroublesForm(StepForm):
    """The troubles chosen in the navi, to be corrected."""

    troubles = Ticks(said_as.Trouble, label=_("困っていること"), help_text=_("ちがうものは、はずしてください。"))
