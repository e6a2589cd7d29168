"""Putting words together as the reader's language does: lists, quotations, asides, years with eras, moments."""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils import formats
from django.utils.translation import get_language, gettext

from foundation import clock
from foundation.text.eras import wareki


def listed(words: Iterable[object]) -> str:
    """Words one after the other: 電気、ガス. Where one holds a comma, as in English, they stand further apart."""
    each, comma = [str(word) for word in words], gettext("、")
    return (gettext("／") if any(comma in word for word in each) else comma).join(each)


def quoted(words: Iterable[object]) -> str:
    """Words in quotation marks: 「名前」「電話」."""
    return gettext("「{words}」").format(words=gettext("」「").join(str(word) for word in words))


def side_by_side(parts: Iterable[object]) -> str:
    """The parts that say something, apart from each other: 収入がへった／半年以内."""
    return gettext("／").join(str(part) for part in parts if part)


def with_aside(text: object, aside: object) -> str:
    """``text`` with what explains it, if anything does: ある（消費者金融）."""
    return gettext("{text}（{aside}）").format(text=text, aside=aside) if aside else str(text)


def year_with_era(year: int) -> str:
    """1980年（昭和55年）."""
    return gettext("{year}年（{era}）").format(year=year, era=wareki(year))


def in_japanese() -> bool:
    """Whether the reader reads Japanese."""
    return (get_language() or "ja").startswith("ja")


def moment(at: datetime) -> str:
    """A moment on Tokyo's clock: 2022年6月3日 14:05; one that stands for the day is told as such.

    That is ``clock.day_alone``; rows written before it have the first moment of the day.
    """
    local = at.astimezone(clock.TOKYO)
    day = formats.date_format(local.date(), "DATE_FORMAT")
    if in_japanese():
        day = f"{local.year}年{local.month}月{local.day}日"
    return day if local.time() in (time.min, time.max) else f"{day} {local:%H:%M}"
