"""A hand-off of which, as agreed, nothing is told back: it has an end that says so, to everybody who reads of it."""

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError
from referrals.handoff import consents, replies, reply_corrections
from referrals.models import Referral
from referrals.person import standing
from referrals.states import ReferralStatus as S
from reports import work
from reports.periods import Period
from tests.factories import members, referrals
from tests.factories.cases import consent, fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


def untold(place, status) -> Referral:
    return referral(place, status=status, hear_result=False)


def offered(place, sent) -> bool:
    page = signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id]))
    return 'value="handed_over"' in text(page)


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.EXPIRED])
def test_the_desk_ends_it_when_the_centre_has_it_or_the_day_is_over(place, status):
    sent = untold(place, status)
    desk = signed_in(place.caseworker)
    assert offered(place, sent)
    said = {"to": S.HANDED_OVER, "seen": sent.version}
    page = text(desk.post(reverse("desk:referral_reply", args=[sent.public_id]), said, follow=True))
    assert "引きつぎ済み（結果は聞かない約束）" in page
    assert "引きついで、つなぎを終えました" in page
    sent = referrals.again(sent)
    assert (sent.status, sent.is_live, sent.outcome) == (S.HANDED_OVER, False, "")
    assert sent.viewed_at is not None
    for tab in ("awaiting", "returned"):
        assert desk.get(reverse("desk:queue"), {"tab": tab}).context["page"].items == []


def test_a_double_click_is_no_error(place):
    sent, desk = untold(place, S.ACCEPTED), signed_in(place.caseworker)
    said = {"to": S.HANDED_OVER, "seen": sent.version}
    pages = [text(desk.post(reverse("desk:referral_reply", args=[sent.public_id]), said, follow=True)) for _ in "12"]
    assert [page.count("返事を記録しました。") for page in pages] == [1, 1]


def test_nobody_says_so_before_anything_says_that_the_centre_has_it(place):
    assert not offered(place, untold(place, S.SENT))


def test_where_the_result_may_be_heard_the_centre_is_asked_instead(place):
    sent = referral(place, status=S.ACCEPTED)
    assert not offered(place, sent)
    with pytest.raises(DomainError, match="結果を聞くことに同意しています"):
        replies.record_reply(referral=sent, to=S.HANDED_OVER, by=place.caseworker, seen=sent.version)


@pytest.mark.parametrize("status", [S.ACCEPTED, S.EXPIRED])
def test_in_the_portal_the_centre_ends_it_itself(status):
    sent = referrals.handed_off(to=status, feedback=False)
    worker = members.caseworker(sent.case.desk)
    page = text(signed_in(worker).get(reverse("desk:referral", args=[sent.public_id])))
    assert 'value="handed_over"' not in page
    with pytest.raises(DomainError):
        replies.record_reply(referral=sent, to=S.HANDED_OVER, by=worker, seen=sent.version)


def test_the_person_reads_that_the_centre_has_it_and_whom_to_call(place):
    sent = untold(place, S.HANDED_OVER)
    words = standing.of_referral(sent)
    assert "窓口に引きつぎました" in str(words.now)
    assert "フードバンクには伝わりません" in str(words.then)


def test_it_is_counted_as_handed_over_and_as_no_result(place):
    untold(place, S.HANDED_OVER)
    today = clock.today()
    numbers = {state.code: state.number for state in work.work(Period(today, today)).referrals}
    assert {code: number for code, number in numbers.items() if number} == {"handed_over": 1}


def test_a_withdrawal_reaches_what_the_centre_holds(place):
    sent = untold(place, S.HANDED_OVER)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    sent = referrals.again(sent)
    assert (sent.status, sent.is_to_be_told) == (S.HANDED_OVER, True)
    assert "紙を破棄するように" in str(sent.to_tell_centre)


def test_pressed_in_error_it_goes_back_and_lives_on(place):
    sent = untold(place, S.HANDED_OVER)
    reply_corrections.correct_reply(referral=sent, why="押しまちがえた", by=place.caseworker, seen=sent.version)
    assert referrals.again(sent).status == S.VIEWED


def test_what_was_taken_up_before_stays_in_its_history(place):
    sent = untold(place, S.EXPIRED)
    replies.follow_up(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    sent = referrals.again(sent)
    replies.record_reply(referral=sent, to=S.HANDED_OVER, by=place.caseworker, seen=sent.version)
    page = text(signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id])))
    assert "戻ってきたつなぎ（見本の相談窓口）に対応しました" in page


def test_not_after_the_person_withdrew(place):
    sent = untold(place, S.EXPIRED)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    sent = referrals.again(sent)
    with pytest.raises(DomainError):
        replies.record_reply(referral=sent, to=S.HANDED_OVER, by=place.caseworker, seen=sent.version)


def test_a_consent_to_the_result_that_comes_later_lets_it_be_written_down(place):
    sent = untold(place, S.HANDED_OVER)
    consent(fresh(sent.case), place.centre, by=place.caseworker, hear_result=True)
    reply_corrections.correct_reply(
        referral=sent, why="結果を聞けることになった", by=place.caseworker, seen=sent.version
    )
    replies.record_reply(referral=sent, to=S.ACCEPTED, by=place.caseworker, seen=sent.version)
    replies.record_reply(referral=sent, to=S.CLOSED, outcome="first_interview", by=place.caseworker, seen=sent.version)
    assert referrals.again(sent).outcome == "first_interview"


@pytest.mark.parametrize(
    ("status", "told"), [(S.SENT, False), (S.ACCEPTED, False), (S.ACCEPTED, True), (S.CONTACTED, True)]
)
def test_the_desk_is_reminded_to_end_what_nobody_will_tell_of(place, status, told):
    sent = referral(place, status=status, hear_result=told)
    waits = status == S.ACCEPTED and not told
    desk = signed_in(place.caseworker)
    case_page = reverse("desk:case", args=[sent.case.public_id])

    def reminded() -> tuple[bool, bool]:
        listed = desk.get(reverse("desk:queue"), {"tab": "to_hand_over"}).context["page"].items
        return sent.case in listed, "「引きつぎ済み」を記録して" in text(desk.get(case_page))

    assert reminded() == (waits, waits)
    if waits:
        replies.record_reply(referral=sent, to=S.HANDED_OVER, by=place.caseworker, seen=sent.version)
        assert reminded() == (False, False)
