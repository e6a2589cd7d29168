"""What a caseworker fills in to correct name, address, telephone or mail of a person."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese, names
from foundation.web.forms import TypedText
from organisations.models import Place
from organisations.places import leading
from referrals.acts import SeenForm
from referrals.desk.corrections import FIELDS, as_written


def _line(name: str, **kwargs: Any) -> TypedText:
    facts = {"required": False, "max_length": 100, **kwargs}
    return TypedText(label=FIELDS[name], widget=forms.TextInput(attrs={"autocomplete": "off"}), **facts)


class CorrectionForm(SeenForm):
    """Every value as it stands, to be typed over; each is brought into the form in which it is kept.

    What is left as it ``stands`` stays, even where nobody would take it from a form any more.
    """

    name = _line(
        "name", required=True, max_length=80, error_messages={"required": _("名前を書いてください。空けられません。")}
    )
    kana = _line("kana", max_length=80)
    postcode = _line("postcode", max_length=20)
    address = _line(
        "address",
        max_length=200,
        help_text=_(
            "市区町村のあとを書きます。市区町村は、ここでは変えられません。"
            "ちがう市区町村に移ったときは、電話で申込みを受けなおしてください。"
        ),
    )
    phone = _line("phone", max_length=30)
    email = _line("email", max_length=254)
    why = TypedText(
        label=_("直す理由"),
        help_text=_("例：電話で本人にたしかめた。直す前の内容も、これまでのことに残ります。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("なぜ直すのかを書いてください。")},
    )

    def __init__(self, *args: Any, stands: dict[str, str], near: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands, self.near = stands, near

    def clean_name(self) -> str:
        return names.as_typed(self.cleaned_data["name"])

    def clean_kana(self) -> str:
        return self._read("kana", japanese.kana)

    def clean_postcode(self) -> str:
        return self._read("postcode", japanese.postcode)

    def clean_address(self) -> str:
        """What follows the name of the place; that of another place is no address there."""
        address = self._read("address", japanese.squash)
        if address == self.stands["address"]:
            return address
        named, rest = leading.of(address, near=self.near)
        if named and not any(self.near in place.lineage() or place in self.near.lineage() for place in named):
            raise forms.ValidationError(
                format_lazy(
                    _(
                        "「{named}」から始まっていますが、送り先は{near}です。ちがう市区町村へは、ここでは変えられません。"
                    ),
                    named=named[0].name,
                    near=self.near.full_name,
                )
            )
        return rest

    def clean_phone(self) -> str:
        return self._read("phone", japanese.phone)

    def clean_email(self) -> str:
        return self._read("email", _email)

    def _read(self, name: str, read: Callable[[str], str]) -> str:
        typed = self.cleaned_data[name].strip()
        if typed in (self.stands[name], as_written(name, self.stands[name])):
            return self.stands[name]
        try:
            return read(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(error.args[0]) from None


def _email(text: str) -> str:
    email = japanese.squash(text)
    validate_email(email)
    return email
