"""What the centre answered is kept from the desk where the person did not agree to it, whatever page says it."""

import pytest
from django.urls import reverse

from tests.factories import members
from tests.factories.cases import referral, town
from tests.factories.referrals import move_on
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
ANSWERS = {"accepted": "引き受け", "contacted": "連絡がついた", "closed": "初回相談"}
FORMS = {
    "desk:referral_wrong_centre": {"why": "x"},
    "desk:referral_reply": {"to": "viewed"},
    "desk:referral_follow_up": {"note": "x"},
    "desk:referral_told": {"note": "x"},
}


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("answer", ANSWERS)
def test_whoever_presses_on_an_old_page_is_told_that_it_was_answered_and_not_what(answer, address):
    place = town()
    sent = referral(place, status="viewed", hear_result=False)
    seen = sent.version
    move_on(sent, to=answer, by=members.counsellor(place.centre))
    desk = signed_in(place.caseworker)
    page = desk.post(reverse(address, args=[sent.public_id]), {"seen": seen, **FORMS[address]})
    assert page.status_code == 409
    problem = page.context["refused"].problem
    assert "返事がありました" in str(problem)
    assert not any(words in str(problem) for words in ANSWERS.values())


def test_where_they_agreed_the_answer_is_named():
    place = town()
    sent = referral(place, status="viewed")
    seen = sent.version
    move_on(sent, to="accepted", by=members.counsellor(place.centre))
    desk = signed_in(place.caseworker)
    page = desk.post(reverse("desk:referral_wrong_centre", args=[sent.public_id]), {"seen": seen, "why": "x"})
    assert ANSWERS["accepted"] in text(page)
