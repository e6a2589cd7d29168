"""The person's own page and its door: a box that is picked up, and other windows where no food is sent."""

import pytest
from django.test import Client

from referrals.states import CaseStatus
from tests.referrals.person.private import PLACE, arrange, hand_in, open_text_of, page_of, refer, text_of
from tests.referrals.person.test_standings import RETURNED, ROUND_THE_CLOCK, bring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
NOT_ARRANGED = "営業所や窓口は、まだ決まっていません"


def test_of_a_box_to_pick_up_that_came_back_nobody_is_asked_for_an_address(client):
    case, secret = hand_in(receive_by="depot", postcode="", address="")
    arrange(case)
    bring(case, RETURNED)
    shown = open_text_of(client.get(page_of(secret)))
    assert "行ける日があるときは" in shown
    assert "正しい住所を" not in shown
    assert NOT_ARRANGED not in shown
    assert PLACE not in shown


def test_once_it_was_handed_over_no_place_is_still_to_be_arranged(client):
    case, secret = hand_in(receive_by="window", postcode="", address="")
    assert NOT_ARRANGED in open_text_of(client.get(page_of(secret)))
    arrange(case)
    assert PLACE in open_text_of(client.get(page_of(secret)))
    bring(case, CaseStatus.DELIVERED)
    shown = open_text_of(client.get(page_of(secret)))
    assert "食べものをお渡ししました" in shown
    assert NOT_ARRANGED not in shown
    assert PLACE not in shown


def test_the_door_of_a_declined_case_names_lines_and_not_the_town(client, centre):
    case, secret = hand_in()
    bring(case, CaseStatus.DECLINED)
    door = text_of(Client().get(page_of(secret)))
    assert ROUND_THE_CLOCK in door
    assert centre.name not in door
    assert centre.name in open_text_of(client.get(page_of(secret)))


def test_a_centre_that_turned_it_down_is_not_among_the_numbers_to_call(client, centre):
    case, secret = hand_in(consenting=centre, food_days="none")
    refer(case, centre, to="declined")
    page = client.get(page_of(secret))
    assert centre.name not in [number.name for number in page.context["numbers"]]
    bring(case, CaseStatus.DECLINED)
    page = client.get(page_of(secret))
    assert ROUND_THE_CLOCK in open_text_of(page)
    assert centre.name not in [number.name for number in page.context["numbers"]]
