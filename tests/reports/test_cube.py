"""What the cube counts equals what one would count by hand, whatever was answered."""

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation import clock
from reports import cube, work
from reports.periods import Period
from tests.factories.applications import centre_in
from tests.factories.cases import consent, fresh, referral, town
from tests.reports.applications import CHOICES, COLUMNS, a_desk, receive

WHOLE = Period(date(2021, 12, 1), date(2022, 6, 30))


def by_hand(answers: list[dict]) -> dict[str, tuple[int, int, dict[str, int]]]:
    """The same counts without the definitions under test: base, unknown and cells of each indicator."""
    count = {key: [0, 0, {}] for key in (
        "household_type", "income_loss", "debt", "debt_kind", "first_time", "no_one_to_consult", "no_body",
        "consent_to_hand_off", "isolated",
    )}  # fmt: skip
    for kind in COLUMNS["household_type"][1:]:
        count["household_type"][2][kind] = 0
    for kind in CHOICES["debt_kind"]:
        count["debt_kind"][2][kind] = 0
    for key in ("income_loss", "debt", "first_time", "no_one_to_consult", "no_body"):
        count[key][2] = {"yes": 0, "no": 0, "prefer_not_to_say": 0}
    for key in ("consent_to_hand_off", "isolated"):
        count[key][2] = {"yes": 0, "no": 0}

    def note(key: str, value: str) -> None:
        count[key][0] += 1
        if value in ("", "prefer_not_to_say"):
            count[key][1] += 1
        if value:
            count[key][2][value] += 1

    for answer in answers:
        note("household_type", answer["household_type"])
        income = answer["income"]
        loss = "yes" if income in ("fell", "lost_job", "none") else "no" if income == "unchanged" else income
        note("income_loss", loss)
        note("debt", answer["in_debt"])
        first = answer["first_time"]
        note("first_time", first)
        alone = {"yes": "no", "no": "yes"}.get(answer["someone_to_consult"], answer["someone_to_consult"])
        note("no_one_to_consult", alone)
        wish = {"": "", "call_me": "yes"}.get(answer["hand_off_wish"], "no")
        note("consent_to_hand_off", wish)
        bodies = set(answer["body"])
        if bodies - {"none", "prefer_not_to_say"}:
            outside = "no"
        elif "prefer_not_to_say" in bodies:
            outside = "prefer_not_to_say"
        else:
            outside = "yes" if bodies else ""
        note("no_body", outside)
        parts = {first, alone, outside}
        note("isolated", "no" if "no" in parts else "yes" if parts == {"yes"} else "")
        if answer["in_debt"] == "yes":
            kinds = set(answer["debt_kind"])
            known = kinds - {"prefer_not_to_say"}
            count["debt_kind"][0] += 1
            count["debt_kind"][1] += not known
            for kind in known or kinds:
                count["debt_kind"][2][kind] += 1
    return {key: tuple(counts) for key, counts in count.items()}


def counted(**options) -> dict[str, tuple[int, int, dict[str, int]]]:
    found = cube.count(WHOLE, **options).indicators
    return {key: (counts.base, counts.unknown, counts.cells) for key, counts in found.items()}


an_application = st.fixed_dictionaries(
    {name: st.sampled_from(values) for name, values in COLUMNS.items()}
    | {name: st.lists(st.sampled_from(values), unique=True, max_size=3) for name, values in CHOICES.items()}
)


class TestAnyAnswers(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(an_application, max_size=6))
    def test_the_cube_counts_what_one_counts_by_hand(self, answers):
        receive(answers, desk=a_desk())
        assert counted() == by_hand(answers)


@pytest.fixture
def many(db) -> list[dict]:
    chance = random.Random(7)
    answers = [
        {name: chance.choice(values) for name, values in COLUMNS.items()}
        | {name: chance.sample(values, chance.randint(0, 3)) for name, values in CHOICES.items()}
        for _ in range(500)
    ]
    receive(answers, desk=a_desk())
    return answers


def test_five_hundred_applications_are_counted_as_by_hand(many):
    assert counted() == by_hand(many)


def test_the_number_of_queries_does_not_grow_with_the_applications(many, django_assert_num_queries):
    with django_assert_num_queries(4):
        counted()
    with django_assert_num_queries(4):
        cube.count(Period(date(1999, 1, 1), date(1999, 12, 31)))


def test_a_period_holds_its_first_and_its_last_day_and_no_other(db):
    days = [date(2021, 11, 30), date(2021, 12, 1), date(2022, 6, 30), date(2022, 7, 1)]
    receive([{"received_on": day} for day in days], desk=a_desk())
    assert cube.count(WHOLE).applications == 2
    assert cube.count(Period(date(2021, 12, 1), date(2021, 12, 1))).applications == 1


@pytest.mark.parametrize(
    ("start", "end", "received"), [(15, 16, 2), (15, 15, 1), (14, 16, 3), (16, 18, 2), (18, 20, 0)]
)
def test_where_the_work_stands_is_told_of_the_same_days(db, start, end, received):
    """Cases and referrals by the day of the application in Tokyo, however late they moved on."""
    place = town()
    for day in (14, 15, 16, 17):
        with clock.at(datetime(2022, 1, day, 14, 59, tzinfo=UTC)):  # a minute before the next day in Tokyo
            referral(place)
    stands = work.work(Period(date(2022, 1, start), date(2022, 1, end)))
    assert sum(state.number for state in stands.cases) == received
    assert sum(state.number for state in stands.referrals) == received


def test_what_came_of_a_hand_off_is_counted_only_where_its_own_centre_may_tell(db):
    place = town()
    sent = referral(place, status="accepted", hear_result=False)
    consent(fresh(sent.case), centre_in(name="もうひとつの窓口"), by=place.caseworker)
    day = sent.case.received_on
    stands = {state.code: state.number for state in work.work(Period(day, day)).referrals if state.number}
    assert stands == {work.ANSWERED[0]: 1}


def test_an_empty_period_is_all_zeros(db):
    found = cube.count(WHOLE)
    assert found.applications == 0
    assert all(counts.base == counts.unknown == 0 for counts in found.indicators.values())
    assert all(set(counts.cells.values()) == {0} for counts in found.indicators.values())


def test_a_desk_counts_its_own_applications_only(db):
    ours, theirs = a_desk(), a_desk("となりのフードバンク")
    receive([{"first_time": "yes"}] * 3, desk=ours)
    receive([{"first_time": "yes"}] * 2, desk=theirs)
    assert cube.count(WHOLE, desks=[ours]).indicators["first_time"].cells["yes"] == 3
    assert cube.count(WHOLE, desks=[]).applications == 0
    assert cube.count(WHOLE).applications == 5


@pytest.mark.parametrize(
    ("answers", "isolated"),
    [
        ({"someone_to_consult": "no", "first_time": "yes", "body": ["none"]}, "yes"),
        ({"someone_to_consult": "no", "first_time": "yes", "body": ["none", "medical"]}, "no"),
        ({"someone_to_consult": "no", "first_time": "", "body": ["none"]}, "unknown"),
        ({"someone_to_consult": "prefer_not_to_say", "first_time": "no", "body": []}, "no"),
        ({"someone_to_consult": "no", "first_time": "yes", "body": ["prefer_not_to_say"]}, "unknown"),
        ({"someone_to_consult": "yes", "first_time": "yes", "body": ["none"]}, "no"),
    ],
)
def test_isolated_is_no_by_any_part_yes_by_all_and_otherwise_unknown(db, answers, isolated):
    receive([answers], desk=a_desk())
    counts = cube.count(WHOLE).indicators["isolated"]
    expected = {"yes": ({"yes": 1, "no": 0}, 0), "no": ({"yes": 0, "no": 1}, 0), "unknown": ({"yes": 0, "no": 0}, 1)}
    assert (counts.cells, counts.unknown) == expected[isolated]
    assert counts.base == 1
