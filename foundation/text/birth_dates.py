"""The year somebody was born in, however they write it; of a whole date in whatever order, the year alone."""

from __future__ import annotations

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.text.eras import year_of_era
from foundation.text.japanese import squash
from foundation.text.numerals import numerals

OLDEST_BIRTH_YEAR = 1900
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR_LAST = re.compile(
    rf"(?:born (?:in |on )?)?(?:(?:{_DAY}\s+)?{_MONTH}\.?(?:\s+{_DAY})?[,\s]+|\d{{1,2}}[-/.]\d{{1,2}}[-/.])(\d{{4}})",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(\d{4})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BOTH = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")
_BIRTH_YEAR = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[令平昭大明RHSTM])?\.?(?P<year>元|\d{1,4})(?:年|$|(?=[-/.]))"
    r"(?:[-/.]?\d{1,2}(?:月|[-/.])\d{1,2}日?|[-/.]?\d{1,2}月|[-/.]\d{1,2})?(?:生まれ|生れ|うまれ|生)?"
)


def birth_year(text: str) -> int:
    """The Christian year, from 昭和55年, 昭和五十五年, S55, 1980, 平成元年 or a whole date. Raises ValueError.

    It is a grown-up's: this year's is asked back.
    """
    said = {_year(numerals(way)) for way in ways(squash(text))}
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
    written = _BIRTH_YEAR.fullmatch(re.sub(r"\s+", "", text).upper())
    if not written or (written["era"] is None and not re.fullmatch(r"\d{4}", written["year"])):
        raise ValueError(_("生まれた年は、「昭和55年」や「1980」のように書いてください。"))
    return year_of_era(written["era"], written["year"])


def ways(text: str) -> list[str]:
    """The year as it is written, without the rest of a date; both where it is written twice: 1980年(昭和55年)."""
    both = _BOTH.fullmatch(text)
    said = [both[1] + both[3], both[2]] if both else [text]
    return [_year_alone(one.strip()) for one in said]


def _year_alone(text: str) -> str:
    found = _YEAR_LAST.fullmatch(text) or _FIGURES.fullmatch(text)
    return found[1] if found else text
