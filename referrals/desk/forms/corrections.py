"""What a caseworker fills in to correct name, address, and how and when a person is reached."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese, mail, names, no_home, postcodes, street, telephone
from foundation.text.wording import listed
from foundation.web.fields import TypedText
from organisations.models import Place
from organisations.places import in_front, quarters, search, whereabouts
from outreach.application.forms.address import check_postcode, it_stands
from outreach.application.forms.delivery import reading_of
from outreach.application.forms.fields import Ticks, asked
from outreach.application.questions import QUESTIONS
from referrals.acts import SeenForm, choice_field
from referrals.corrected import FIELDS
from referrals.desk.corrections import amiss, as_written
from referrals.models.case import PICKUP

ADDRESS_ELSEWHERE = _("住所に「{named}」とありますが、送り先は{near}です。ちがう市区町村へは、ここでは変えられません。")
ADDRESS_PERHAPS_ELSEWHERE = _(
    "住所に「{named}」とありますが、送り先は{near}です。{near}の中の建物や通りの名前なら、"
    "下の「送り先は変わらない」にチェックを入れて、もう一度保存してください。"
)
OTHER_POSTCODE = _("住所の「{other}」が、郵便番号の欄とちがいます。どちらかを直してください。")
POSTCODE_ELSEWHERE = _(
    "郵便番号「{postcode}」は、{there}のものです。送り先は{near}です。郵便番号を直すか、空けてください。"
    "ちがう市区町村へは、ここでは変えられません。"
)
NO_HOME = _(
    "届けられる住所がない、と読めます。届けてよいところ（知人の家など）を本人にきいて、そこの住所を書いてください。"
    "営業所や窓口での受けとりに変えるときは、電話で申込みを受けなおしてください。"
)
ADDRESS_LACKS = _("「同じ」や郵便番号だけでは届きません。町名・番地・建物の名前と部屋番号を書いてください。")

ADDRESS_HAS_NO_STREET = _(
    "番地も町名も、建物の名前も見あたりませんでした。この書き方で届くことを本人にたしかめたときは、"
    "「このままで届きます」をえらんで、もう一度保存してください。"
)

NUMBER_ALONE = _(
    "番号だけのようです。町名から書いてください。この書き方で届くことを本人にたしかめたときは、"
    "「このままで届きます」をえらんで、もう一度保存してください。"
)


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
    # Asked back where the address holds the name of another city, and not kept: it answers nothing by itself.
    is_here = forms.BooleanField(label=_("送り先は変わらない"), required=False)
    reach_by = Ticks(QUESTIONS["reach_by"].offered, alone=QUESTIONS["reach_by"].alone, label=FIELDS["reach_by"])
    cannot_telephone = asked("cannot_telephone")
    phone = _line("phone", max_length=30)
    safe_times = _line(
        "safe_times",
        max_length=200,
        help_text=_("電話してはいけない時間も書きます。例：平日の昼だけ。夜は電話しない。"),
    )
    email = _line("email", max_length=254)
    spoken = _line("spoken")
    helper_name = _line("helper_name", max_length=80)
    helper_relation = _line("helper_relation", max_length=40)
    helper_phone = _line("helper_phone", max_length=30)
    passphrase = _line("passphrase", max_length=40)
    pickup_name = _line(
        "pickup_name",
        max_length=80,
        help_text=_("箱を受けとりに行くところ。例：見本運輸 札幌中央営業所。本人のページと、箱づめのページに出ます。"),
    )
    pickup_address = _line("pickup_address", max_length=200)
    pickup_hours = _line(
        "pickup_hours", max_length=200, help_text=_("例：平日 9時〜18時、土曜 9時〜12時。日曜・祝日は休み。")
    )
    why = TypedText(
        label=_("直す理由"),
        help_text=_("例：電話で本人にたしかめた。直す前の内容も、これまでのことに残ります。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("なぜ直すのかを書いてください。")},
    )

    def __init__(self, *args: Any, stands: dict[str, Any], near: Place, picks_up: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if picks_up else PICKUP:
            del self.fields[name]
        self.stands, self.near = stands, near
        if not self._holds_another_city():
            del self.fields["is_here"]
        ways = QUESTIONS["reach_by"]
        gone = [code for code in stands["reach_by"] if code not in dict(ways.offered)]
        choice_field(self, "reach_by").choices = [*ways.offered, *((code, ways.words([code])) for code in gone)]

    def _holds_another_city(self) -> bool:
        if not self.is_bound or (typed := self.data.get("address", "").strip()) == self.stands["address"]:
            return False
        found = whereabouts.of(in_front.parted(typed, near=self.near).address, near=self.near)
        return whereabouts.is_elsewhere(found, self.near) and not (found.unread or found.surely)

    def clean_name(self) -> str:
        return names.as_typed(self.cleaned_data["name"])

    def clean_kana(self) -> str:
        kana = self._read("kana", japanese.kana)
        name = self.cleaned_data.get("name", "")
        untouched = (name, kana) == (self.stands["name"], self.stands["kana"])
        return kana if untouched else reading_of(name, kana)

    def clean_postcode(self) -> str:
        postcode = self._read("postcode", postcodes.postcode)
        if postcode != self.stands["postcode"]:
            check_postcode(postcode)
            self._lies_here(postcode)
        return postcode

    def _lies_here(self, postcode: str) -> None:
        """Refuse a postcode of another place: it would stand on the label above this one's name."""
        places = search.all_by_postcode(postcode)
        if places and not whereabouts.holds(places, self.near):
            there = listed(place.full_name for place in places)
            facts = {"postcode": as_written("postcode", postcode), "there": there, "near": self.near.full_name}
            raise forms.ValidationError(format_lazy(POSTCODE_ELSEWHERE, **facts))

    def clean_address(self) -> str:
        """What follows the name of the place; that of another place is no address there."""
        address = self._read("address", japanese.squash)
        if address == self.stands["address"]:
            return address
        front = in_front.parted(address, near=self.near)
        found = whereabouts.of(front.address, near=self.near)
        if whereabouts.is_elsewhere(found, self.near):
            self._ask_about(found)
            return address
        if address and no_home.is_meant(found.rest):
            raise forms.ValidationError(NO_HOME)
        if address and street.lacks(found.rest):
            raise forms.ValidationError(ADDRESS_LACKS)
        if address and not quarters.may_be_in(found.rest, self.near):
            self._ask_whether_it_stands(found.rest)
        return self._without_postcode(front, found) if front.postcode else found.rest

    def _ask_whether_it_stands(self, address: str) -> None:
        self.fields = self.fields | {"address_stands": it_stands(address)}  # these are being gone through
        self.order_fields(["name", "kana", "postcode", "address", "address_stands"])
        if self.data.get("address_stands") != address:
            alone = quarters.lacks_its_quarter(address, self.near)
            raise forms.ValidationError(NUMBER_ALONE if alone else ADDRESS_HAS_NO_STREET)

    def _without_postcode(self, front: in_front.Front, found: whereabouts.Whereabouts) -> str:
        """What stands around the address goes into its own field; digits without 〒 that are none of here stay."""
        before = postcodes.postcode(front.postcode)
        places = search.all_by_postcode(before)
        if not front.is_called_one and not whereabouts.holds(places, self.near):
            return front.with_postcode
        check_postcode(before)
        self._lies_here(before)
        if self.cleaned_data.get("postcode", before) not in ("", before):
            raise forms.ValidationError(format_lazy(OTHER_POSTCODE, other=as_written("postcode", before)))
        self.cleaned_data["postcode"] = before
        return found.rest

    def _ask_about(self, found: whereabouts.Whereabouts) -> None:
        """Refuse what is surely elsewhere; ask about what may be the name of a house or of a quarter."""
        facts = {"named": found.named, "near": self.near.full_name}
        if found.unread or found.surely:
            raise forms.ValidationError(format_lazy(ADDRESS_ELSEWHERE, **facts))
        if not self.data.get("is_here"):
            raise forms.ValidationError(format_lazy(ADDRESS_PERHAPS_ELSEWHERE, **facts))

    def clean_phone(self) -> str:
        return self._read("phone", telephone.own_phone)

    def clean_safe_times(self) -> str:
        return self._read("safe_times", japanese.squash)

    def clean_email(self) -> str:
        return self._read("email", _email)

    def clean_spoken(self) -> str:
        return self._read("spoken", japanese.squash)

    def clean_helper_name(self) -> str:
        return self._read("helper_name", names.as_typed)

    def clean_helper_relation(self) -> str:
        return self._read("helper_relation", japanese.squash)

    def clean_helper_phone(self) -> str:
        return self._read("helper_phone", telephone.phone)

    def clean_passphrase(self) -> str:
        return self._read("passphrase", japanese.squash)

    def clean_pickup_name(self) -> str:
        return self._read("pickup_name", japanese.squash)

    def clean_pickup_address(self) -> str:
        return self._read("pickup_address", japanese.squash)

    def clean_pickup_hours(self) -> str:
        return self._read("pickup_hours", japanese.squash)

    def clean_reach_by(self) -> list[str]:
        """The ways in the form's order; as they stand where they are the same ones."""
        ticked = self.cleaned_data["reach_by"]
        return self.stands["reach_by"] if set(ticked) == set(self.stands["reach_by"]) else ticked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in PICKUP:
            cleaned.setdefault(name, self.stands[name])
        if not self.errors:
            for name, words in amiss(self.stands, cleaned).items():
                self.add_error(name, str(words))
        return cleaned

    def _read(self, name: str, read: Callable[[str], str]) -> str:
        typed = self.cleaned_data[name].strip()
        if typed in (self.stands[name], as_written(name, self.stands[name])):
            return self.stands[name]
        try:
            return read(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(error.args[0]) from None


def _email(text: str) -> str:
    email = mail.in_plain_letters(text)
    validate_email(email)
    return email
