"""Years by era (和暦) and Christian years, from one to the other."""

from __future__ import annotations

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from foundation import clock

# Era: its letters, its first year, its last year as people count it, its first day.
_ERAS: tuple[tuple[str, str, int, int | None, date], ...] = (
    (gettext_noop("令和"), "R", 2019, None, date(2019, 5, 1)),
    (gettext_noop("平成"), "H", 1989, 31, date(1989, 1, 8)),
    (gettext_noop("昭和"), "S", 1926, 64, date(1926, 12, 25)),
    (gettext_noop("大正"), "T", 1912, 15, date(1912, 7, 30)),
    (gettext_noop("明治"), "M", 1868, 45, date(1868, 1, 25)),
)
_ERA_OF = {key: era for era in _ERAS for key in (era[0], era[0][0], era[1])}


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


def year_of_era(era: str | None, year: str) -> int:
    """The Christian year of a year (元 is the first) of an era, named whole, by a letter, or not. Raises ValueError."""
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
