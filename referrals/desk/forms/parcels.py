"""What a packer fills in: contents and weight, the courier's number."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.text.japanese import squash
from foundation.web.fields import TypedText
from referrals.acts import Carried, SeenForm
from referrals.notes import LONGEST_NOTE
from referrals.reasons import ReturnReason

HEAVIEST_KG = 100
_KILOGRAMS = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,3})0*)?")


class BoxForm(SeenForm):
    """Carries too what box and label were made from: the corrections of the person, and the newest addendum."""

    corrected = Carried()
    read = Carried()


def weight_field() -> TypedText:
    return TypedText(
        label=_("重さ（kg）"),
        help_text=_("はかったときだけ。例：5.2"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"size": 8, "inputmode": "decimal"}),
    )


def grams(typed: str) -> int | None:
    """Grams, from kilograms in figures of any width, to the gram; None where nothing is. Raises ValidationError."""
    text = squash(typed).lower().removesuffix("kg").strip().replace(",", ".")
    if not text:
        return None
    weighed = _KILOGRAMS.fullmatch(text)
    found = int(weighed[1]) * 1000 + int((weighed[2] or "").ljust(3, "0")) if weighed else 0
    if not 0 < found <= HEAVIEST_KG * 1000:
        raise forms.ValidationError(_("重さは、キログラムの数字で書いてください。例：5.2"))
    return found


class PackForm(BoxForm):
    contents = TypedText(
        label=_("箱の中身"),
        help_text=_("人数にあわせた例が入っています。つめたものに直してください。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("箱の中身を書いてください。")},
    )
    weight = weight_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("contents"):
            self.fields["contents"].help_text = _(
                "食べられないものがあるので、例は入れていません。つめたものを書いてください。"
            )

    def clean_weight(self) -> int | None:
        return grams(self.cleaned_data["weight"])


class ReturnForm(SeenForm):
    """Why a box came back; whoever decides what becomes of it reads it."""

    reason = forms.ChoiceField(
        label=_("戻ってきたわけ"),
        choices=ReturnReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("戻ってきたわけをえらんでください。")},
    )
    words = TypedText(
        label=_("くわしく"),
        help_text=_("箱や送り状に書いてあったこと。「その他」のときは、わけを書いてください。"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == ReturnReason.OTHER and not cleaned.get("words", "").strip():
            self.add_error("words", _("「その他」のときは、わけを書いてください。"))
        return cleaned


class SendForm(BoxForm):
    tracking_number = TypedText(
        label=_("送り状番号"),
        help_text=_("宅配便の伝票番号。手わたしのときは、空のままにします。"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"size": 20, "inputmode": "numeric"}),
    )

    def clean_tracking_number(self) -> str:
        return squash(self.cleaned_data["tracking_number"])


class ParcelCorrectionForm(SeenForm):
    """What was written down of a box, to be typed over."""

    tracking_number = TypedText(
        label=_("送り状番号"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"size": 20, "inputmode": "numeric", "autocomplete": "off"}),
    )
    weight = weight_field()
    contents = TypedText(
        label=_("箱の中身"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("箱の中身を書いてください。")},
    )
    why = TypedText(
        label=_("直す理由"),
        help_text=_("例：送り状の控えと見くらべた。直す前の内容も、これまでのことに残ります。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("なぜ直すのかを書いてください。")},
    )

    def clean_tracking_number(self) -> str:
        return squash(self.cleaned_data["tracking_number"])

    def clean_weight(self) -> int | None:
        return grams(self.cleaned_data["weight"])
