"""Whom to call before a box can be there: numbers that answer now, and a warning where one may be wrong."""

from datetime import datetime

import pytest
from django.test import Client

from foundation import clock
from outreach.application import help_today
from outreach.application.serving import Serving
from outreach.models.window import CHECK_THE_NUMBER
from tests.factories.applications import CHUO, centre_in, real_place
from tests.factories.directory import WindowFactory
from tests.outreach.application.filling import Filling, text_of

pytestmark = pytest.mark.django_db
WARNING = "この番号は、まちがっているおそれがあります"
MONDAY_NOON = datetime(2026, 11, 30, 12, tzinfo=clock.TOKYO)
MONDAY_NIGHT = datetime(2026, 11, 30, 22, tzinfo=clock.TOKYO)
SUNDAY_NOON = datetime(2026, 11, 29, 12, tzinfo=clock.TOKYO)


def numbers():
    return help_today.numbers(Serving.at(real_place(CHUO)))


@pytest.fixture
def lines(centre):
    """The centre of the place, and a line that answers day and night."""
    return WindowFactory(code="H007", phone="0120-279-338", opening_hours="24時間", urgent=True)


@pytest.mark.parametrize(("moment", "first"), [(MONDAY_NOON, False), (MONDAY_NIGHT, True), (SUNDAY_NOON, True)])
def test_at_night_and_on_sundays_lines_that_answer_come_first(lines, moment, first):
    with clock.at(moment):
        found = numbers()
    assert found[0].round_the_clock == first
    assert any(number.round_the_clock for number in found)


@pytest.fixture
def doubtful(centre):
    """The centre's window with a note that asks for its number to be checked."""
    return WindowFactory(
        code="C001", organisation=centre, area="catchment", place=real_place("011002"), phone="011-000-0002",
        note=f"{CHECK_THE_NUMBER}。市外局番がちがうようです。",
    )  # fmt: skip


def test_a_number_that_may_be_wrong_says_so_wherever_it_stands(doubtful):
    filling = Filling(Client())
    filling.fill_until("centre", food={"food_days": "none"})
    assert WARNING in text_of(filling.open("until-then"))
    assert WARNING in text_of(filling.open("centre"))
    filling.answer("centre", hand_off_wish="only_know")
    receipt = filling.client.get(filling.hand_in().url)
    assert WARNING in text_of(receipt)
    assert "C001" not in text_of(receipt)


@pytest.mark.parametrize("change", [{"note": ""}, {"note": "電話は午後がよい"}, {"confirmed_on": "2026-08-01"}])
def test_no_other_number_is_doubted(doubtful, change):
    type(doubtful).objects.filter(pk=doubtful.pk).update(**change)
    filling = Filling(Client())
    filling.fill_until("centre", food={"food_days": "none"})
    for slug in ("until-then", "centre"):
        assert WARNING not in text_of(filling.open(slug))


def test_hours_that_nobody_has_said_are_to_be_asked_for(centre):
    filling = Filling(Client())
    filling.fill_until("centre", food={"food_days": "none"})
    for slug in ("until-then", "centre"):
        assert "受付時間は、ここではわかりません" in text_of(filling.open(slug))


@pytest.mark.parametrize(
    ("food_days", "shown"), [("none", True), ("one_to_three", True), ("four_to_seven", False), ("", False)]
)
def test_the_receipt_and_the_page_say_whom_to_call_before_the_box_is_there(centre, food_days, shown):
    filling = Filling(Client())
    filling.fill_until("check", food={"food_days": food_days})
    receipt = filling.client.get(filling.hand_in().url)
    assert ("食べるものがなくなりそうなとき" in text_of(receipt)) == shown
    page = filling.client.get(receipt.context["page_url"])
    assert ("食べるものがなくなりそうなとき" in text_of(page)) == shown


FOR_YOU = "だれかに代わりに電話してもら"


@pytest.fixture
def visited(desk):
    return centre_in(address="札幌市中央区見本町1")


def test_where_a_centre_can_be_gone_to_its_address_stands_by_its_number(client, visited):
    filling = Filling(client)
    filling.fill_until("people", food={"food_days": "none"})
    page = text_of(filling.open("until-then"))
    assert "札幌市中央区見本町1 ここに行って伝えることも" in page
    assert f"電話や日本語がむずかしいときは、{FOR_YOU}" in page


def test_whoever_cannot_telephone_is_sent_to_nobody_by_telephone(client, visited):
    filling = Filling(client)
    reach = {"reach_by": ["email"], "cannot_telephone": "on"}
    filling.fill_until(
        "check", food={"food_days": "none"}, reach=reach, reach_details={"email": "a@example.jp"},
        centre={"hand_off_wish": "not_now"},
    )  # fmt: skip
    before = text_of(filling.open("until-then"))
    receipt = text_of(filling.client.get(filling.hand_in().url))
    for page in (before, receipt):
        assert FOR_YOU in page
        assert "先に電話して" not in page
        assert "次のところに電話して" not in page
        assert "電話したあと" not in page
        assert "ここに行って伝えることも" in page


def test_who_fills_it_in_for_somebody_who_cannot_may_call(client, visited):
    filling = Filling(client)
    reach = {"reach_by": ["email"], "cannot_telephone": "on"}
    filling.fill_until(
        "household", for_whom={"applying_for": "other"}, food={"food_days": "none"}, reach=reach,
        reach_details={"email": "a@example.jp"},
    )  # fmt: skip
    assert "先に電話して" in text_of(filling.open("until-then"))
