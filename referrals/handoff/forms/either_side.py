"""What the centre fills in in its portal, and the desk for a centre on paper: a hold, and an answer taken back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.web.fields import DayField, TypedText
from referrals.acts import SeenForm
from referrals.models.referral import LONGEST_REMARK


class HoldForm(SeenForm):
    """Until when, and why; the desk writes down why only where the person agreed that the result is told."""

    until = DayField(
        label=_("いつまで保留にしますか"),
        help_text=_("明日から1年先までの日を入れてください。その日がくると、一覧に出ます。"),
        error_messages={
            "required": _("保留にする日を入れてください。"),
        },
    )
    why = TypedText(
        label=_("保留にする理由"),
        help_text=_("例：入院中。退院したら、つづける。"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("保留にする理由を書いてください。")},
    )

    def __init__(self, *args: Any, why_is_told: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not why_is_told:
            del self.fields["why"]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= clock.today():
            raise forms.ValidationError(_("保留にする日は、明日よりあとの日を選んでください。"))
        return until


class TakeBackForm(SeenForm):
    """That the last answer was recorded in error, and how that came."""

    why = TypedText(
        label=_("どこがまちがいでしたか"),
        help_text=_("記録に残ります。例：別の方の返事を書いてしまった。"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("どこがまちがいだったかを書いてください。")},
    )
