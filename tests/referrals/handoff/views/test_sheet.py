"""The sheet on paper: nothing that no consent names, and a slip that a centre can fill in and return."""

import pytest
from django.urls import reverse

from outreach.application.questions import QUESTIONS
from tests.factories.cases import case, consent, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return town()


def sheet(place, **facts) -> str:
    sent = referral(place, **facts)
    return text(signed_in(place.caseworker).get(reverse("desk:referral_sheet", args=[sent.public_id])))


class TestTheWish:
    @pytest.mark.parametrize("wish", ["call_me", "only_know", "not_now"])
    def test_stands_in_no_consent_and_so_on_no_paper(self, place, wish):
        shown = sheet(place, hand_off_wish=wish)
        assert "申込みのときの希望" not in shown
        assert str(QUESTIONS["hand_off_wish"].to_staff(wish)) not in shown

    def test_is_not_made_up_on_the_page_of_the_case(self, place, reading):
        found = case(hand_off_wish="not_now")
        consent(found, place.centre, by=place.caseworker)
        shown = text(signed_in(place.caseworker).get(reverse("desk:case", args=[found.public_id])))
        assert "本人は、窓口からの連絡を希望しています" not in shown
        assert "申込みのときの希望は「今はいい」" in shown


class TestTheSlip:
    def slip(self, place, **facts) -> str:
        return sheet(place, **facts).partition('class="slip"')[2].partition("</section>")[0]

    def test_says_where_to_return_it(self, place):
        slip = self.slip(place)
        assert "返し先" in slip
        assert "011-000-0001" in slip
        assert "FAX" in slip

    def test_has_lines_for_first_contact_and_outcome_where_they_may_be_told(self, place):
        told, untold = self.slip(place), self.slip(place, hear_result=False)
        for words in ("はじめて連絡した日", "つなぎの結果"):
            assert words in told
            assert words not in untold
