from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation import clock

NOON = datetime(2022, 6, 3, 12, tzinfo=UTC)


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_the_clock_stands_still_inside_and_goes_on_afterwards():
    with clock.at(NOON):
        assert clock.now() == NOON
        with clock.at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() > NOON


def test_an_error_inside_sets_the_clock_going_again():
    with pytest.raises(ZeroDivisionError), clock.at(NOON):
        1 / 0  # noqa: B018
    assert clock.now() > NOON


def test_the_day_begins_at_midnight_in_tokyo():
    with clock.at(datetime(2022, 3, 31, 14, 59, tzinfo=UTC)):
        assert clock.today() == date(2022, 3, 31)
    with clock.at(datetime(2022, 3, 31, 15, 0, tzinfo=UTC)):
        assert clock.today() == date(2022, 4, 1)


def test_a_moment_without_zone_is_refused():
    naive = datetime(2022, 6, 3)
    with pytest.raises(ValueError, match="time zone"), clock.at(naive):
        pass
    with pytest.raises(ValueError, match="time zone"):
        clock.tokyo_date(naive)


def test_another_zone_is_turned_into_utc():
    with clock.at(datetime(2022, 6, 3, 21, tzinfo=ZoneInfo("Asia/Tokyo"))):
        assert clock.now() == NOON
        assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2022, 3, 31), 2021),
        (date(2022, 4, 1), 2022),
        (date(2022, 12, 31), 2022),
        (date(2023, 1, 1), 2022),
    ],
)
def test_the_fiscal_year_begins_in_april(day, year):
    assert clock.fiscal_year(day) == year
