"""When things happen in the demonstration: applications at any time, office work in office hours in Tokyo."""

from datetime import date, datetime, time, timedelta
from random import Random

from foundation.clock import TOKYO, tokyo_date

FIRST_DAY, LAST_DAY = date(2021, 12, 1), date(2022, 6, 30)
CALLS = 20  # so many apply by telephone
A_MONTH = {(2021, 12): 14, (2022, 1): 18, (2022, 2): 20, (2022, 3): 24, (2022, 4): 26, (2022, 5): 28, (2022, 6): 34}
OPENS, CLOSES = time(9, 30), time(17, 0)
# National holidays within the story, and the days around New Year.
CLOSED = {
    date(2021, 12, 29), date(2021, 12, 30), date(2021, 12, 31), date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 3),
    date(2022, 1, 10), date(2022, 2, 11), date(2022, 2, 23), date(2022, 3, 21), date(2022, 4, 29), date(2022, 5, 3),
    date(2022, 5, 4), date(2022, 5, 5), date(2022, 7, 18),
}  # fmt: skip


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED


def arrivals(chance: Random) -> list[tuple[datetime, bool]]:
    """When the applications come in, and whether by telephone: in order, from the first day to the last."""
    days = [date(*month, chance.randint(1, 28)) for month, number in A_MONTH.items() for _ in range(number)]
    days[0], days[-1] = FIRST_DAY, LAST_DAY
    calling = set(chance.sample(range(len(days)), CALLS))
    return sorted(
        (_in_office(chance, day), True) if place in calling else (_any_time(chance, day), False)
        for place, day in enumerate(days)
    )


def later(chance: Random, moment: datetime, fewest: int, most: int) -> datetime:
    """A moment in office hours, ``fewest`` to ``most`` days after ``moment``, and after it."""
    day = tokyo_date(moment) + timedelta(days=chance.randint(fewest, most))
    found = _in_office(chance, day)
    return found if found > moment else _in_office(chance, day + timedelta(days=1))


def morning_after(day: date) -> datetime:
    """When the daily jobs run, the day after ``day``."""
    return datetime.combine(day + timedelta(days=1), time(6, 0), TOKYO)


def _in_office(chance: Random, day: date) -> datetime:
    while not is_open(day):
        day += timedelta(days=1)
    open_for = (CLOSES.hour - OPENS.hour) * 60 + CLOSES.minute - OPENS.minute
    return datetime.combine(day, OPENS, TOKYO) + timedelta(minutes=chance.randrange(open_for))


def _any_time(chance: Random, day: date) -> datetime:
    return datetime.combine(day, time(chance.randint(6, 23), chance.randint(0, 59)), TOKYO)
