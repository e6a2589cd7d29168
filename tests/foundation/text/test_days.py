"""A day is read however people here write it, and asked back where it could be two."""

from datetime import date

import pytest

from foundation import clock
from foundation.text import days

THAT_DAY = date(2026, 7, 27)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-27",
        "2026/7/27",
        "2026.7.27",
        "２０２６年７月２７日",
        " 2026年 7月 27日 ",
        "2026-07-27 00:00:00",
        "2026/7/27 0:00",
        "令和8年7月27日",
        "令和８.７.２７",
        "R8.7.27",
        "r8/7/27",
    ],
)
def test_a_day_is_read(text):
    assert days.read(text) == THAT_DAY


def test_the_first_year_of_an_era_is_read():
    assert days.read("令和元年5月1日") == days.read("平成31年5月1日") == date(2019, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8/7/27",
        "07/08/09",
        "0026-07-27",
        "1026-07-27",
        "2026-02-30",
        "2026-13-01",
        "7/27",
        "平成99年1月1日",
        "昨日",
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_back(text):
    with pytest.raises(ValueError, match="日付として"):
        days.read(text)


def test_nobody_has_checked_anything_on_a_day_to_come():
    today = clock.today()
    assert days.why_not_checked_on(None) == days.why_not_checked_on(today) == ""
    assert "まだ来ていない" in days.why_not_checked_on(today.replace(year=today.year + 1))


def test_nothing_ends_before_it_begins():
    first, last = date(2026, 8, 1), date(2026, 12, 1)
    assert days.why_not_from_until(first, last) == days.why_not_from_until(first, first) == ""
    assert days.why_not_from_until(None, last) == days.why_not_from_until(first, None) == ""
    assert "前です" in days.why_not_from_until(last, first)


def test_endless_spaces_are_no_work():
    """Twenty thousand took seven seconds."""
    with pytest.raises(ValueError, match="日付として読めません"):
        days.read("2026" + " " * 100_000 + "x")
    assert days.read("2026 年" + " " * 1_000 + "7月27日") == date(2026, 7, 27)
