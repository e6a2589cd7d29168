"""Dates and years by era."""

from datetime import date

import pytest

from foundation.text import eras


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2022, 6, 3), "令和4年6月3日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1600, 1, 1), "1600年1月1日"),
    ],
)
def test_a_date_by_era_changes_on_the_very_day(day, shown):
    assert eras.wareki_date(day) == shown
