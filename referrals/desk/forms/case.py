"""What a caseworker fills in on a case's page: a note, how and why a case ends."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.web.fields import TypedText
from foundation.web.forms import Fitting
from referrals.acts import Carried, SeenForm, choice_field
from referrals.notes import LONGEST_NOTE
from referrals.reasons import END_REASONS, EndReason
from referrals.states import CASE_ENDS, CASE_TRANSITIONS, CaseStatus, ParcelStatus


class ReadForm(SeenForm):
    """Carries the newest addendum on the page too: what came later was not read."""

    read = Carried()


class NoteForm(Fitting, forms.Form):
    """Of no version: two who write at once both wrote."""

    read = Carried()
    text = TypedText(
        label=_("メモ"),
        help_text=_("書いたメモは、あとから直せません。直したいときは、新しいメモを書いてください。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("メモが空です。内容を書いてから保存してください。")},
    )


class EndForm(ReadForm):
    """How a case ends and why, in one choice; what can't follow the case's present status is not offered."""

    end = forms.ChoiceField(
        label=_("終え方と理由"),
        error_messages={"required": _("理由を選んでください。"), "invalid_choice": _("理由を選びなおしてください。")},
    )
    note = TypedText(
        label=_("メモ"),
        help_text=_("「その他」のときは、理由を書いてください。"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    without_hand_off = forms.BooleanField(
        label=_("つながずに終える"),
        help_text=_(
            "窓口に伝える同意があり、まだ、つないでいません。本人がやめたいと言ったときは、先に同意の撤回を記録してください。"
        ),
        required=False,
    )
    hand_off_goes_on = forms.BooleanField(
        label=_("つなぎは続ける（荷物だけをやめる）"),
        help_text=_("「終了」のほかの終え方のときに。つなぎもやめるときは、先に同意の撤回を記録してください。"),
        required=False,
    )

    box = forms.ChoiceField(
        label=_("箱づめの済んだ箱"),
        help_text=_("まだ発送していない箱があります。ほどいてもらうときは、「箱づめ・発送」に「発送しない」と出ます。"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (ParcelStatus.TO_UNPACK, _("箱づめの担当に、ほどいてもらう")),
            (ParcelStatus.UNPACKED, _("もう、ほどいてある")),
        ],
    )

    def __init__(
        self, *args: Any, status: str | None = None, asks_back: Collection[str] | None = None, **kwargs: Any
    ) -> None:
        """``asks_back``: which of the questions about hand-off and box are shown; all of them for None."""
        super().__init__(*args, **kwargs)
        choice_field(self, "end").choices = [("", _("選んでください")), *ends_after(status)]
        for name in ("without_hand_off", "hand_off_goes_on", "box"):
            if asks_back is not None and name not in asks_back:
                del self.fields[name]

    def clean_end(self) -> tuple[str, str]:
        to, _dot, reason = self.cleaned_data["end"].partition(".")
        return to, reason


class SendAgainForm(SeenForm):
    """What was found out about a box that came back, before another is packed."""

    found_out = TypedText(
        label=_("たしかめたこと"),
        help_text=_("例：本人に電話して、部屋番号を聞いた。これまでのことに残ります。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("たしかめたことを書いてください。")},
    )


class WhyForm(SeenForm):
    """Why something that was noted in error is taken back."""

    why = TypedText(
        label=_("とりけす理由"),
        help_text=_("メモとして残ります。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("とりけす理由を書いてください。")},
    )


def ends_after(status: str | None) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The ends that may follow ``status`` (all of them for None), each with its reasons, as grouped choices."""
    possible = [
        end for end in CaseStatus if end in CASE_ENDS and (status is None or end in CASE_TRANSITIONS.get(status, ()))
    ]
    return [
        (end.label, [(f"{end.value}.{reason.value}", EndReason(reason).label) for reason in END_REASONS[end]])
        for end in possible
    ]
