"""What a counsellor answers in the portal, alone, twice, and with others at it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from referrals.handoff import answering, stopping
from referrals.outcomes import CENTRE_DECLINE_REASONS, DeclineReason, Outcome
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.referrals.portal.portal_pages import NAME, SECRETS, fresh, says_nothing_personal, text_of, url, withdraw

S = ReferralStatus
pytestmark = pytest.mark.django_db


# --- answers -------------------------------------------------------------------------------------------------


def test_accepting_is_recorded_and_tells_what_comes_next(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    response = client.post(url("answer", referral), {"answer": "accept", "seen": referral.version}, follow=True)
    assert fresh(referral).status == S.ACCEPTED
    assert fresh(referral).answered_at is not None
    assert "本人に連絡してください" in text_of(response)


@pytest.mark.parametrize("reason", CENTRE_DECLINE_REASONS)
def test_declining_gives_the_ball_back_with_its_reason_and_closes_the_packet(client, centre, counsellor, reason):
    referral = referrals.handed_off(centre, to=S.VIEWED, **SECRETS)
    data = {"answer": "decline", "reason": reason, "note": "隣の町の担当です", "seen": referral.version}
    response = client.post(url("answer", referral), data, follow=True)
    assert fresh(referral).decline_reason == reason
    assert "フードバンクに戻し" in text_of(response)
    assert says_nothing_personal(response)
    assert client.get(url("packet", referral)).headers["Location"] == url("cover", referral)


def test_declining_needs_a_reason(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    data = {"answer": "decline", "note": "書いたこと", "seen": referral.version}
    response = client.post(url("answer", referral), data)
    assert fresh(referral).status == S.VIEWED
    assert "理由をひとつ選んでください" in text_of(response)
    assert "書いたこと" in text_of(response)


def test_a_centre_cannot_say_that_no_reason_was_told(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    data = {"answer": "decline", "reason": DeclineReason.NOT_TOLD, "seen": referral.version}
    client.post(url("answer", referral), data)
    assert fresh(referral).status == S.VIEWED


def test_other_needs_words(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    response = client.post(url("answer", referral), {"answer": "decline", "reason": "other", "seen": referral.version})
    assert "「その他」のときは" in text_of(response)
    accepted = referrals.handed_off(centre, to=S.ACCEPTED)
    response = client.post(url("close", accepted), {"outcome": "other", "note": "  ", "seen": accepted.version})
    assert "「その他」のときは" in text_of(response)
    assert {fresh(referral).status, fresh(accepted).status} == {S.VIEWED, S.ACCEPTED}


def test_the_first_contact_is_recorded(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    client.post(url("contact", referral), {"seen": referral.version})
    assert fresh(referral).contacted_at is not None


@pytest.mark.parametrize("outcome", Outcome.values)
def test_closing_takes_any_outcome_and_shows_it(client, centre, counsellor, outcome):
    referral = referrals.handed_off(centre, to=S.CONTACTED)
    data = {"outcome": outcome, "note": "むすびのことば", "seen": referral.version}
    response = client.post(url("close", referral), data, follow=True)
    assert fresh(referral).outcome == outcome
    assert str(Outcome(outcome).label) in text_of(response)
    assert "むすびのことば" in text_of(response)


def test_nothing_closes_without_an_outcome(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.CONTACTED)
    response = client.post(url("close", referral), {"note": "書いたこと", "seen": referral.version})
    assert fresh(referral).status == S.CONTACTED
    assert "結果がないまま終えることはできません" in text_of(response)
    assert "書いたこと" in text_of(response)


def test_an_unopened_referral_cannot_be_answered(client, centre, counsellor):
    referral = referrals.handed_off(centre)
    response = client.post(url("answer", referral), {"answer": "accept", "seen": referral.version})
    assert "内容を開いて読んでから" in text_of(response)
    assert fresh(referral).status == S.SENT


# --- two people, two clicks, two windows -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "name", "data", "end"),
    [
        (S.VIEWED, "answer", {"answer": "accept"}, S.ACCEPTED),
        (S.VIEWED, "answer", {"answer": "decline", "reason": "full"}, S.DECLINED),
        (S.ACCEPTED, "contact", {}, S.CONTACTED),
        (S.CONTACTED, "close", {"outcome": "moved"}, S.CLOSED),
    ],
)
def test_a_double_click_is_done_once_and_is_no_error(client, centre, counsellor, start, name, data, end):
    referral = referrals.handed_off(centre, to=start)
    for _ in range(2):
        response = client.post(url(name, referral), {**data, "seen": referral.version}, follow=True)
        assert response.status_code == 200
        assert "できませんでした" not in text_of(response)
    assert referral.history.filter(to_status=end).count() == 1


def test_whoever_comes_second_is_told_who_was_first_and_keeps_what_they_typed(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    colleague = members.counsellor(centre)
    before = referral.version
    answering.note_first_contact(referral=fresh(referral), by=colleague, seen=before)
    data = {"outcome": "information_only", "note": "長い文章を書いた", "seen": before}
    response = client.post(url("close", referral), data)
    assert response.status_code == 409
    assert colleague.name in text_of(response)
    assert "長い文章を書いた" in text_of(response)
    assert fresh(referral).status == S.CONTACTED
    again = {**data, "seen": response.context["form"]["seen"].value()}
    client.post(url("close", referral), again)
    assert fresh(referral).outcome == "information_only"


def test_words_for_a_form_that_no_longer_stands_there_are_still_shown(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    colleague = members.counsellor(centre)
    answering.accept(referral=fresh(referral), by=colleague, seen=referral.version)
    data = {"answer": "decline", "reason": "full", "note": "手いっぱいです、と書いた", "seen": referral.version}
    response = client.post(url("answer", referral), data)
    assert colleague.name in text_of(response)
    assert "手いっぱいです、と書いた" in text_of(response)
    assert fresh(referral).status == S.ACCEPTED


def test_a_referral_that_expired_meanwhile_says_so_and_keeps_the_words(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED, **SECRETS)
    stopping.expire(referral=fresh(referral))
    data = {"answer": "decline", "reason": "full", "note": "おそくなりました", "seen": referral.version}
    response = client.post(url("answer", referral), data)
    assert "期限までに返事がなかった" in text_of(response)
    assert "おそくなりました" in text_of(response)
    assert says_nothing_personal(response)


@pytest.mark.parametrize("start", [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("open", {}),
        ("answer", {"answer": "accept"}),
        ("answer", {"answer": "decline", "reason": "full", "note": "x"}),
        ("contact", {}),
        ("close", {"outcome": "moved"}),
    ],
)
def test_after_a_withdrawal_an_open_window_says_so_whatever_is_clicked(client, centre, counsellor, start, name, data):
    referral = referrals.handed_off(centre, to=start, **SECRETS)
    withdraw(referral)
    response = client.post(url(name, referral), {**data, "seen": referral.version}, follow=True)
    assert "本人が同意をとりやめました" in text_of(response)
    assert "シュレッダーなどで破棄" in text_of(response)
    assert says_nothing_personal(response)
    assert fresh(referral).status == S.REVOKED


def test_a_withdrawn_referral_is_a_line_without_content(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED, **SECRETS)
    withdraw(referral)
    for tab in ("new", "done"):
        page = client.get(reverse("portal:queue"), {"tab": tab})
        assert referral.number in text_of(page), "the withdrawal is told on every tab"
        assert says_nothing_personal(page)
    assert "同意の撤回により閉じました" in text_of(page)


def test_an_old_withdrawal_leaves_the_top_of_the_queue(client, centre, counsellor):
    referrals.handed_off(centre, to=S.REVOKED)
    with clock.at(clock.now() + timedelta(days=15)):
        assert "同意をとりやめたつなぎ" not in text_of(client.get(reverse("portal:queue"), {"tab": "new"}))


def test_withdrawing_after_the_end_closes_the_packet_too(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.CLOSED, **SECRETS)
    assert NAME in text_of(client.get(url("packet", referral)))
    withdraw(referral)
    response = client.get(url("packet", referral), follow=True)
    assert "本人が同意をとりやめました" in text_of(response)
    assert says_nothing_personal(response)


# --- the second consent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.CONTACTED])
def test_it_is_said_clearly_when_the_result_must_not_be_told(client, centre, counsellor, status):
    silent = referrals.handed_off(centre, to=status, feedback=False)
    open_ = referrals.handed_off(centre, to=status)
    warning = "結果をフードバンクに知らせることに同意していません"
    assert warning in text_of(client.get(url("packet", silent)))
    assert warning not in text_of(client.get(url("packet", open_)))
