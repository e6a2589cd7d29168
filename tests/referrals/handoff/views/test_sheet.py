"""The sheet on paper: the wish as it was answered, and a slip that a centre can fill in and return."""

import pytest
from django.urls import reverse

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
    @pytest.mark.parametrize(
        ("wish", "words"),
        [("call_me", "窓口から連絡してほしい"), ("only_know", "窓口だけ知りたい"), ("not_now", "今はいい")],
    )
    def test_is_what_was_answered(self, place, wish, words):
        shown = sheet(place, hand_off_wish=wish)
        assert f"<td>{words}</td>" in shown
        assert "窓口から連絡がほしい" not in shown

    def test_stays_in_japanese_whatever_the_member_reads(self, place):
        sent = referral(place, hand_off_wish="not_now")
        desk = signed_in(place.caseworker)
        desk.cookies["django_language"] = "en"
        shown = text(desk.get(reverse("desk:referral_sheet", args=[sent.public_id])))
        assert '<html lang="en"' in shown
        assert "<td>今はいい</td>" in shown

    def test_without_an_answer_nothing_is_said(self, place):
        assert "申込みのときの希望" not in sheet(place, hand_off_wish="")

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
