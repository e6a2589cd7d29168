"""Who may be told of to a centre, and isn't yet, waits at the desk; whatever was pressed before and taken back."""

from datetime import timedelta

import pytest

from foundation import access, clock
from referrals.desk import casework, undoing
from referrals.desk.queue import TABS, cases_in
from referrals.handoff import replies, sending, stopping
from referrals.handoff.unused import unused_consents
from tests.factories.cases import advance, case, consent, fresh, referral, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reading():
    with access.scope(actor="test", purpose="test"):
        yield


@pytest.fixture
def place():
    return town()


def waits(found) -> bool:
    """As the desk's tab has it, which is no narrower than what stands on the page."""
    return unused_consents().filter(case=found).exists()


def end(found, place, to, **asked):
    reason = {"declined": "no_stock", "closed": "delivered", "withdrawn": "not_needed"}[to]
    now = fresh(found)
    casework.end(case=now, to=to, reason=reason, by=place.caseworker, seen=now.version, **asked)


def take_back_end(found, place):
    now = fresh(found)
    undoing.undo_end(case=now, why="まちがえた", by=place.caseworker, seen=now.version)


def send(found, place):
    now = fresh(found)
    return sending.send(case=now, centre=place.centre, way="telephone", by=place.caseworker, seen=now.version)


def wrong(sent, place):
    stopping.mark_wrong_centre(referral=sent, why="町がちがう", by=place.caseworker, seen=sent.version)


class TestAnEndTakenBack:
    @pytest.mark.parametrize("to", ["declined", "closed", "withdrawn"])
    def test_leaves_them_waiting_as_before(self, place, to):
        found = case(consenting=place.centre)
        if to == "closed":
            advance(found, "delivered", by=place.caseworker)
        end(found, place, to, without_hand_off=True)
        assert not waits(found)
        take_back_end(found, place)
        assert waits(found)

    def test_is_asked_about_when_it_comes_again(self, place):
        found = case(consenting=place.centre)
        end(found, place, "declined", without_hand_off=True)
        take_back_end(found, place)
        end(found, place, "declined", without_hand_off=True)
        assert not waits(found)

    def test_of_which_the_tick_stands_outlives_no_hand_off_that_went_wrong(self, place):
        found = case(consenting=place.centre)
        end(found, place, "declined", without_hand_off=True)
        sent = send(found, place)
        assert not waits(found)
        wrong(sent, place)
        assert waits(found)


class TestTheWrongCentre:
    def test_leaves_them_waiting(self, place):
        sent = referral(place)
        assert not waits(sent.case)
        wrong(sent, place)
        assert waits(sent.case)

    def test_leaves_them_waiting_where_the_box_alone_was_stopped(self, place):
        sent = referral(place)
        end(sent.case, place, "withdrawn", hand_off_goes_on=True)
        wrong(sent, place)
        assert waits(sent.case)

    def test_gives_back_the_refusal_that_was_taken_up_by_it(self, place):
        first = referral(place, status="declined")
        second = send(first.case, place)
        first.refresh_from_db()
        assert not first.waits_for_desk
        wrong(second, place)
        first.refresh_from_db()
        assert first.waits_for_desk
        assert first.history.filter(reason="followed_up", by=place.caseworker).count() == 1
        replies.follow_up(referral=first, note="電話した", by=place.caseworker, seen=first.version)
        assert not waits(first.case), "what was taken up after the mistake is done"

    def test_leaves_them_waiting_after_a_refusal_that_was_taken_up_in_words(self, place):
        first = referral(place, status="declined")
        replies.follow_up(referral=first, note="もう一度つなぐ", by=place.caseworker, seen=first.version)
        assert not waits(first.case)
        with clock.at(clock.now() + timedelta(hours=1)):
            second = send(first.case, place)
            wrong(second, place)
            first.refresh_from_db()
            assert not first.waits_for_desk
            assert waits(first.case)

    def test_that_was_sent_beside_an_outcome_makes_nobody_wait(self, place):
        answered = referral(place, status="closed")
        wrong(send(answered.case, place), place)
        assert not waits(answered.case)


class TestANewerWord:
    @pytest.mark.parametrize("status", ["in_review", "closed"])
    def test_outweighs_what_was_answered_in_the_form(self, place, status):
        found = case(status=status, by=place.caseworker, hand_off_wish="not_now")
        tab = next(tab for tab in TABS if tab.key == "to_hand_on")
        assert found not in cases_in(tab, place.caseworker)
        consent(found, place.centre, by=place.caseworker)
        assert found in cases_in(tab, place.caseworker)

    def test_after_a_refusal_was_taken_up_is_about_something_new(self, place):
        back = referral(place, status="declined")
        replies.follow_up(referral=back, note="本人に電話した", by=place.caseworker, seen=back.version)
        with clock.at(clock.now() + timedelta(hours=1)):
            consent(fresh(back.case), place.centre, by=place.caseworker, hear_result=False)
            assert waits(back.case)

    def test_beside_what_still_waits_to_be_taken_up_adds_nothing(self, place):
        back = referral(place, status="expired")
        with clock.at(clock.now() + timedelta(hours=1)):
            consent(fresh(back.case), place.centre, by=place.caseworker, hear_result=False)
            assert not waits(back.case)
            assert back.waits_for_desk
