"""What staff fill in to send a referral, to write down a reply, to take up one that came back or went wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.web.fields import DayField, TypedText
from organisations.models import Organisation
from referrals.acts import SeenForm, choice_field
from referrals.handoff.sending import NOBODY_READS, is_read_in_portal
from referrals.models.referral import LONGEST_REMARK, Way
from referrals.notes import LONGEST_NOTE
from referrals.outcomes import REASONS_ABOUT_THE_REFERRAL, DeclineReason, Outcome
from referrals.states import REFERRAL_LATE_ANSWERS, REFERRAL_TRANSITIONS, ReferralStatus

REPLIES = (
    (ReferralStatus.VIEWED, _("受け取った")),
    (ReferralStatus.ACCEPTED, _("引き受ける")),
    (ReferralStatus.DECLINED, _("引き受けられない")),
    (ReferralStatus.CONTACTED, _("本人に連絡した・初回面談の日が決まった")),
    (ReferralStatus.CLOSED, _("結果が出た")),
    (ReferralStatus.HANDED_OVER, _("窓口に引きついだので終える（結果は聞かない約束）")),
)


class SendForm(SeenForm):
    """The way to the centre, over the packet that was looked at."""

    previewed = forms.CharField(widget=forms.HiddenInput, max_length=64)
    way = forms.ChoiceField(
        label=_("送り方"), widget=forms.RadioSelect, error_messages={"required": _("送り方を選んでください。")}
    )

    def __init__(self, *args: Any, centre: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice_field(self, "way")
        ways = [(Way.TELEPHONE.value, _("電話をして、印刷した紙を渡す（FAX・郵送・手わたし）"))]
        if is_read_in_portal(centre):
            mailed = _("つなぎ画面で送る（届いたことだけをメールで知らせます。本人のことは書きません）")
            unmailed = _("つなぎ画面で送る（メールは送りません。電話で知らせてください）")
            ways.insert(0, (Way.PORTAL.value, mailed if centre.can_be_mailed else unmailed))
        elif centre.uses_portal:
            field.help_text = str(NOBODY_READS)
        field.choices, field.initial = ways, ways[0][0]


class ReplyForm(SeenForm):
    """What a centre answered by telephone or slip. Without the second consent only that it did, and a refusal
    for a reason that says nothing about the person."""

    to = forms.ChoiceField(
        label=_("返事"), widget=forms.RadioSelect, error_messages={"required": _("返事を選んでください。")}
    )
    replied_on = DayField(
        label=_("返事のあった日"),
        help_text=_("今日でないときだけ、かえてください。"),
        required=False,
        initial=clock.today,
    )
    reason = forms.ChoiceField(label=_("引き受けられない理由"), required=False)
    outcome = forms.ChoiceField(label=_("つなぎの結果"), required=False)
    note = TypedText(
        label=_("窓口のひとこと・初回面談の日"),
        help_text=_("「その他」のときは、理由を書いてください。"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, result_is_told: bool, on_paper: bool = True, status: str | None = None, **kwargs: Any
    ) -> None:
        """``status`` of the referral: only what may follow it is offered; None takes every reply."""
        super().__init__(*args, **kwargs)
        after = {**REFERRAL_TRANSITIONS, **REFERRAL_LATE_ANSWERS}
        possible = set(ReferralStatus) if status is None else set(after[status])
        if status == ReferralStatus.ON_HOLD:
            possible &= {ReferralStatus.CLOSED, ReferralStatus.HANDED_OVER}  # it goes on from where it stood, or ends
        if not result_is_told:
            possible -= {ReferralStatus.CONTACTED, ReferralStatus.CLOSED}
        if result_is_told or not on_paper:
            possible -= {ReferralStatus.HANDED_OVER}
        choice_field(self, "to").choices = [(to.value, label) for to, label in REPLIES if to in possible]
        reasons = [r for r in DeclineReason if result_is_told or r in REASONS_ABOUT_THE_REFERRAL]
        self._offer("reason", reasons, needed=ReferralStatus.DECLINED in possible)
        self._offer("outcome", list(Outcome), needed=ReferralStatus.CLOSED in possible)
        if not result_is_told:
            del self.fields["note"]

    @property
    def offers_any(self) -> bool:
        """Whether there is any reply to write down."""
        return bool(choice_field(self, "to").choices)

    def _offer(self, name: str, choices: list[Any], *, needed: bool) -> None:
        if needed:
            choice_field(self, name).choices = [("", _("選んでください")), *((c.value, c.label) for c in choices)]
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == ReferralStatus.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", _("引き受けられない理由を選んでください。"))
        if cleaned.get("to") == ReferralStatus.CLOSED and not cleaned.get("outcome"):
            self.add_error("outcome", _("結果を選んでください。結果がないまま終えることはできません。"))
        return cleaned


class FollowUpForm(SeenForm):
    note = TypedText(
        label=_("どう対応しましたか"),
        help_text=_("ケースのメモとして残ります。例：本人に電話で伝え、ほかの窓口を案内した。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("どう対応したかを書いてください。")},
    )


class TellPersonForm(SeenForm):
    note = TypedText(
        label=_("本人に、いつ、どう伝えましたか"),
        help_text=_("ケースのメモとして残ります。例：今日電話し、窓口が引き受けられるようになったと伝えた。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("いつ、どう伝えたかを書いてください。")},
    )


class ToldForm(SeenForm):
    """How the centre was told of a withdrawal; where it may not have got the paper, first of all whether it did."""

    had_left = forms.ChoiceField(
        label=_("紙は、もう窓口に渡していましたか"),
        choices=[
            ("yes", _("渡していた（渡したかもしれない）。窓口に電話で伝えた")),
            ("no", _("まだ渡していなかった。こちらで破棄した")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("紙を渡していたかどうかを選んでください。")},
    )
    note = TypedText(
        label=_("いつ、だれに伝えましたか"),
        help_text=_("ケースのメモとして残ります。例：今日の午後に電話し、担当の方に伝えた。紙はその場で破棄された。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("いつ、だれに伝えたかを書いてください。")},
    )

    def __init__(self, *args: Any, may_not_have_left: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_not_have_left:
            del self.fields["had_left"]
            return
        self.fields["note"].label = _("いつ、だれに伝えましたか（渡していなかったときは、紙をどうしましたか）")
        self.fields["note"].error_messages["required"] = _(
            "いつ、だれに伝えたか、渡していなかったときは紙をどうしたかを書いてください。"
        )

    def clean_had_left(self) -> bool:
        return self.cleaned_data["had_left"] == "yes"


class WrongCentreForm(SeenForm):
    """That it went to the wrong centre, and how that came."""

    why = TypedText(
        label=_("どこがまちがいでしたか"),
        help_text=_("記録に残ります。例：引っこす前の市の窓口につないでしまった。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("どこがまちがいだったかを書いてください。")},
    )
