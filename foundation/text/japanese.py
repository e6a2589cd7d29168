"""Japanese as people type it, made into one spelling, or refused with a word on how to write it."""

from __future__ import annotations

import re

import jaconv
from django.utils.translation import gettext_lazy as _

from foundation.text import rare_kana
from foundation.text.kanji_variants import EVERYDAY_FORM
from foundation.text.unicode_form import normal

# Separate voicing marks, which NFKC would turn into a space and a mark, become combining ones.
_VOICING = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
# What comes along from address books and PDFs and is drawn nowhere (Unicode: Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Whatever people use for a hyphen, the long-vowel mark included.
HYPHENS = re.compile(r"[-‐‑‒–—―−ー－ｰ]")
_KANA = re.compile(r"[ぁ-ゖゝゞー・ ]+")
_EQUALS = re.compile(r" ?[=゠] ?")
_SPACES = re.compile(r"\s+")
_SEARCH_DROPS = re.compile(r"[\s・]+")
# Spellings of one place name: 龍ケ崎・龍ヶ崎・竜が崎, 四ツ谷・四っ谷, 飯舘・飯館, small and large kana at large. Some
# kanji stand for one another in names of places alone: 塩竈・塩釜.
_IN_PLACES = str.maketrans("竈", "釜")
_SEARCH_FOLDS = EVERYDAY_FORM | _IN_PLACES | str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖけ", "あいうえおつやゆよわかがが")


def squash(text: str) -> str:
    """One width and form for every character (NFKC), without what nobody sees, no space around."""
    return normal("NFKC", _INVISIBLE.sub("", text).translate(_VOICING)).strip()


def kana(text: str) -> str:
    """A reading in hiragana, from hiragana or katakana of either width. Raises ValueError otherwise.

    Between the parts of a name = means ・ (マリア＝テレサ).
    """
    reading = jaconv.kata2hira(rare_kana.spelt_in_hiragana(_SPACES.sub(" ", squash(text))))
    reading = _EQUALS.sub("・", reading)
    reading = re.sub(rf"(?<=[ぁ-ゖー]){HYPHENS.pattern}", "ー", reading)
    if not _KANA.fullmatch(reading) or not re.search("[ぁ-ゖ]", reading):
        raise ValueError(_("ふりがなは、ひらがなかカタカナで書いてください。例：さとう はなこ"))
    return reading


def search_key(text: str) -> str:
    """The form in which names are stored for searching and looked for: width, case and kind of kana alike."""
    joined = _SEARCH_DROPS.sub("", squash(squash(text).casefold()))
    return jaconv.kata2hira(normal("NFKC", joined)).translate(_SEARCH_FOLDS)
