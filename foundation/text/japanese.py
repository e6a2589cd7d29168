"""Japanese as people type it, made into one spelling, or refused with a word on how to write it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import jaconv
import phonenumbers
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.text import birth_dates, rare_kana, telephone
from foundation.text.kanji_variants import EVERYDAY_FORM

OLDEST_BIRTH_YEAR = 1900

# Separate voicing marks, which NFKC would turn into a space and a mark, become combining ones.
_VOICING = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
# What comes along from address books and PDFs and is drawn nowhere (Unicode: Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Whatever people use for a hyphen, the long-vowel mark included.
_HYPHENS = re.compile(r"[-‐‑‒–—―−ー－ｰ]")
_KANA = re.compile(r"[ぁ-ゖゝゞー・ ]+")
_EQUALS = re.compile(r" ?[=゠] ?")
_SPACES = re.compile(r"\s+")
_DIGITS = {kanji: number for number, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(f"[{''.join([*_DIGITS, *_TENS])}]+")
_SEARCH_DROPS = re.compile(r"[\s・]+")
# Spellings of one place name: 龍ケ崎・龍ヶ崎・竜が崎, 四ツ谷・四っ谷, 飯舘・飯館, small and large kana at large. Some
# kanji stand for one another in names of places alone: 塩竈・塩釜.
_IN_PLACES = str.maketrans("竈", "釜")
_SEARCH_FOLDS = EVERYDAY_FORM | _IN_PLACES | str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖけ", "あいうえおつやゆよわかがが")

# Era: its letters, its first year, its last year as people count it, its first day.
_ERAS: tuple[tuple[str, str, int, int | None, date], ...] = (
    (gettext_noop("令和"), "R", 2019, None, date(2019, 5, 1)),
    (gettext_noop("平成"), "H", 1989, 31, date(1989, 1, 8)),
    (gettext_noop("昭和"), "S", 1926, 64, date(1926, 12, 25)),
    (gettext_noop("大正"), "T", 1912, 15, date(1912, 7, 30)),
    (gettext_noop("明治"), "M", 1868, 45, date(1868, 1, 25)),
)
_ERA_OF = {key: era for era in _ERAS for key in (era[0], era[0][0], era[1])}
_BIRTH_YEAR = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTM])?\.?(?P<year>元|\d{1,4})(?:年|$|(?=[-/.]))"
    r"(?:[-/.]?\d{1,2}(?:月|[-/.])\d{1,2}日?|[-/.]?\d{1,2}月|[-/.]\d{1,2})?(?:生まれ|生れ|うまれ|生)?"
)


def squash(text: str) -> str:
    """One width and form for every character (NFKC), without what nobody sees, no space around."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_VOICING)).strip()


def kana(text: str) -> str:
    """A reading in hiragana, from hiragana or katakana of either width. Raises ValueError otherwise.

    Between the parts of a name = means ・ (マリア＝テレサ).
    """
    reading = jaconv.kata2hira(rare_kana.spelt_in_hiragana(_SPACES.sub(" ", squash(text))))
    reading = _EQUALS.sub("・", reading)
    reading = re.sub(rf"(?<=[ぁ-ゖー]){_HYPHENS.pattern}", "ー", reading)
    if not _KANA.fullmatch(reading) or not re.search("[ぁ-ゖ]", reading):
        raise ValueError(_("ふりがなは、ひらがなかカタカナで書いてください。例：さとう はなこ"))
    return reading


def search_key(text: str) -> str:
    """The form in which names are stored for searching and looked for: width, case and kind of kana alike."""
    joined = _SEARCH_DROPS.sub("", squash(squash(text).casefold()))
    return jaconv.kata2hira(unicodedata.normalize("NFKC", joined)).translate(_SEARCH_FOLDS)


def postcode(text: str) -> str:
    """Seven digits, from any way of writing a postcode. Raises ValueError."""
    digits = _SPACES.sub("", _HYPHENS.sub("", squash(text).removeprefix("〒")))
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise ValueError(_("郵便番号は、数字7けたで書いてください。例：064-0941"))
    return digits


def numerals(text: str) -> str:
    """The text with its kanji numerals in figures: 五十五 as 55, 一九八〇 as 1980, 十 as 10."""
    return _NUMERAL.sub(lambda found: _figures(found[0]), text)


def is_rough(text: str) -> bool:
    """Whether ``text`` counts as people speak, two or three: 二三人, which is not 23."""
    return bool(re.search("[一二三四五六七八九]{2}", text))


def _figures(numeral: str) -> str:
    if not any(letter in _TENS for letter in numeral):
        return "".join(str(_DIGITS[letter]) for letter in numeral)
    whole, before = 0, ""
    for letter in numeral:
        if letter in _DIGITS:
            before += str(_DIGITS[letter])
        else:
            whole, before = whole + int(before or 1) * _TENS[letter], ""
    return str(whole + int(before or 0))


def birth_year(text: str) -> int:
    """The Christian year, from 昭和55年, 昭和五十五年, S55, 1980, 平成元年 or a whole date. Raises ValueError.

    It is a grown-up's: this year's is asked back.
    """
    said = {_year(numerals(way)) for way in birth_dates.ways(squash(text))}
    if len(said) > 1:
        raise ValueError(_("年が2つ書いてあり、合いません。「昭和55年」や「1980」のように、1つだけ書いてください。"))
    year = said.pop()
    if year == clock.today().year:
        raise ValueError(
            _("今年の年が書いてあります。今日の日付でなく、生まれた年を「昭和55年」や「1980」のように書いてください。")
        )
    if not OLDEST_BIRTH_YEAR <= year <= clock.today().year:
        raise ValueError(
            format_lazy(
                _(
                    "生まれた年を確かめてください。{oldest}年から今年までの年を、「昭和55年」や「1980」のように書いてください。"
                ),
                oldest=OLDEST_BIRTH_YEAR,
            )
        )
    return year


def _year(text: str) -> int:
    written = _BIRTH_YEAR.fullmatch(_SPACES.sub("", text).upper())
    if not written or (written["era"] is None and not re.fullmatch(r"\d{4}", written["year"])):
        raise ValueError(_("生まれた年は、「昭和55年」や「1980」のように書いてください。"))
    return _christian_year(written["era"], written["year"])


def wareki(year: int) -> str:
    """A year by era, the newer one in a year of change: 1980 is 昭和55年 (in English Showa 55), 1989 is 平成元年."""
    for name, _letter, first, _last, _from in _ERAS:
        if year >= first:
            number = year - first + 1
            return gettext("{era}{year}年").format(era=gettext(name), year=gettext("元") if number == 1 else number)
    return f"{year}年"


def wareki_date(day: date) -> str:
    """A date by era, changing on the very day: 令和元年5月1日 follows 平成31年4月30日."""
    for name, _letter, first, _last, began in _ERAS:
        if day >= began:
            return f"{name}{_year_of_era(day.year - first + 1)}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def own_phone(text: str) -> str:
    """The number of a human being, as ``phone``: none of an office's, which nobody is called back at."""
    number = phone(text)
    if cause := telephone.why_not_own(show_phone(number)):
        raise ValueError(cause)
    return number


def phone(text: str) -> str:
    """A Japanese telephone number as +81…, from any way of writing it. Raises ValueError."""
    plain = _HYPHENS.sub("-", squash(text))
    if re.fullmatch(r"[0-9+\-()\s.]+", plain):
        try:
            number = phonenumbers.parse(plain, "JP")
        except phonenumbers.NumberParseException:
            number = None
        if number and number.country_code == 81 and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise ValueError(telephone.why_not(plain))


def dialled(text: str) -> str:
    """What somebody types to look for a number, as +81…, whether it is given out or not; "" where it is no number."""
    plain = _HYPHENS.sub("-", squash(text))
    if not re.fullmatch(r"[0-9+\-()\s.]+", plain):
        return ""
    try:
        return phonenumbers.format_number(phonenumbers.parse(plain, "JP"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return ""


def show_phone(e164: str) -> str:
    """A stored number as people here write it: 090-1234-5678; anything else (188, #7119) as it stands."""
    try:
        number = phonenumbers.parse(str(e164))  # an erased one is no number, and is shown as what it is
    except phonenumbers.NumberParseException:
        return str(e164)
    here = phonenumbers.PhoneNumberFormat.NATIONAL
    abroad = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, here if number.country_code == 81 else abroad)


def year_of_era(era: str, year: str) -> int:
    """The Christian year of a year (元 is the first) of an era named whole or by a letter. Raises ValueError."""
    return _christian_year(era, year)


def _christian_year(era: str | None, year: str) -> int:
    number = 1 if year == "元" else int(year)
    if era is None:
        return number
    name, _letter, first, last, _from = _ERA_OF[era]
    if number < 1 or (last is not None and number > last):
        raise ValueError(
            format_lazy(
                _("{era}は{last}年までです。「昭和55年」や「1980」のように、もう一度書いてください。"),
                era=_(name),
                last=last or _year_of_era(clock.today().year - first + 1),
            )
        )
    return first + number - 1


def _year_of_era(number: int) -> str:
    return "元" if number == 1 else str(number)
