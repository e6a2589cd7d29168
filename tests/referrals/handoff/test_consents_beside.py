"""A ledger with more in it: what was written since the page was opened, and towards another centre."""

import pytest

from foundation.text.wording import moment
from referrals.handoff import consents, replies, sending
from referrals.models import Referral
from referrals.models.consent import ConsentChannel
from tests.factories.applications import centre_in
from tests.factories.cases import case, consent, fresh, referral, town
from tests.referrals.handoff.ledger import live, withdraw

TELEPHONE = ConsentChannel.TELEPHONE
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


class TestWhatWasWrittenSince:
    """``seen``: how many entries the page had."""

    def test_towards_another_centre_is_no_conflict(self, place):
        found = case(consenting=place.centre)
        other = centre_in(name="もうひとつの窓口")
        consent(found, other, by=place.caseworker, seen=2)
        consent(found, place.centre, by=place.caseworker, seen=2)
        consent(found, other, by=place.caseworker, fields=["name", "reach"], seen=4)
        assert len(withdraw(found, place, seen=6)) == 2
        assert consents.last_word(found.person, towards=other.public_id).by_id == place.caseworker.pk
        assert "もうひとつの窓口" in str(consents.last_word(found.person, towards=other.public_id))

    def test_a_withdrawal_of_what_came_and_went_since_is_no_error(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker)
        withdraw(found, place)
        assert withdraw(found, place, seen=0) == []


class TestTwoCentres:
    """A live referral to one centre says nothing about another."""

    @pytest.fixture
    def other(self):
        return centre_in(name="もうひとつの窓口")

    def test_a_narrower_consent_to_another_centre_needs_nothing_stopped(self, place, other):
        sent = referral(place)
        consent(fresh(sent.case), other, by=place.caseworker, fields=["name", "reach"])
        assert live(sent.case).get(recipient=other).fields == ["name", "reach"]

    def test_a_withdrawal_leaves_the_referral_to_another_centre(self, place, other):
        sent = referral(place)
        found = fresh(sent.case)
        consent(found, other, by=place.caseworker)
        consents.withdraw_consent(case=found, recipient=other, channel=TELEPHONE, by=place.caseworker)
        assert Referral.objects.get().status == "sent"

    def test_a_second_referral_goes_to_another_centre_beside_the_first(self, place, other):
        sent = referral(place)
        found = fresh(sent.case)
        consent(found, other, by=place.caseworker)
        sending.send(case=found, centre=other, way="telephone", by=place.caseworker, seen=found.version)
        assert set(found.referrals.live().values_list("centre__name", flat=True)) == {place.centre.name, other.name}

    def test_a_late_answer_counts_beside_a_live_referral_to_another_centre(self, place, other):
        sent = referral(place, status="expired")
        found = fresh(sent.case)
        consent(found, other, by=place.caseworker)
        sending.send(case=found, centre=other, way="telephone", by=place.caseworker, seen=found.version)
        sent.refresh_from_db()
        replies.record_reply(referral=sent, to="accepted", by=place.caseworker, seen=sent.version)
        assert found.referrals.live().count() == 2


@pytest.mark.parametrize(
    ("by_member", "words"),
    [
        (True, "担当 一郎が{when}に、見本の相談窓口への同意の撤回を書きとりました。いまの状態を確かめてください。"),
        (False, "ご本人が{when}に、見本の相談窓口への同意をとりやめました。いまの状態を確かめてください。"),
    ],
)
def test_what_came_first_is_told_in_a_sentence(place, by_member, words):
    found = case(consenting=place.centre)
    seen = consents.length(found.person)
    by = {"channel": "telephone", "by": place.caseworker} if by_member else {"channel": "web"}
    consents.withdraw_consent(case=found, recipient=place.centre, **by)
    first = consents.newer_than(found.person, seen)
    assert str(first) == words.format(when=moment(first.at))
    assert str(first.who) == ("担当 一郎" if by_member else "ご本人")
