"""Filters for what every page shows the same way: telephone numbers, dates, times, shares."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import quote

from django import template
from django.utils import formats

from foundation import clock
from foundation.text import eras, japanese, telephone, wording

register = template.Library()


@register.filter
def show_phone(number: str | None) -> str:
    """A number as people write it: 090-1234-5678."""
    return telephone.show_phone(number) if number else ""


@register.filter
def tel(number: str | None) -> str:
    """What stands after ``tel:`` in a link: digits as dialled in Japan, short numbers like #7119 included.

    "" for what is no number alone, so that no link dials a part of it.
    """
    shown = japanese.squash(show_phone(number))
    return quote(re.sub(r"[-\s()]", "", shown), safe="+*") if re.fullmatch(r"[-\s()0-9+#*]+", shown) else ""


@register.filter
def wareki_date(moment: date | datetime | None) -> str:
    """A date by era, 令和4年6月3日; in another language that language's date. Moments count in Tokyo."""
    if moment is None:
        return ""
    day = clock.tokyo_date(moment) if isinstance(moment, datetime) else moment
    return eras.wareki_date(day) if wording.in_japanese() else formats.date_format(day, "DATE_FORMAT")


@register.filter
def tokyo_time(moment: datetime | None) -> str:
    """A moment on Tokyo's clock: 2022年6月3日 14:05."""
    return wording.moment(moment) if moment else ""


@register.filter
def percent(share: float | None, places: int = 1) -> str:
    """A fraction as per cent: 0.671 is 67.1%; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.{places}f}%"
