"""Who may be told of to a centre, and isn't yet, waits at the desk; whatever was pressed before and taken back."""

from datetime import timedelta

import pytest

from foundation import access, clock
from foundation.errors import NotAllowed
from referrals.desk import casework, undoing
from referrals.desk.queue import TABS, cases_in
from referrals.handoff import consents, replies, sending, stopping
from referrals.handoff.unused import unused_consents
from referrals.models import ConsentEntry, Referral
from tests.factories.applications import centre_in
from tests.factories.cases import ALL_FIELDS, advance, case, consent, fresh, referral, town

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
    reasons = {"declined": "no_stock", "closed": "delivered", "withdrawn": "not_needed"}
    reason = reasons.get(to, "same_application")
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


class TestLeftAtTheEnd:
    def test_they_stay_so_when_a_centre_is_told_of_an_older_withdrawal(self, place):
        sent = referral(place)
        consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
        with clock.at(clock.now() + timedelta(hours=1)):
            consent(fresh(sent.case), place.centre, by=place.caseworker)
            end(sent.case, place, "declined", without_hand_off=True)
        with clock.at(clock.now() + timedelta(hours=2)):
            stopped = Referral.objects.get(pk=sent.pk)
            replies.record_told(referral=stopped, note="電話した", by=place.caseworker, seen=stopped.version)
            assert not waits(sent.case)


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


class TestACaseTakenBack:
    """Withdrawn, or somebody's second one: what was agreed to before is over, what is said since counts."""

    @pytest.fixture(params=["withdrawn", "duplicate"])
    def ended(self, request, place):
        return case(status=request.param, by=place.caseworker, consenting=place.centre)

    def test_hands_nobody_on_by_what_was_agreed_to_before(self, ended, place):
        assert not waits(ended)
        with pytest.raises(NotAllowed, match="あらためて同意を聞いて"):
            send(ended, place)

    def test_waits_once_they_agree_anew_and_is_handed_on(self, ended, place):
        with clock.at(clock.now() + timedelta(hours=1)):
            consent(ended, place.centre, by=place.caseworker, hear_result=False)
            assert waits(ended)
            send(ended, place)
            assert not waits(ended)

    def test_waits_on_a_paper_that_is_signed_after_the_end(self, ended, place):
        with clock.at(clock.now() + timedelta(days=4)):
            paper = {"channel": "paper", "stated_on": clock.today() - timedelta(days=1), "hear_result": False}
            consent(ended, place.centre, by=place.caseworker, **paper)
            assert waits(ended)
            send(ended, place)

    def test_takes_an_answer_that_comes_late_only_when_they_agreed_since(self, place):
        sent = referral(place, status="expired")
        ended = advance(sent.case, "duplicate", by=place.caseworker)
        answer = {"to": "accepted", "by": place.caseworker}
        with pytest.raises(NotAllowed, match="あらためて同意を聞いて"):
            replies.record_reply(referral=sent, seen=sent.version, **answer)
        with clock.at(clock.now() + timedelta(hours=1)):
            consent(ended, place.centre, by=place.caseworker)
            sent.refresh_from_db()
            replies.record_reply(referral=sent, seen=sent.version, **answer)
        assert Referral.objects.get(pk=sent.pk).status == "accepted"


class TestADuplicateWhoseHandOffGoesOn:
    def test_waits_when_it_turns_out_that_the_centre_was_the_wrong_one(self, place):
        sent = referral(place)
        ended = advance(sent.case, "duplicate", by=place.caseworker)
        assert not waits(ended)
        wrong(Referral.objects.get(pk=sent.pk), place)
        assert waits(ended)
        tab = next(tab for tab in TABS if tab.key == "to_hand_on")
        assert ended in cases_in(tab, place.caseworker)
        send(ended, place)

    @pytest.mark.parametrize("to", ["declined", "duplicate"])
    def test_waits_for_it_also_when_another_consent_was_left_at_the_end(self, place, to):
        other = centre_in(name="もうひとつの窓口")
        sent = referral(place)
        consent(sent.case, other, by=place.caseworker, hear_result=False)
        end(sent.case, place, to, without_hand_off=True, hand_off_goes_on=True)
        assert not waits(sent.case)
        wrong(Referral.objects.get(pk=sent.pk), place)
        assert [entry.recipient for entry in unused_consents().filter(case=sent.case)] == [place.centre]


class TestAPaperThatWasRecordedBeforeSuchPapersWereRefused:
    def test_leads_nowhere_where_the_case_ended_after_its_date(self, place):
        found = case(hand_off_wish="")
        signed = clock.today()
        with clock.at(clock.now() + timedelta(days=2)):
            end(found, place, "withdrawn")
        with clock.at(clock.now() + timedelta(days=3)):
            ConsentEntry.objects.create(
                person=found.person, case=found, purpose="tell_centre", recipient=place.centre, fields=ALL_FIELDS,
                given=True, text_version="2026-1", channel="paper", stated_by="person", recorded_by=place.caseworker,
                stated_on=signed, at=clock.now(),
            )  # fmt: skip
            assert not waits(found)


def test_where_the_food_arrived_the_end_says_nothing_of_a_hand_off_that_goes_on(place):
    sent = referral(place)
    found = advance(sent.case, "closed", by=place.caseworker)
    assert found.history.latest("pk").reason == "delivered"
