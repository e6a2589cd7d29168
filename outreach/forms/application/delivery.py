"""Who applies, for whom, and where the box goes."""

import re
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import japanese
from organisations import places
from organisations.models import Place
from outreach import circumstances as said_as
from outreach.forms.application.base import LEAVE_BLANK, StepForm
from outreach.forms.application.fields import Tap, Written, show_postcode

NAME_MISSING = _("お名前を書いてください。箱のあて名に使います。")
KANA_MISSING = _("ふりがなを、ひらがなかカタカナで書いてください。箱のあて名や、お電話のときに使います。")
ADDRESS_MISSING = _("住所のつづき（町名・番地・建物の名前と部屋番号）を書いてください。")

_JAPANESE = re.compile(r"[々ぁ-ヿ㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[‐‑‒–—―−ー](?=\d)")


class ForWhomForm(StepForm):
    applying_for = Tap(said_as.ApplyingFor, label=_("この申込みは、だれのことですか"), otherwise="self")


class HelperForm(StepForm):
    """Who applies in somebody's place."""

    helper_name = Written(
        label=_("あなた（代わりに申しこむ方）のお名前"),
        required=True,
        autocomplete="name",
        error_messages={"required": _("代わりに申しこむ方のお名前を書いてください。")},
    )
    helper_relation = Written(
        label=_("ご本人との関係"), help_text=_("例：家族、友人、民生委員。書かなくてもすすめます。"), max_length=40
    )
    helper_phone = Written(
        label=_("あなたの電話番号"),
        required=True,
        read=japanese.phone,
        show=japanese.show_phone,
        inputmode="tel",
        autocomplete="tel",
        max_length=30,
        error_messages={"required": _("たしかめたいことがあるときに電話します。番号を書いてください。")},
    )


class NameForm(StepForm):
    name = Written(
        label=_("お名前"),
        required=True,
        autocomplete="name",
        max_length=80,
        error_messages={"required": NAME_MISSING},
    )
    kana = Written(
        label=_("ふりがな"),
        help_text=_("ひらがなでも、カタカナでもだいじょうぶです。名前がかなだけのときは、空けたままで。"),
        read=japanese.kana,
        max_length=80,
    )
    birth_year = Written(
        label=_("生まれた年"),
        help_text=format_lazy("{} {}", _("年だけでだいじょうぶです。例：昭和55年、1980。"), LEAVE_BLANK),
        read=japanese.birth_year,
        empty=None,
        max_length=20,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.said.applying_for == said_as.ApplyingFor.OTHER:
            self.fields["name"].label = _("食べものを受けとる方のお名前")

    def clean_kana(self) -> str:
        """The reading; that of a name written in kana is the name, and a foreign name needs none."""
        kana, name = self.cleaned_data["kana"], self.cleaned_data.get("name", "")
        if kana or not name:
            return kana
        try:
            return japanese.kana(name)
        except ValueError:
            if not _JAPANESE.search(name):
                return ""
            raise forms.ValidationError(KANA_MISSING) from None


class ReceiveForm(StepForm):
    receive_by = Tap(said_as.ReceiveBy, label=_("どうやって受けとりますか"), otherwise="home")


class AddressForm(StepForm):
    """The address from the municipality on; a postcode of elsewhere is asked about, never guessed."""

    postcode = Written(
        label=_("郵便番号"),
        help_text=_("わからないときは、空けたままで次へすすめます。"),
        read=japanese.postcode,
        show=show_postcode,
        inputmode="numeric",
        autocomplete="postal-code",
        size=20,
        max_length=20,
    )
    address = Written(
        label=_("住所のつづき"),
        help_text=_("町名・番地と、建物の名前・部屋番号。"),
        required=True,
        autocomplete="street-address",
        max_length=200,
        error_messages={"required": ADDRESS_MISSING},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = self.data.get("postcode", "") if self.is_bound else ""
        self.found = places.all_by_postcode(typed) if typed else []
        here = self.ground.place
        if here and self.found and not any(_same_place(here, found) for found in self.found):
            self.fields["lives_in"] = forms.ChoiceField(
                label=_("送り先は、どちらですか"),
                required=False,
                widget=forms.RadioSelect,
                choices=[(place.code, place.full_name) for place in (here, *self.found)],
            )
            self.order_fields(["postcode", "lives_in", "address"])

    def clean_postcode(self) -> str:
        postcode = self.cleaned_data["postcode"]
        if postcode and not self.found:
            raise forms.ValidationError(
                _("この郵便番号は見つかりませんでした。たしかめるか、空けたまま次へすすんでください。")
            )
        return postcode

    def clean_address(self) -> str:
        """The address without what stands above it already."""
        address = _BETWEEN_DIGITS.sub("-", self.cleaned_data["address"])
        for place in reversed(self.ground.place.lineage() if self.ground.place else []):
            address = address.removeprefix(place.name).lstrip()
        if not address:
            raise forms.ValidationError(ADDRESS_MISSING)
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "lives_in" in self.fields and not cleaned.get("lives_in") and "lives_in" not in self.errors:
            self.add_error(
                "lives_in",
                _("郵便番号の地域と、前に聞いたお住まいがちがうようです。送り先のほうをえらんでください。"),
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """The address; the place too where the postcode tells it more exactly or the person chose the other."""
        values = super().values()
        here = self.ground.place
        chosen = self.cleaned_data.get("lives_in")
        if chosen and here and chosen == here.code:
            return values | {"postcode": ""}
        if chosen:
            return values | {"place_code": chosen}
        if len(self.found) == 1 and here in self.found[0].lineage():
            return values | {"place_code": self.found[0].code}
        return values


def _same_place(here: Place, found: Place) -> bool:
    """Whether the place that was said and that of the postcode are one, or one lies in the other."""
    return here in found.lineage() or found in here.lineage()


class SlotForm(StepForm):
    delivery_slot = Tap(said_as.DeliverySlot, label=_("届けてほしい時間"), otherwise="any")
    leave_at_door = forms.BooleanField(
        label=_("玄関の前に置いていってほしい（置き配）"),
        required=False,
        help_text=_("会わずに受けとりたいときに。"),
    )
