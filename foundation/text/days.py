"""A day as people here write it: 2026-07-27, 2026/7/27, 2026年7月27日, 令和8年7月27日, R8.7.27, in any width.

A year of two figures is asked back: 8/7/27 is the 27th of July of 令和8 for one, the 7th of August 2027 for another.
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.text.eras import year_of_era
from foundation.text.japanese import squash

_DAY = re.compile(
    r"(?:(?P<year>\d{4})|(?P<era>令和|平成|昭和|[RHS])(?P<of_era>元|\d{1,2}))"
    r"[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?",
    re.IGNORECASE,
)
_TIME_OF_MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")
_EARLIEST = 1900


def read(text: str) -> date:
    """The day that was written. Raises ValueError, which names what was written and an example."""
    plain = re.sub(r"\s+", " ", squash(text))  # or each of many spaces is tried as the first
    word = re.sub(r" ?([-/.年月日]) ?", r"\1", _TIME_OF_MIDNIGHT.sub("", plain))
    written = _DAY.fullmatch(word)
    try:
        if not written:
            raise ValueError(word)
        year = year_of_era(written["era"].upper(), written["of_era"]) if written["era"] else int(written["year"])
        day = date(year, int(written["month"]), int(written["day"]))
    except ValueError:
        day = date.min
    if day.year < _EARLIEST:
        raise ValueError(
            format_lazy(_("「{text}」は日付として読めません。2026-07-27 のように書いてください。"), text=text[:40])
        )
    return day


def why_not_checked_on(day: date | None) -> str:
    """Why nobody can have checked anything on ``day`` yet; "" where they can."""
    return gettext("まだ来ていない日です。実際に確かめた日を入れてください。") if day and day > clock.today() else ""


def why_not_from_until(first: date | None, last: date | None) -> str:
    """Why nothing is open between the two; "" where it can be."""
    if first and last and last < first:
        return gettext("終わりの日が、始まりの日より前です。どちらかを直してください。")
    return ""
