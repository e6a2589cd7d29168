"""Words written for one answer when the button of another is pressed: they come back, and decide nothing."""

import pytest

from referrals.handoff import answering
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.forms import read
from tests.referrals.portal.portal_pages import fresh, text_of, url

S = ReferralStatus
pytestmark = pytest.mark.django_db
WORDS = "隣の町の担当です"
STAY = "書いたものは残っています"


def filled_in(client, referral, **said):
    """The page's one form as a browser sends it, whichever of its buttons is pressed."""
    shown = text_of(client.get(url("packet", referral)))
    form = next(form for form in read(shown)[0] if "note" in form.names)
    return {**form.values, **said}


def note_in(response):
    return next(form for form in read(text_of(response))[0] if "note" in form.names).values["note"]


def test_taking_on_with_a_reason_against_it_written_is_asked_about(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    sent = filled_in(client, referral, answer="accept", reason="other", note=WORDS)
    shown = client.post(url("answer", referral), sent)
    assert fresh(referral).status == S.VIEWED
    assert "まだ何も記録していません" in text_of(shown)
    assert STAY in text_of(shown)
    assert note_in(shown) == [WORDS]
    assert "is-invalid" not in text_of(shown)
    again = filled_in(client, referral, answer="accept", note="")
    client.post(url("answer", referral), again)
    assert fresh(referral).status == S.ACCEPTED


def test_noting_the_first_contact_keeps_what_was_written_of_the_outcome(client, centre, counsellor, reading):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    sent = filled_in(client, referral, outcome="passed_on", note=WORDS)
    shown = client.post(url("contact", referral), sent)
    assert fresh(referral).status == S.CONTACTED
    assert "本人と連絡がとれたことを記録しました" in text_of(shown)
    assert STAY in text_of(shown)
    assert note_in(shown) == [WORDS]
    form = next(form for form in read(text_of(shown))[0] if "note" in form.names)
    assert form.values["outcome"] == ["passed_on"]
    assert client.post(url("close", referral), form.values).status_code == 302
    assert fresh(referral).note == WORDS


def test_without_words_the_page_is_simply_led_to(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    response = client.post(url("contact", referral), filled_in(client, referral))
    assert response.headers["Location"] == url("packet", referral)


def test_words_too_long_for_the_outcome_keep_nobody_from_noting_the_contact(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    shown = client.post(url("contact", referral), filled_in(client, referral, note="あ" * 3000))
    assert fresh(referral).status == S.CONTACTED
    assert note_in(shown) == ["あ" * 3000]


def test_that_the_words_are_kept_is_said_where_somebody_was_first(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    sent = filled_in(client, referral, outcome="passed_on", note=WORDS)
    other = members.counsellor(centre, "相談 二郎")
    answering.note_first_contact(referral=fresh(referral), by=other, seen=referral.version)
    refused = client.post(url("close", referral), sent)
    assert refused.status_code == 409
    assert "相談 二郎が" in text_of(refused)
    assert STAY in text_of(refused)
    assert note_in(refused) == [WORDS]


def test_a_choice_that_was_never_offered_is_no_error(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    shown = client.post(url("contact", referral), filled_in(client, referral, outcome="nonsense", note=WORDS))
    assert shown.status_code == 200
