"""Where box and letters go: the municipality, the postcode, and what follows on a label."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import no_home, postcodes, street
from organisations.models import Place
from organisations.places import gazetteer, in_front, quarters, search, whereabouts
from outreach.application import labels
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import Written

ADDRESS_MISSING = _("住所のつづき（町名・番地・建物の名前と部屋番号）を書いてください。")
POSTCODE_UNKNOWN = _("この郵便番号は見つかりませんでした。たしかめるか、空けたまま次へすすんでください。")
ADDRESS_NOT_SAID = _(
    "くわしい住所は、まだ聞いていません。「同じ」のように書かずに、町名・番地・建物の名前と部屋番号を書いてください。"
)
NO_HOME = _(
    "決まった住所がないときも、食べものを受けとれます。届けてよいところ（知人の家、支援してくれている人のところなど）が"
    "あれば、そこの住所を書いてください。なければ、下のボタンから、営業所や窓口での受けとりをえらべます。"
)
NO_HOME_FOR_LETTERS = _(
    "決まった住所がないときは、手紙を受けとれるところ（知人の家、支援してくれている人のところなど）の住所を書くか、"
    "下のボタンから、ほかの連絡のしかたをえらんでください。"
)
ADDRESS_HAS_NO_STREET = _("番地も町名も、建物の名前も見あたりませんでした。")
NUMBER_ALONE = _("番号だけのようです。町名から、建物の名前と部屋番号まで書いてください。")
IT_MAY_STAND = _("この書き方で届くときは、下の「このままで届きます」をえらんでください。")
PREFECTURE_ELSEWHERE = _(
    "住所のつづきに「{named}」とありますが、どの市区町村かを読みとれませんでした。"
    "市区町村の名前を「{named}」のすぐあとに書くか、「{named}」を消してください。"
)
TWO_POSTCODES = _("郵便番号の欄は「{postcode}」、住所の前は「{other}」です。どちらかを直してください。")
ADDRESS_ELSEWHERE = _(
    "住所のつづきに「{named}」とありますが、送り先に{chosen}をえらんでいます。どちらかを直してください。"
)

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[‐‑‒–—―−ー](?=\d)")


def check_postcode(postcode: str) -> None:
    """Raise ValidationError where no place has this postcode."""
    if postcode and not search.all_by_postcode(postcode):
        raise forms.ValidationError(POSTCODE_UNKNOWN)


def postcode_asked(label: Promise) -> Written:
    """A postcode that may stay empty, whatever goes to it."""
    return Written(
        label=label,
        help_text=_("わからないときは、空けたままで次へすすめます。"),
        read=postcodes.postcode,
        show=labels.postcode,
        inputmode="numeric",
        size=20,
        max_length=20,
    )


class SendingForm(StepForm):
    """A screen with an address to send to; a postcode or an address of elsewhere is asked about, never guessed.

    Where the box goes decides nothing but that: the food bank and the centre are those of the home.
    """

    no_home_words = NO_HOME

    def ask_where(self) -> None:
        """Ask which of two places is meant, where the postcode or the address names another than the home."""
        here = self.serving.place
        self.by_postcode: list[Place] = []
        self.found = self._places_named()
        others = _elsewhere(here, self.found)
        if here and others:
            self.fields["sending_to"] = _which_of([here, *others])
            self.initial["sending_to"] = self.said.sending_place_code or (here.code if self.said.address else "")
            self.order_fields([name for one in self.fields for name in _asked_after(one) if name in self.fields])

    def asked_of_some(self, posted: QueryDict) -> dict[str, forms.Field]:
        chosen = gazetteer.by_code(posted.get("sending_to", ""))
        stands = posted.get("address_stands", "")
        asked: dict[str, forms.Field] = {"sending_to": _which_of([chosen])} if chosen else {}
        return asked | ({"address_stands": it_stands(stands)} if stands else {})

    def _places_named(self) -> list[Place]:
        here = self.serving.place
        if not self.is_bound:
            return self._places_kept(here)
        if here is None:
            return search.all_by_postcode(self.data.get("postcode", ""))
        front = in_front.parted(self.data.get("address", ""), near=here)
        self.by_postcode = search.all_by_postcode(self.data.get("postcode", "") or front.postcode)
        # The address is read too where there is a postcode: the two may differ.
        named = whereabouts.of(front.address, near=here).places
        if _elsewhere(here, self.by_postcode):
            thirds = [one for one in _elsewhere(here, named) if not _is_among(one, self.by_postcode)]
            return [*self.by_postcode, *thirds]
        if self._is_answered(front):
            return self.by_postcode
        if not named and not self.by_postcode and self.said.sending_place_code:
            return self._places_kept(here) if self.data.get("sending_to") else []
        return named if not self.by_postcode or _elsewhere(here, named) else self.by_postcode

    def _places_kept(self, here: Place | None) -> list[Place]:
        """The places that were asked about before: the question stays on the page as long as the name stands there."""
        if self.serving.sending_place:
            return search.all_by_postcode(self.said.postcode) or [self.serving.sending_place]
        return whereabouts.of(self.said.address, near=here).places if here and self.said.address else []

    def _is_answered(self, front: in_front.Front) -> bool:
        """Whether the home was chosen for this very text before, and nothing is chosen now."""
        if self.said.sending_place_code or self.data.get("sending_to"):
            return False
        return bool(self.said.address) and _evenly(front.address) == self.said.address

    def clean_postcode(self) -> str:
        postcode = self.cleaned_data["postcode"]
        check_postcode(postcode)
        return postcode

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "sending_to" in self.fields and not cleaned.get("sending_to") and "sending_to" not in self.errors:
            self.add_error(
                "sending_to",
                _("書かれた送り先が、前に聞いたお住まいとちがうようです。送り先のほうをえらんでください。"),
            )
        if "address" in cleaned:
            self._clean_address(cleaned)
        return cleaned

    def _clean_address(self, cleaned: dict[str, Any]) -> None:
        """Read the address: without what stands before it, and without what is known already."""
        going = self._chosen() or self.serving.place
        if going is None:
            return
        front = in_front.parted(cleaned["address"], near=going)
        address = self._with_its_postcode(cleaned, front, going)
        cleaned["address"] = self._without_places(_evenly(address), going)
        lacks = street.lacks(cleaned["address"])
        self.has_no_home = no_home.is_meant(cleaned["address"])
        if self.has_no_home:
            self.add_error("address", self.no_home_words)
        elif lacks == street.Lacks.WORDS:
            self.add_error("address", ADDRESS_MISSING)
        elif lacks:
            self.add_error("address", ADDRESS_NOT_SAID)
        elif not self.errors and not quarters.may_be_in(cleaned["address"], going):
            self._ask_whether_it_stands(cleaned["address"], going)

    def _ask_whether_it_stands(self, address: str, going: Place) -> None:
        """Ask once about what looks like no address: one of a village, a word that there is none, or a part alone."""
        if address == self.said.address:
            return
        self.fields["address_stands"] = it_stands(address)
        self.order_fields([one for name in self.fields for one in _asked_right_after(name)])
        if self.data.get("address_stands") != address:
            self.has_no_home = not quarters.lacks_its_quarter(address, going)
            words = (ADDRESS_HAS_NO_STREET, self.no_home_words) if self.has_no_home else (NUMBER_ALONE,)
            self.add_error("address", format_lazy("{} " * len(words) + "{}", *words, IT_MAY_STAND))

    def _with_its_postcode(self, cleaned: dict[str, Any], front: in_front.Front, going: Place) -> str:
        """The address; the postcode before it is taken as one where there is one such and none was written."""
        found = search.all_by_postcode(front.postcode) if front.postcode else []
        if not front.postcode:
            return front.address
        if front.is_called_one and not found:
            self.add_error("address", POSTCODE_UNKNOWN)
        elif not front.is_called_one and _elsewhere(going, found):
            return front.with_postcode  # digits of another kind
        elif not cleaned.get("postcode"):
            cleaned["postcode"] = postcodes.postcode(front.postcode)
        elif cleaned["postcode"] != postcodes.postcode(front.postcode):
            words = {"postcode": labels.postcode(cleaned["postcode"]), "other": front.postcode}
            self.add_error("postcode", format_lazy(TWO_POSTCODES, **words))
        return front.address

    def _without_places(self, address: str, going: Place) -> str:
        """The address without what is known already: the names of the place it is sent to, and of those above it."""
        here = self.serving.place or going
        found = whereabouts.of(address, near=here)
        if going != here and not _is_among(going, found.places):
            found = whereabouts.of(address, near=going)
        if found.unread:
            self.add_error("address", format_lazy(PREFECTURE_ELSEWHERE, named=found.unread))
        elif not whereabouts.is_elsewhere(found, going):
            return found.rest.lstrip(")」』】〕 ")
        elif self.cleaned_data.get("sending_to") and found.surely:
            message = format_lazy(ADDRESS_ELSEWHERE, named=found.named, chosen=going.full_name)
            self.add_error("address", message)
        return address

    def _chosen(self) -> Place | None:
        """The other place, when it was chosen."""
        code = self.cleaned_data.get("sending_to")
        return next((place for place in self.found if place.code == code), None)

    def values(self) -> dict[str, Any]:
        """The address and where it is; the home's own ward where the postcode tells it more exactly."""
        values = super().values()
        if "address" not in self.fields:
            return values
        chosen, here = self._chosen(), self.serving.place
        values |= {"sending_place_code": chosen.code if chosen else ""}
        if "sending_to" in self.fields and not chosen:
            return values | {"postcode": ""}
        if chosen and self.by_postcode and not _is_among(chosen, self.by_postcode):
            return values | {"postcode": ""}
        if not chosen and here and len(self.found) == 1 and here in self.found[0].lineage():
            return values | {"place_code": self.found[0].code}
        return values


class AddressForm(SendingForm):
    """The address from the municipality on."""

    postcode = postcode_asked(_("郵便番号"))
    address = Written(
        label=_("住所のつづき"),
        help_text=_("町名・番地と、建物の名前・部屋番号。"),
        required=True,
        max_length=200,
        error_messages={"required": ADDRESS_MISSING},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_where()


def _which_of(places: list[Place]) -> forms.ChoiceField:
    """The question which of the places is meant."""
    return forms.ChoiceField(
        label=_("送り先は、どちらですか"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(place.code, place.full_name) for place in places],
    )


def it_stands(address: str) -> forms.ChoiceField:
    """The question whether ``address`` is right as it is; the answer is good for that text alone."""
    return forms.ChoiceField(
        label=_("この住所で届きますか"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(address, format_lazy(_("「{address}」。このままで届きます"), address=address))],
    )


def _asked_right_after(name: str) -> list[str]:
    return [name, "address_stands"] if name == "address" else [] if name == "address_stands" else [name]


def _asked_after(name: str) -> list[str]:
    """The fields in order: which of two places stands right after the postcode."""
    return [name, "sending_to"] if name == "postcode" else [] if name == "sending_to" else [name]


def _elsewhere(here: Place | None, places: list[Place]) -> list[Place]:
    """``places`` where none of them is, or lies in, or holds ``here``; of several one may be meant."""
    return [] if here is None or _is_among(here, places) else places


def _is_among(place: Place, others: list[Place]) -> bool:
    return any(_same_place(place, other) for other in others)


def _evenly(address: str) -> str:
    """With one kind of sign between digits."""
    return _BETWEEN_DIGITS.sub("-", address)


def _same_place(here: Place, found: Place) -> bool:
    """Whether the place that was said and that of the postcode are one, or one lies in the other."""
    return here in found.lineage() or found in here.lineage()
