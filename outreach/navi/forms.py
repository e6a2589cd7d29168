"""The navi's question of where someone lives: a postcode, or a municipality in kanji or kana."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese, no_home
from foundation.web.fields import TypedText
from foundation.web.forms import Unremembered
from organisations import catchment
from organisations.models import Place
from organisations.places import former, gazetteer, prefectures, search

_POSTCODE = re.compile(r"[〒\s\-‐−ー―]*\d[\d\s\-‐−ー―]*")
_CHOOSE = _("同じ名前のところがいくつかあります。下からえらんでください。")
_FORMER = _(
    "「{name}」は、いまはほかの市区町村になっています。そこでよければ、下からえらんでください。"
    "ちがうときは、いまの市区町村の名前を入力してください。"
)
_FORMER_IS = _(
    "「{name}」は、いまの{place}のことですか。そうでしたら、下からえらんでください。"
    "ちがうときは、いまの市区町村の名前を入力してください。"
)
_BEGUN_IS = _(
    "「{name}」は、{place}のことですか。そうでしたら、下からえらんでください。"
    "ちがうときは、市区町村の名前をおわりまで入力してください。"
)
_WARD = _(
    "{city}では、区によって窓口がちがいます。お住まいの区をえらんでください。わからないときは「わからない」で進めます。"
)
WARD_UNKNOWN = "unknown"


class PlaceForm(Unremembered, forms.Form):
    """Understands what was typed, or asks again and keeps it. Once valid, ``place`` is the Place.

    Asked back, and never assumed: which of several places is meant, whether a name that is no more means the place of
    today, or the beginning of a name that place, and in a designated city the ward, where that decides who serves it.
    """

    typed = TypedText(
        label=_("お住まいの郵便番号か、市区町村"),
        help_text=_("例：064-0941、札幌市中央区、だてし、Sapporo。番地はいりません。"),
        required=False,
        max_length=search.LONGEST_TEXT,
        widget=forms.TextInput(attrs={"enterkeyhint": "next"}),
    )
    if_blank = _("郵便番号か市区町村を入力してください。答えずに進むこともできます。")
    place: Place | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer(self.data)

    def keep_as_typed(self, typed: QueryDict) -> None:
        if "chosen" in typed or "ward" in typed:
            self._offer(typed)
        super().keep_as_typed(typed)

    def _offer(self, data: Mapping[str, Any]) -> None:
        """Ask what ``typed`` leaves open: which place, and which ward of it."""
        typed = str(data.get("typed", "")).replace("\0", "")
        is_asked = bool(typed) and len(typed) <= search.LONGEST_TEXT and not no_home.is_meant(typed)
        self.candidates = places_meant(typed) if is_asked else []
        self.former = _former(typed, self.candidates) if is_asked else []
        self.begun = typed.strip() if _is_begun(typed, self.candidates) else ""
        offered = {place.code: (place, place.full_name) for place in self.candidates}
        for one in self.former:
            for place in one.places:
                words = str(_("{place}（前の{name}）")).format(place=place.full_name, name=one.name)
                offered.setdefault(place.code, (place, words))
        self.offered = {code: place for code, (place, _words) in offered.items()}
        if len(offered) > 1 or self.former or self.begun:
            self.fields["chosen"] = forms.ChoiceField(
                label=_("どちらですか"),
                choices=[(code, words) for code, (_place, words) in offered.items()],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": self._choose()},
            )
            self._offer_wards(typed, self.offered.get(str(data.get("chosen", ""))))
        else:
            self._offer_wards(typed, next(iter(self.offered.values()), None))

    def _offer_wards(self, typed: str, city: Place | None) -> None:
        """Ask for the ward of ``city`` where that decides who serves it; of a typed postcode those that it covers."""
        wards = gazetteer.wards_of(city) if city else []
        if not wards or not catchment.differs_within(wards):
            return
        if _is_postcode(typed):
            wards = [ward for ward in search.all_by_postcode(typed) if ward in wards] or wards
        self.city, self.wards = city, {ward.code: ward for ward in wards}
        self.fields["ward"] = forms.ChoiceField(
            label=_("お住まいの区は、どこですか"),
            choices=[*((ward.code, ward.name) for ward in wards), (WARD_UNKNOWN, _("わからない"))],
            required=False,
            widget=forms.RadioSelect,
        )

    def _choose(self) -> Any:
        if len(self.former) == 1 and len(self.offered) == 1:
            (place,) = self.offered.values()
            return format_lazy(str(_FORMER_IS), name=self.former[0].name, place=place.name)
        if len(self.former) == 1 and not self.candidates:
            return format_lazy(str(_FORMER), name=self.former[0].name)
        if self.begun and len(self.offered) == 1:
            return format_lazy(str(_BEGUN_IS), name=self.begun, place=self.candidates[0].full_name)
        return _CHOOSE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "typed" in self.errors:
            return cleaned
        typed = cleaned["typed"].strip()
        if not typed:
            self.add_error("typed", self.if_blank)
        elif not self.offered:
            self.add_error("typed", _not_found(typed))
        elif "chosen" not in self.errors:
            chosen = cleaned.get("chosen") if "chosen" in self.fields else next(iter(self.offered))
            place = self.offered.get(chosen or "")
            if place is None:
                self.add_error("chosen", self._choose())
            elif "ward" in self.fields and "ward" not in self.errors and not cleaned.get("ward"):
                self.add_error("ward", format_lazy(str(_WARD), city=place.name))
            elif "ward" not in self.errors:
                self.place = self.wards.get(cleaned["ward"], place) if "ward" in self.fields else place
        return cleaned


def _former(typed: str, candidates: list[Place]) -> list[former.Former]:
    """The names that are no more and may be meant by ``typed``, besides those of today's places that it may mean.

    石狩 is 石狩市, as was 石狩町: where the place of today is meant anyway nothing is asked.
    """
    if _is_postcode(typed):
        return []
    found = former.find(typed, by_name_alone=bool(candidates))
    key = japanese.search_key(typed)
    return [one for one in found if key.endswith(japanese.search_key(one.name)) or _adds(one, candidates)]


def _adds(one: former.Former, candidates: list[Place]) -> bool:
    return any(place not in candidates for place in one.places)


def places_meant(typed: str) -> list[Place]:
    """The places that ``typed`` may mean: one when it is clear, several to choose from, or none."""
    if _is_postcode(typed):
        place = search.by_postcode(typed)
        return [place] if place else search.all_by_postcode(typed)
    found = search.find(typed)
    key = japanese.search_key(typed)
    named = [place for place in found if any(key.endswith(name) for name in _spellings(place))]
    return named or found


def _is_begun(typed: str, candidates: list[Place]) -> bool:
    """Whether one place alone is found, by no more than the beginning of its name."""
    return len(candidates) == 1 and not _is_postcode(typed) and search.is_only_begun(typed, candidates[0])


def _spellings(place: Place) -> list[str]:
    return f"{place.search_name} {place.search_kana}".split()


def _is_postcode(typed: str) -> bool:
    return bool(_POSTCODE.fullmatch(japanese.squash(typed)))


def _not_found(typed: str) -> Any:
    if _is_postcode(typed):
        return _("この郵便番号は見つかりませんでした。7けたの数字をたしかめるか、市区町村の名前を入力してください。")
    if prefectures.is_prefecture(typed):
        return _(
            "都道府県や振興局だけでは、窓口が決まりません。「札幌市」「だてし」のように、市区町村の名前も入力してください。"
        )
    if no_home.is_said(typed):
        return _(
            "決まった住所がなくても、だいじょうぶです。いま寝とまりしているところか、よくいるところの市区町村を"
            "入力してください。"
        )
    return _("見つかりませんでした。「札幌市」「だてし」のように、市区町村の名前だけを入力してください。")
