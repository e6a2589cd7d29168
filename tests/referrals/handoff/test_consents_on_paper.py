"""A consent on paper that comes late: what the person said since counts."""

from datetime import timedelta

import pytest

from foundation import clock
from foundation.errors import DomainError
from referrals.handoff import paper
from referrals.models.consent import ConsentChannel
from tests.factories.applications import centre_in
from tests.factories.cases import case, consent, fresh, town
from tests.referrals.handoff.ledger import live, withdraw

PAPER = ConsentChannel.PAPER
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


class TestAPaperThatComesLate:
    """Signed, then withdrawn by telephone, then the paper arrives: it must not bring the consent back."""

    @pytest.mark.parametrize("days_before", [0, 1, 30])
    def test_does_not_outlive_a_withdrawal(self, place, days_before):
        found = case(consenting=place.centre)
        withdraw(found, place)
        with pytest.raises(DomainError, match="それよりあとに、本人の返事を記録"):
            consent(
                found, place.centre, by=place.caseworker, channel=PAPER,
                stated_on=clock.today() - timedelta(days=days_before),
            )  # fmt: skip
        assert not live(found).exists()

    def test_signed_after_the_withdrawal_counts(self, place):
        found = case(consenting=place.centre)
        withdraw(found, place)
        with clock.at(clock.now() + timedelta(days=2)):
            consent(found, place.centre, by=place.caseworker, channel=PAPER, stated_on=clock.today())
            assert live(found).exists()

    @pytest.mark.parametrize("days_before", [0, 5])
    def test_does_not_widen_what_was_said_since(self, place, days_before):
        """Posted on the 1st, telephoned on the 5th ("only name and number"), and the letter comes on the 6th."""
        found = case()
        few = ["name", "reach", "phone"]
        consent(found, place.centre, by=place.caseworker, fields=few, hear_result=False)
        day = clock.today() - timedelta(days=days_before)
        with pytest.raises(DomainError, match="本人の返事を記録してあります"):
            consent(fresh(found), place.centre, by=place.caseworker, channel=PAPER, stated_on=day)
        assert live(found).get().fields == few

    def test_of_the_day_of_a_withdrawal_does_not_bring_back_what_was_told(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker, hear_result=False)
        withdraw(found, place)
        paper = {"channel": PAPER, "stated_on": clock.today(), "hear_result": False}
        with pytest.raises(DomainError, match="本人の返事を記録してあります"):
            consent(fresh(found), place.centre, by=place.caseworker, **paper)

    def test_does_not_bring_back_the_answer_to_the_second_question(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker)
        consent(fresh(found), place.centre, by=place.caseworker, hear_result=False)
        paper = {"channel": PAPER, "stated_on": clock.today() - timedelta(days=1)}
        with pytest.raises(DomainError, match="本人の返事を記録してあります"):
            consent(fresh(found), place.centre, by=place.caseworker, **paper)
        assert not live(found, "hear_result").exists()

    def test_of_the_same_day_may_say_the_same_or_less(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker)
        few = ["name", "reach", "phone"]
        paper = {"channel": PAPER, "stated_on": clock.today(), "fields": few}
        for hear_result in (True, False, False):
            consent(fresh(found), place.centre, by=place.caseworker, hear_result=hear_result, **paper)
            assert live(found).get().fields == few
            assert live(found, "hear_result").exists() == hear_result

    def test_of_the_same_day_does_not_bring_back_the_answer_to_the_second_question(self, place):
        found = case()
        consent(found, place.centre, by=place.caseworker)
        consent(fresh(found), place.centre, by=place.caseworker, hear_result=False)
        with pytest.raises(DomainError, match="本人の返事を記録してあります"):
            consent(fresh(found), place.centre, by=place.caseworker, channel=PAPER, stated_on=clock.today())
        assert not live(found, "hear_result").exists()

    @pytest.mark.parametrize(
        ("wish", "counts"), [("not_now", False), ("only_know", False), ("call_me", True), ("", True)]
    )
    def test_from_before_the_application_counts_where_that_said_nothing_else(self, place, wish, counts):
        found = case(hand_off_wish=wish)
        old = {"channel": PAPER, "stated_on": clock.today() - timedelta(days=3)}
        if not counts:
            with pytest.raises(DomainError, match="答える前の書面です"):
                consent(found, place.centre, by=place.caseworker, **old)
            old["stated_on"] = clock.today()
        consent(found, place.centre, by=place.caseworker, **old)
        assert live(found).exists()

    def test_towards_another_centre_is_another_matter(self, place):
        found = case(consenting=place.centre)
        other = centre_in(name="もうひとつの窓口")
        day = clock.today() - timedelta(days=5)
        consent(found, other, by=place.caseworker, channel=PAPER, stated_on=day)
        assert live(found).filter(recipient=other).exists()

    def test_of_long_ago_is_asked_about_anew(self, place):
        found, oldest = case(hand_off_wish=""), clock.today() - paper.OLDEST_PAPER
        assert timedelta(days=366) == paper.OLDEST_PAPER, "a year, a leap day included"
        with pytest.raises(DomainError, match="1年より前"):
            consent(found, place.centre, by=place.caseworker, channel=PAPER, stated_on=oldest - timedelta(days=1))
        consent(found, place.centre, by=place.caseworker, channel=PAPER, stated_on=oldest)
        assert live(found).get().stated_on == oldest
