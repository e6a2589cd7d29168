"""The navi's question of where someone lives: a postcode, or a municipality in kanji or kana."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese
from foundation.web.forms import AsTyped, TypedText
from organisations.models import Place
from organisations.places import search

_POSTCODE = re.compile(r"[〒\s\-‐−ー―]*\d[\d\s\-‐−ー―]*")
_CHOOSE = _("同じ名前のところがいくつかあります。下からえらんでください。")


class PlaceForm(AsTyped, forms.Form):
    """Understands what was typed, or asks again and keeps it. Once valid, ``place`` is the Place."""

    typed = TypedText(
        label=_("お住まいの郵便番号か、市区町村"),
        help_text=_("例：064-0941、札幌市中央区、だてし、Sapporo。番地はいりません。"),
        required=False,
        max_length=search.LONGEST_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
    )
    if_blank = _("郵便番号か市区町村を入力してください。答えずに進むこともできます。")
    place: Place | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_places(str(self.data.get("typed", "")))

    def keep_as_typed(self, typed: QueryDict) -> None:
        if "chosen" in typed:
            self._offer_places(typed.get("typed", ""))
        super().keep_as_typed(typed)

    def _offer_places(self, typed: str) -> None:
        """Ask which one is meant where ``typed`` may mean several."""
        typed = typed.replace("\0", "")
        self.candidates = places_meant(typed) if typed else []
        if len(self.candidates) > 1:
            self.fields["chosen"] = forms.ChoiceField(
                label=_("どちらですか"),
                choices=[(place.code, place.full_name) for place in self.candidates],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _CHOOSE},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "typed" in self.errors:
            return cleaned
        typed = cleaned["typed"].strip()
        if not typed:
            self.add_error("typed", self.if_blank)
        elif not self.candidates:
            self.add_error("typed", _not_found(typed))
        elif len(self.candidates) == 1:
            self.place = self.candidates[0]
        elif "chosen" not in self.errors:
            self.place = next((one for one in self.candidates if one.code == cleaned.get("chosen")), None)
            if self.place is None:
                self.add_error("chosen", _CHOOSE)
        return cleaned


def places_meant(typed: str) -> list[Place]:
    """The places that ``typed`` may mean: one when it is clear, several to choose from, or none."""
    if _is_postcode(typed):
        place = search.by_postcode(typed)
        return [place] if place else search.all_by_postcode(typed)
    found = search.find(typed)
    key = japanese.search_key(typed)
    named = [place for place in found if any(key.endswith(name) for name in _spellings(place))]
    return named or found


def _spellings(place: Place) -> list[str]:
    return f"{place.search_name} {place.search_kana}".split()


def _is_postcode(typed: str) -> bool:
    return bool(_POSTCODE.fullmatch(japanese.squash(typed)))


def _not_found(typed: str) -> Any:
    if _is_postcode(typed):
        return _("この郵便番号は見つかりませんでした。7けたの数字をたしかめるか、市区町村の名前を入力してください。")
    if search.is_prefecture(typed):
        return _(
            "都道府県や振興局だけでは、窓口が決まりません。「札幌市」「だてし」のように、市区町村の名前も入力してください。"
        )
    return _("見つかりませんでした。「札幌市」「だてし」のように、市区町村の名前だけを入力してください。")
