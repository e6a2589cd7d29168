"""A referral that came back after its consent went: the desk reads why, and is sent to nobody who may not be told."""

import pytest
from django.urls import reverse

from referrals.handoff import consents, voiding
from tests.factories.applications import centre_in
from tests.factories.cases import consent, fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
AGAIN, OTHER = "もう一度つなぐ", "ほかの窓口につなぐ"


@pytest.fixture
def place():
    return town(uses_portal=True)


def withdraw(sent, place):
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")


def void(sent, place):
    found = fresh(sent.case)
    seen = consents.length(found.person)
    number = voiding.entries(found)[0][0]
    voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=seen)


def follow_up_of(sent, place) -> str:
    """What the desk reads above the form for what it did."""
    page = text(signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id])))
    return page.split("follow-up-title")[2].split("</section>")[0]


def test_while_it_stands_they_may_be_put_in_touch_again(place):
    said = follow_up_of(referral(place, status="expired", way="portal"), place)
    assert AGAIN in said
    assert "もうつなげません" not in said


@pytest.mark.parametrize(("gone", "why"), [(withdraw, "本人が同意をとりやめたので"), (void, "同意の記録がまちがい")])
def test_once_it_is_gone_the_page_says_so_and_offers_no_hand_off(place, gone, why):
    sent = referral(place, status="expired", way="portal")
    gone(sent, place)
    said = follow_up_of(sent, place)
    assert why in said
    assert "もうつなげません" in said
    assert AGAIN not in said
    assert OTHER not in said
    assert 'name="note"' in said


def test_another_centre_they_agreed_to_may_still_be_told(place):
    other = centre_in(name="もう一つの窓口")
    sent = referral(place, status="expired", way="portal")
    consent(fresh(sent.case), other, by=place.caseworker)
    withdraw(sent, place)
    said = follow_up_of(sent, place)
    assert OTHER in said
    assert AGAIN not in said
