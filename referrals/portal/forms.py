"""What a counsellor fills in: why not, and what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.web.fields import TypedText
from referrals.acts import SeenForm
from referrals.models.referral import LONGEST_REMARK
from referrals.outcomes import CENTRE_DECLINE_REASONS, Outcome

BESIDE = 64 * 1024  # characters; what is wrong with the other answer is told when that one is given


class AnswerForm(SeenForm):
    """A choice of reasons, with words where the choice alone says nothing."""

    chosen: str

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get(self.chosen) == "other" and not cleaned.get("note", "").strip():
            self.add_error("note", _("「その他」のときは、理由をここに書いてください。"))
        return cleaned


class DeclineForm(AnswerForm):
    chosen = "reason"

    reason = forms.ChoiceField(
        label=_("引き受けられない理由"),
        choices=[(reason.value, reason.label) for reason in CENTRE_DECLINE_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("理由をひとつ選んでください。")},
    )
    note = TypedText(
        label=_("ひとこと"),
        help_text=_("「その他」のときは、理由を書いてください。ほかに相談できる窓口があれば、それも助かります。"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BesideForm(SeenForm):
    """A button that stands in another answer's form: the words written there come along, and are never lost by it."""

    fits: type[AnswerForm]  # the form it stands in

    note = TypedText(required=False, max_length=BESIDE)

    def carried(self) -> dict[str, str]:
        """What was chosen and written for the other answer."""
        names = (self.fits.chosen, "note")
        return {name: self.data[name] for name in names if self.data.get(name)}


class AcceptForm(BesideForm):
    fits = DeclineForm


class OutcomeForm(AnswerForm):
    chosen = "outcome"

    outcome = forms.ChoiceField(
        label=_("つなぎの結果"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("結果をひとつ選んでください。結果がないまま終えることはできません。")},
    )
    note = TypedText(
        label=_("ひとこと"),
        help_text=_("「その他」のときは、理由を書いてください。"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactForm(BesideForm):
    fits = OutcomeForm
