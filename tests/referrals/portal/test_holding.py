"""What a counsellor puts aside, goes on with, or takes back in the portal."""

from datetime import timedelta

import pytest

from foundation import clock
from referrals.handoff import answering, replies
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.referrals.desk_pages import signed_in
from tests.referrals.portal.portal_pages import SECRETS, fresh, says_nothing_personal, text_of, url, withdraw

S = ReferralStatus
pytestmark = pytest.mark.django_db
WHY = "入院中なので待つ"
IN_ERROR = "別の方の返事だった"


def in_days(days: int) -> str:
    return f"{clock.today() + timedelta(days=days):%Y-%m-%d}"


def held(referral, **said):
    return {"seen": referral.version, "until": in_days(9), "why": WHY, **said}


@pytest.mark.parametrize(("said", "words"), [({"until": ""}, "日を入れて"), ({"until": in_days(0)}, "明日より"),
                                             ({"until": "2"}, "日付として読めません"), ({"until": in_days(400)}, "1年"),
                                             ({"why": " "}, "保留にする理由を書いて")])  # fmt: skip
def test_a_hold_needs_a_day_to_come_and_a_reason_and_keeps_what_was_typed(client, centre, counsellor, said, words):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    page = text_of(client.post(url("hold", referral), held(referral, **said)))
    assert fresh(referral).status == S.ACCEPTED
    assert words in page
    assert WHY in page or "why" in said


def test_each_is_done_once_by_two_clicks(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.CONTACTED)
    for name, said, done in (
        ("hold", {"until": in_days(9), "why": WHY}, "保留にしました"),
        ("resume", {}, "つづけることを記録しました"),
        ("take_back", {"why": IN_ERROR}, "返事の記録を取り消しました"),
    ):
        seen, before = fresh(referral).version, referral.history.count()
        for _ in range(2):
            page = client.post(url(name, referral), {"seen": seen, **said}, follow=True)
            assert page.status_code == 200
            assert done in text_of(page)
        assert referral.history.count() == before + 1
    assert fresh(referral).status == S.ACCEPTED


def test_the_second_of_two_is_told_who_was_first_and_keeps_the_words(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    colleague = members.counsellor(centre, "相談 二郎")
    answering.note_first_contact(referral=fresh(referral), by=colleague, seen=referral.version)
    response = client.post(url("hold", referral), held(referral))
    assert response.status_code == 409
    assert "相談 二郎が" in text_of(response)
    assert "書いたものは残っています" in text_of(response)
    assert response.context["hold_form"]["why"].value() == WHY
    again = held(referral, seen=response.context["hold_form"]["seen"].value())
    client.post(url("hold", referral), again)
    assert fresh(referral).status == S.ON_HOLD


def test_words_for_a_hold_that_cannot_be_any_more_are_shown(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.ACCEPTED)
    withdraw(referral)
    page = text_of(client.post(url("hold", referral), held(referral)))
    assert "本人が同意をとりやめました" in page
    assert WHY in page
    assert says_nothing_personal(client.get(url("packet", referral), follow=True))


def test_a_refusal_taken_back_opens_the_packet_again(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.DECLINED, **SECRETS)
    assert "最後の返事を取り消す" in text_of(client.get(url("cover", referral)))
    page = client.post(url("take_back", referral), {"seen": referral.version, "why": " "})
    assert "どこがまちがいだったかを書いてください" in text_of(page)
    assert says_nothing_personal(page)
    page = client.post(url("take_back", referral), {"seen": referral.version, "why": IN_ERROR}, follow=True)
    assert fresh(referral).status == S.VIEWED
    assert "返事をする" in text_of(page)


@pytest.mark.parametrize("status", [S.DECLINED, S.CLOSED])
def test_nothing_is_taken_back_after_a_withdrawal(client, centre, counsellor, status):
    referral = referrals.handed_off(centre, to=status)
    withdraw(referral)
    assert "最後の返事を取り消す" not in text_of(client.get(url("cover", referral)))
    seen = fresh(referral).version
    client.post(url("take_back", referral), {"seen": seen, "why": IN_ERROR})
    assert fresh(referral).status == status


def test_what_the_desk_wrote_down_late_is_the_desks_to_take_back(client, centre, counsellor):
    referral = referrals.handed_off(centre, to=S.VIEWED)
    referrals.stopping.expire(referral=fresh(referral))
    worker = members.caseworker(referral.case.desk)
    late = fresh(referral)
    replies.record_reply(referral=late, to=S.ACCEPTED, by=worker, seen=late.version)
    assert "最後の返事を取り消す" not in text_of(client.get(url("packet", referral)))
    page = signed_in(worker).get(f"/desk/referrals/{referral.public_id}/")
    assert "最後の返事を取り消す" in text_of(page)
    answering.note_first_contact(referral=fresh(referral), by=counsellor, seen=fresh(referral).version)
    assert "最後の返事を取り消す" in text_of(client.get(url("packet", referral))), "this one is the centre's own"


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ON_HOLD])
def test_where_nothing_was_answered_there_is_nothing_to_take_back(client, centre, counsellor, status):
    referral = referrals.handed_off(centre, to=status)
    page = client.get(url("packet", referral), follow=True)
    assert "最後の返事を取り消す" not in text_of(page)
    assert ("つづける</button>" in text_of(page)) == (status == S.ON_HOLD)
