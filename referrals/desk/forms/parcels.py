"""What a packer fills in: contents and weight, the courier's number."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.text.japanese import squash
from foundation.web.forms import TypedText
from referrals.acts import Carried, SeenForm

HEAVIEST_KG = 100
_KILOGRAMS = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,3})0*)?")


class BoxForm(SeenForm):
    """Carries too what box and label were made from: the corrections of the person, and the newest addendum."""

    corrected = Carried()
    read = Carried()


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
    weight = TypedText(
        label=_("重さ（kg）"),
        help_text=_("はかったときだけ。例：5.2"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"size": 8, "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("contents"):
            self.fields["contents"].help_text = _(
                "食べられないものがあるので、例は入れていません。つめたものを書いてください。"
            )

    def clean_weight(self) -> int | None:
        return grams(self.cleaned_data["weight"])


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
