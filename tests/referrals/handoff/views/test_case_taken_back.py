"""A case that was withdrawn, or is somebody's second one: no page offers what is refused when it is pressed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def hand_off(desk, found) -> str:
    return text(desk.get(reverse("desk:referral_new", args=[found.public_id])))


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
def test_the_page_asks_for_a_new_consent_and_takes_it(desk, place, status):
    found = case(status=status, by=place.caseworker, consenting=place.centre)
    shown = hand_off(desk, found)
    assert "前の同意ではつなげません" in shown
    assert f"{place.centre.name}につなぐ</button>" not in shown
    assert reverse("desk:consent", args=[found.public_id]) in shown
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(found, place.centre, by=place.caseworker, hear_result=False)
        assert f"{place.centre.name}につなぐ</button>" in hand_off(desk, found)
        assert "窓口につなぐ" in text(desk.get(reverse("desk:case", args=[found.public_id])))


def test_what_came_back_is_not_sent_again_from_there(desk, place):
    sent = referral(place, status="expired")
    page = reverse("desk:referral", args=[sent.public_id])
    assert "もう一度つなぐ" in text(desk.get(page))
    advance(sent.case, "duplicate", by=place.caseworker)
    assert "もう一度つなぐ" not in text(desk.get(page))
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(fresh(sent.case), place.centre, by=place.caseworker)
        assert "もう一度つなぐ" in text(desk.get(page))
