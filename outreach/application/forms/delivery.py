"""Who applies, for whom, and where the box goes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.text import birth_dates, japanese, names, telephone
from outreach.application import answers
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import Written, asked

NAME_MISSING = _("お名前を書いてください。箱のあて名に使います。")
KANA_MISSING = _("ふりがなを、ひらがなかカタカナで書いてください。箱のあて名や、お電話のときに使います。")
NOT_WHOLE = _(
    "名字と名前の、どちらかだけが書いてあるようです。箱のあて名や、ご本人をたしかめるときに使うので、名字と名前の両方を書いてください。"
    "これで全部のときや、名前を書きたくないときは、下の「このままでよい」をえらべば、次へすすめます。"
)
_JAPANESE = re.compile("[々ぁ-ヿ㐀-鿿\uf900-\ufaff\U00020000-\U0003ffff]")


def reading_of(name: str, kana: str) -> str:
    """The reading to keep with a name, "" where a foreign one needs none. Raises ValidationError."""
    if kana or not name:
        return kana
    try:
        return japanese.kana(name)
    except ValueError:
        if not _JAPANESE.search(name):
            return ""
        raise forms.ValidationError(KANA_MISSING) from None


class ForWhomForm(StepForm):
    applying_for = asked("applying_for")


class HelperForm(StepForm):
    """Who applies in somebody's place."""

    helper_name = Written(
        label=_("あなた（代わりに申しこむ方）のお名前"),
        read=names.as_typed,
        required=True,
        error_messages={"required": _("代わりに申しこむ方のお名前を書いてください。")},
    )
    helper_relation = Written(
        label=_("ご本人との関係"), help_text=_("例：家族、友人、民生委員。書かなくてもすすめます。"), max_length=40
    )
    helper_phone = Written(
        label=_("あなたの電話番号"),
        required=True,
        read=telephone.own_phone,
        show=telephone.show_phone,
        inputmode="tel",
        max_length=30,
        error_messages={"required": _("たしかめたいことがあるときに電話します。番号を書いてください。")},
    )


class NameForm(StepForm):
    name = asked(
        "name",
        read=names.as_typed,
        required=True,
        max_length=80,
        error_messages={"required": NAME_MISSING},
    )
    kana = asked(
        "kana",
        read=japanese.kana,
        max_length=80,
    )
    birth_year = asked(
        "birth_year",
        read=birth_dates.birth_year,
        empty=None,
        max_length=20,
    )
    # Asked back where one part of a name seems to stand alone, and not kept: it answers nothing by itself.
    is_whole = forms.BooleanField(label=_("このままでよい"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.said.applying_for == answers.ApplyingFor.OTHER:
            self.fields["name"].label = _("食べものを受けとる方のお名前")
        typed = names.as_typed(self.data.get("name", "")) if self.is_bound else ""
        if names.may_be_one_part(typed) and typed != self.said.name:
            self.order_fields(["name", "is_whole"])
        else:
            del self.fields["is_whole"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "is_whole" in self.fields and not cleaned.get("is_whole"):
            self.add_error("name", NOT_WHOLE)
        return cleaned

    def clean_kana(self) -> str:
        """The reading; that of a name written in kana is the name, and a foreign name needs none."""
        return reading_of(self.cleaned_data.get("name", ""), self.cleaned_data["kana"])


class ReceiveForm(StepForm):
    receive_by = asked("receive_by")


class SlotForm(StepForm):
    delivery_slot = asked("delivery_slot")
    leave_at_door = asked("leave_at_door")
