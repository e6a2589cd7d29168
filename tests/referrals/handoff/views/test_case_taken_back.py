"""A case that was withdrawn, or is somebody's second one: no page offers what is refused when it is pressed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError
from referrals.handoff import consents, voiding
from referrals.handoff.unused import unused_consents
from referrals.models import ConsentEntry
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


def test_an_answer_that_comes_late_is_offered_only_where_it_is_taken(desk, place):
    sent = referral(place, status="expired")
    page = reverse("desk:referral", args=[sent.public_id])
    assert "あとから答えたときは、ここに記録できます" in text(desk.get(page))
    advance(sent.case, "withdrawn", by=place.caseworker)
    assert "あとから答えたときは、ここに記録できます" not in text(desk.get(page))
    with clock.at(clock.now() + timedelta(hours=1)):
        consent(fresh(sent.case), place.centre, by=place.caseworker)
        assert "あとから答えたときは、ここに記録できます" in text(desk.get(page))


@pytest.mark.parametrize("status", ["withdrawn", "duplicate"])
def test_a_paper_from_before_the_end_is_not_recorded_as_if_it_led_anywhere(place, status):
    signed = clock.today()
    with clock.at(clock.now() + timedelta(days=2)):
        found = case(status=status, by=place.caseworker)
    with clock.at(clock.now() + timedelta(days=2, hours=1)):
        with pytest.raises(DomainError, match="書面の日付よりあとに"):
            consent(found, place.centre, by=place.caseworker, channel="paper", stated_on=signed)
        assert not ConsentEntry.objects.exists()
        consent(found, place.centre, by=place.caseworker, channel="paper", stated_on=clock.today())
        assert unused_consents().filter(case=found).exists()


def test_of_a_consent_recorded_in_error_nobody_says_that_the_centre_was_wrong(desk, place):
    sent = referral(place)
    found = fresh(sent.case)
    number = voiding.entries(found)[0][0]
    voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=consents.length(found.person))
    consent(fresh(found), place.centre, by=place.caseworker)
    shown = hand_off(desk, found)
    assert f"{place.centre.name}につなぐ</button>" in shown
    assert "つなぎ先のまちがいとして止めてあります" not in shown
