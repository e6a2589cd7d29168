"""Stopped before the paper was given to the centre: nobody has to be told, but whoever may know is asked."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import Conflict, DomainError
from referrals.handoff import consents, replies, stopping, voiding
from referrals.models import CaseNote, Referral
from referrals.person import standing
from referrals.states import ReferralStatus as S
from tests.factories import members, referrals
from tests.factories.cases import consent, fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
ASKED = "紙は、もう窓口に渡していましたか"


@pytest.fixture
def place():
    return town()


def stopped(place, status=S.SENT, *, how="withdrawn") -> Referral:
    sent = referral(place, status=status)
    if how == "withdrawn":
        consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    elif how == "narrowed":
        consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"])
    else:
        stopping.mark_wrong_centre(referral=sent, why="町をまちがえた", by=place.caseworker, seen=sent.version)
    return referrals.again(sent)


def page_of(place, sent) -> str:
    return text(signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id])))


def record(place, sent, **typed):
    address = reverse("desk:referral_told", args=[sent.public_id])
    return signed_in(place.caseworker).post(address, {"seen": sent.version, **typed}, follow=True)


@pytest.mark.parametrize(
    ("status", "how"),
    [(S.SENT, "withdrawn"), (S.SENT, "wrong centre"), (S.EXPIRED, "withdrawn"), (S.EXPIRED, "narrowed")],
)
def test_nobody_is_told_of_what_never_left_and_everybody_reads_so(place, status, how):
    sent = stopped(place, status, how=how)
    assert ASKED in page_of(place, sent)
    assert "渡したかを、たしかめてください" in str(sent.to_tell_centre)
    assert "渡していないかを、たしかめています" in str(standing.of_referral(sent).then)
    assert "選んでください" in text(record(place, sent, note="破棄した"))
    answer = record(place, sent, had_left="no", note="シュレッダーにかけた")
    assert "紙を破棄したことを記録しました" in text(answer)
    assert "こちらで破棄しました" in text(answer)
    assert "を伝えました" not in text(answer)
    sent = referrals.again(sent)
    assert (sent.is_to_be_told, sent.never_left) == (False, True)
    assert "何も渡していませんでした" in str(standing.of_referral(sent).then)
    assert CaseNote.objects.get().text == "シュレッダーにかけた"


def test_what_had_left_is_told_as_ever(place):
    sent = stopped(place)
    assert "窓口に伝えたことを記録しました" in text(record(place, sent, had_left="yes", note="電話した"))
    assert "窓口に、連絡をやめて" in str(standing.of_referral(referrals.again(sent)).then)


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.DECLINED])
def test_nobody_is_asked_where_the_centre_has_said_that_it_has_it(place, status):
    sent = stopped(place, status)
    assert ASKED not in page_of(place, sent)
    assert "電話して" in str(sent.to_tell_centre)
    with pytest.raises(DomainError):
        replies.record_told(referral=sent, note="x", by=place.caseworker, seen=sent.version, had_left=False)


def test_clicked_twice_it_is_done_once_and_a_colleague_is_told(place):
    sent = stopped(place)
    for _ in range(2):
        assert "紙を破棄したことを記録しました" in text(record(place, sent, had_left="no", note="破棄した"))
    other = members.caseworker(place.desk, "担当 二郎")
    with pytest.raises(Conflict, match="渡す前に紙を破棄"):
        replies.record_told(referral=sent, note="電話した", by=other, seen=sent.version)


def test_a_later_withdrawal_finds_nothing_at_the_centre(place):
    sent = stopped(place, S.EXPIRED, how="narrowed")
    replies.record_told(referral=sent, note="破棄した", by=place.caseworker, seen=sent.version, had_left=False)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    assert not referrals.again(sent).is_to_be_told


def test_nor_one_after_a_withdrawal_that_was_recorded_in_error(place):
    sent = referral(place)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="telephone", by=place.caseworker)
    sent = referrals.again(sent)
    replies.record_told(referral=sent, note="破棄した", by=place.caseworker, seen=sent.version, had_left=False)
    found = fresh(sent.case)
    number, seen = voiding.entries(found)[0][0], consents.length(found.person)
    voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=seen)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    sent = referrals.again(sent)
    assert (sent.is_to_be_told, sent.never_left) == (False, True)


def test_a_centre_that_answers_after_all_had_it(place):
    """It was said that the paper never left; the answer shows that it did, so that the centre has to be told."""
    sent = stopped(place, S.EXPIRED)
    replies.record_told(referral=sent, note="破棄した", by=place.caseworker, seen=sent.version, had_left=False)
    sent = referrals.again(sent)
    said = {"to": S.DECLINED, "reason": "full", "by": place.caseworker, "seen": sent.version}
    replies.record_reply(referral=sent, **said)
    sent = referrals.again(sent)
    assert (sent.never_left, sent.is_to_be_told) == (False, True)
    assert "渡す前だったので" in page_of(place, sent)


def test_the_table_guards_it(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral(place).pk).update(never_left=True)


def test_the_person_isnt_told_as_a_fact_that_a_wrong_centre_got_what_it_may_not_have(place):
    sent = stopped(place, how="wrong centre")
    assert str(standing.of_referral(sent).now) == "つなぐ窓口をまちがえたので、止めました。"
    replies.record_told(referral=sent, note="捨てた", by=place.caseworker, seen=sent.version, had_left=False)
    told = standing.of_referral(referrals.again(sent))
    assert str(told.now) == "つなぐ窓口をまちがえたので、止めました。"
    assert "何も渡していませんでした" in str(told.then)
    arrived = referral(place, status=S.VIEWED)
    stopping.mark_wrong_centre(referral=arrived, why="町", by=place.caseworker, seen=arrived.version)
    assert "ちがう窓口に伝えてしまった" in str(standing.of_referral(referrals.again(arrived)).now)


@pytest.mark.parametrize(
    ("status", "says"), [(S.SENT, "紙をもう渡したかをたしかめ"), (S.VIEWED, "渡した紙を破棄するように、電話で")]
)
def test_before_a_wrong_centre_is_stopped_the_page_says_what_is_to_be_done_about_its_paper(place, status, says):
    page = page_of(place, referral(place, status=status))
    assert says in page
    assert "内容を開けなくなり" not in page
