"""Periods are read as people write them; years and quarters begin in April."""

from datetime import date

import pytest

from foundation.errors import DomainError
from reports import periods
from reports.periods import Period


@pytest.mark.parametrize("text", ["2021-12-01", "2021/12/1", "２０２１－１２－０１", "2021年12月1日", " 2021.12.1 "])
def test_a_date_is_understood_however_it_is_written(text):
    assert periods.read_day(text) == date(2021, 12, 1)


@pytest.mark.parametrize("text", ["", "yesterday", "2021-02-30", "2021-13-01", "12/1", "0000-01-01"])
def test_what_is_no_date_is_named(text):
    with pytest.raises(DomainError, match="2026-07-27 のように"):
        periods.read_day(text)


def test_the_wrong_way_round_says_what_to_do():
    with pytest.raises(DomainError, match="入れかえて"):
        periods.read("2022-06-30", "2021-12-01")


def test_one_day_is_a_period():
    assert periods.read("2022-01-01", "2022-01-01").start == date(2022, 1, 1)


def test_fiscal_years_and_quarters_begin_in_april():
    assert periods.fiscal_year(2021) == Period(date(2021, 4, 1), date(2022, 3, 31))
    assert periods.quarter(2021, 1) == Period(date(2021, 4, 1), date(2021, 6, 30))
    assert periods.quarter(2021, 4) == Period(date(2022, 1, 1), date(2022, 3, 31))


def test_the_last_months_end_with_the_month_that_has_data():
    assert periods.last_months(date(2022, 6, 30)) == Period(date(2021, 12, 1), date(2022, 6, 30))
    assert periods.last_months(date(2022, 1, 5)) == Period(date(2021, 7, 1), date(2022, 1, 31))


def test_without_data_the_current_fiscal_year_is_offered():
    assert len(periods.choices([])) == 1


def test_offered_are_the_latest_months_then_years_and_quarters_with_data_each_once():
    winter = [Period(date(2021, 12, 1), date(2021, 12, 28)), Period(date(2022, 3, 28), date(2022, 3, 28))]
    offered = periods.choices([*winter, Period(date(2022, 6, 1), date(2022, 6, 30))])
    assert offered[0].period == Period(date(2021, 12, 1), date(2022, 6, 30))
    assert [str(choice.label) for choice in offered[1:]] == [
        "2022年度（令和4年度）", "2021年度（令和3年度）",
        "2022年度 第1四半期（4〜6月）", "2021年度 第4四半期（1〜3月）", "2021年度 第3四半期（10〜12月）",
    ]  # fmt: skip
    assert len({choice.period for choice in offered}) == len(offered)


def test_years_and_quarters_without_data_are_not_offered():
    old, new = Period(date(2021, 12, 1), date(2021, 12, 9)), Period(date(2026, 11, 22), date(2026, 11, 22))
    assert [str(choice.label) for choice in periods.choices([old, new])] == [
        "最近の7か月", "全期間", "2026年度（令和8年度）", "2021年度（令和3年度）",
        "2026年度 第3四半期（10〜12月）", "2021年度 第3四半期（10〜12月）",
    ]  # fmt: skip
