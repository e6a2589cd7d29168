"""A birth year, in whatever way it is written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.text import birth_dates, eras
from tests.foundation.text.refusal import refusal


@pytest.fixture(autouse=True)
def in_2022():
    with clock.at(datetime(2022, 6, 3, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("1980", 1980),
        ("昭和五十五年", 1980),
        ("昭和五五年", 1980),
        ("一九八〇", 1980),
        ("平成十年三月三日", 1998),
        ("１９８０", 1980),
        ("1980年", 1980),
        ("昭和55年", 1980),
        ("昭和５５年", 1980),
        ("昭和55", 1980),
        ("昭和 55 年", 1980),
        ("S55", 1980),
        ("s55", 1980),
        ("Ｓ５５", 1980),
        ("昭55", 1980),
        ("㍼55年", 1980),
        ("平成元年", 1989),
        ("平成1年", 1989),
        ("H1", 1989),
        ("令和2", 2020),
        ("R2", 2020),
        ("大正15年", 1926),
        ("T15", 1926),
        ("明治45年", 1912),
        ("昭和64年", 1989),
        ("平成31年", 2019),
        ("昭和55年生まれ", 1980),
        ("昭和55年4月1日", 1980),
        ("S55.4.1", 1980),
        ("1980/04/01", 1980),
        ("1980-4-1", 1980),
        ("1900", 1900),
        ("1980年（昭和55年）", 1980),
        ("昭和55年（1980年）5月3日", 1980),
        ("19800503", 1980),
        ("S.55", 1980),
        ("Ｓ．５５．５．３", 1980),
        ("昭55.5", 1980),
        ("1980年5月", 1980),
        ("May 1980", 1980),
        ("3 May 1980", 1980),
        ("Sept. 3rd, 1980", 1980),
        ("born in May 1980", 1980),
        ("03/05/1980", 1980),
    ],
)
def test_a_birth_year_is_understood_by_era_or_number(written, year):
    assert birth_dates.birth_year(written) == year


@pytest.mark.parametrize(
    "written",
    [
        "",
        "昭和",
        "年",
        "55",
        "五十五",
        "昭和70年",
        "平成32年",
        "大正16年",
        "昭和0年",
        "令和9年",
        "2023",
        "2022",
        "令和4年",
        "20220603",
        "1980年（昭和54年）",
        "1980（さる年）",
        "19801301",
        "Max 1980",
        "1899",
        "明治5年",
        "80",
        "198",
        "19800",
        "昭和55年ごろ",
        "むかし",
        "R",
        "元年",
        "-5",
    ],
)
def test_an_impossible_birth_year_is_refused_with_an_example(written):
    assert "「昭和55年」や「1980」" in refusal(birth_dates.birth_year, written)


def test_a_year_beyond_its_era_says_how_long_the_era_was():
    assert "昭和は64年まで" in refusal(birth_dates.birth_year, "昭和70年")


def test_todays_year_is_no_grown_ups_and_two_that_differ_are_asked_about():
    assert "今年の年" in refusal(birth_dates.birth_year, "2022年6月3日")
    assert "合いません" in refusal(birth_dates.birth_year, "1980年（昭和54年）")


@given(st.integers(1900, 2021))
def test_every_year_by_era_is_read_back_as_itself(year):
    with clock.at(datetime(2022, 6, 3, tzinfo=UTC)):
        assert birth_dates.birth_year(eras.wareki(year)) == year


@given(st.text(alphabet="昭和平成令和大正元年月日SHTR0123456789 -/.", max_size=12))
def test_no_text_breaks_the_reading_of_a_birth_year(text):
    with clock.at(datetime(2022, 6, 3, tzinfo=UTC)):
        told = refusal(birth_dates.birth_year, text)
        assert "「昭和55年」や「1980」" in told if told else 1900 <= birth_dates.birth_year(text) < 2022
