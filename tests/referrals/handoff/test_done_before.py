"""What members did about a referral stays readable when the referral moves on and it has to be done anew."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from referrals.handoff import consents, replies, reply_corrections, stopping
from referrals.models import Referral
from referrals.states import ReferralStatus as S
from tests.factories import cases, members
from tests.factories.cases import fresh, referral, town
from tests.factories.referrals import again
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
FOLLOWED_UP = "に対応しました"
TOLD = "つなぎのとりやめを伝えました"


@pytest.fixture
def place():
    return town()


def follow_up(sent: Referral, by) -> Referral:
    replies.follow_up(referral=sent, note="本人に伝えた", by=by, seen=sent.version)
    return again(sent)


def tell(sent: Referral, by) -> Referral:
    replies.record_told(referral=sent, note="電話した", by=by, seen=sent.version)
    return again(sent)


def withdraw(sent: Referral) -> Referral:
    consents.withdraw_consent(case=fresh(sent.case), recipient=sent.centre, channel="web")
    return again(sent)


def lines(place, sent: Referral, words: str) -> list[str]:
    """Who is named beside the lines with ``words``, on the page of the referral and on that of its case."""
    desk = signed_in(place.caseworker)
    found = []
    for name, at in (("desk:referral", sent), ("desk:case", sent.case)):
        shown = text(desk.get(reverse(name, args=[at.public_id])))
        history = shown.partition("これまでのこと")[2]
        found.append(history.count(words))
        assert found[-1] == 0 or "担当 二郎" in history
    return found


def test_a_follow_up_is_there_after_a_late_answer(place):
    other = members.caseworker(place.desk, "担当 二郎")
    late = follow_up(referral(place, status=S.EXPIRED), other)
    at = late.followed_up_at
    with clock.at(clock.now() + timedelta(days=1)):
        replies.record_reply(referral=late, to=S.ACCEPTED, by=place.caseworker, seen=late.version)
        late = again(late)
        assert late.followed_up_at is None
        assert lines(place, late, FOLLOWED_UP) == [1, 1]
        kept = late.history.get(reason="followed_up")
        assert (kept.at, kept.by) == (at, other)
        reply_corrections.correct_reply(referral=late, why="別の人の返事", by=place.caseworker, seen=late.version)
    assert again(late).status == S.EXPIRED


@pytest.mark.parametrize("status", [S.DECLINED, S.EXPIRED])
def test_both_are_there_after_the_wrong_centre_was_found_out(place, status):
    other = members.caseworker(place.desk, "担当 二郎")
    sent = tell(withdraw(follow_up(referral(place, status=status), other)), other)
    assert lines(place, sent, TOLD) == [1, 1]
    stopping.mark_wrong_centre(referral=sent, why="町をまちがえた", by=place.caseworker, seen=sent.version)
    assert lines(place, again(sent), FOLLOWED_UP) == [1, 1]
    assert lines(place, again(sent), TOLD) == [1, 1]
    assert again(sent).is_to_be_told
    assert again(sent).note == "町をまちがえた"


def test_what_was_told_of_a_consent_to_less_is_there_after_the_withdrawal(place):
    other = members.caseworker(place.desk, "担当 二郎")
    sent = referral(place, status=S.CLOSED)
    cases.consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"])
    sent = withdraw(tell(again(sent), other))
    assert sent.is_to_be_told
    assert lines(place, sent, "前の内容を破棄するように伝えました") == [1, 1]
    assert lines(place, sent, TOLD) == [0, 0]


def test_whoever_comes_second_is_told_who_moved_it_and_not_who_had_told_the_centre(place):
    other = members.caseworker(place.desk, "担当 二郎")
    sent = referral(place, status=S.CLOSED)
    cases.consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"])
    sent = withdraw(tell(again(sent), other))
    address = reverse("desk:referral_wrong_centre", args=[sent.public_id])
    page = signed_in(place.caseworker).post(address, {"seen": sent.version - 1, "why": "町"})
    assert page.status_code == 409
    assert "担当 二郎が" not in text(page)
