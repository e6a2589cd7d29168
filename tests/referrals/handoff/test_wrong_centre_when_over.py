"""A referral that went to the wrong centre is stopped whatever that centre has answered, by a button of the desk."""

import pytest
from django.urls import reverse

from foundation.models import OutboxMessage
from referrals.handoff import consents, replies, sending
from referrals.handoff.notice_table import WRONG_CENTRE_NOTICE
from referrals.handoff.visibility import PacketFor, packet_for_centre
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import ReferralStatus as S
from reports import work
from reports.periods import Period
from tests.factories import members, referrals
from tests.factories.cases import fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
OVER = [S.CLOSED, S.DECLINED, S.EXPIRED]
LIVE = [S.SENT, S.VIEWED, S.ACCEPTED, S.CONTACTED, S.ON_HOLD]


@pytest.fixture
def place():
    return town()


def again(sent: Referral) -> Referral:
    return Referral.objects.select_related("case__person", "case__desk", "centre", "packet").get(pk=sent.pk)


def stop(sent: Referral, by, *, why: str = "町をまちがえた"):
    address = reverse("desk:referral_wrong_centre", args=[sent.public_id])
    return signed_in(by).post(address, {"seen": sent.version, "why": why}, follow=True)


@pytest.mark.parametrize("status", [*LIVE, *OVER])
@pytest.mark.parametrize("way", Way.values)
def test_stops_at_once_whatever_was_answered(place, way, status):
    sent = referral(place, status=status) if way == Way.TELEPHONE else referrals.handed_off(to=status)
    worker = members.caseworker(sent.case.desk)
    page = text(stop(sent, worker))
    assert "つなぎを止めました" in page
    assert "町をまちがえた" in page
    now = again(sent)
    assert now.status == S.ENTERED_IN_ERROR
    assert packet_for_centre(now) is PacketFor.NOT_MEANT
    assert (now.is_to_be_told, now.waits_for_desk) == (way == Way.TELEPHONE, False)
    told = OutboxMessage.objects.filter(subject=sent.public_id, kind=WRONG_CENTRE_NOTICE).count()
    assert told == (way == Way.PORTAL)
    day = sent.case.received_on
    assert sum(state.number for state in work.work(Period(day, day)).referrals) == 0
    assert now.packet.fields
    assert status == S.SENT or now.history.filter(to_status=status).exists(), "what was answered stays in the record"


@pytest.mark.parametrize("way", Way.values)
def test_what_was_followed_up_is_followed_up_no_more(place, way):
    sent = referral(place, status=S.DECLINED) if way == Way.TELEPHONE else referrals.handed_off(to=S.DECLINED)
    worker = members.caseworker(sent.case.desk)
    replies.follow_up(referral=sent, note="本人に伝えた", by=worker, seen=sent.version)
    assert "つなぎを止めました" in text(stop(again(sent), worker))
    now = again(sent)
    assert (now.status, now.followed_up_at, now.followed_up_by) == (S.ENTERED_IN_ERROR, None, None)


def test_a_centre_that_was_told_of_a_withdrawal_is_told_anew_of_the_mistake(place):
    sent = referral(place, status=S.CLOSED)
    consents.withdraw_consent(case=fresh(sent.case), recipient=sent.centre, channel="web")
    replies.record_told(referral=again(sent), note="担当の方に伝えた", by=place.caseworker, seen=sent.version)
    assert not again(sent).is_to_be_told
    stop(again(sent), place.caseworker)
    now = again(sent)
    assert now.is_to_be_told
    assert (now.withdrawn_at, now.told_at, now.told_by) == (None, None, None)


def test_the_page_asks_for_the_reason_and_keeps_the_referral(place):
    sent = referral(place, status=S.ACCEPTED)
    assert "どこがまちがいだったかを書いてください" in text(stop(sent, place.caseworker, why=" "))
    assert again(sent).status == S.ACCEPTED


def test_a_second_click_does_no_harm(place):
    sent = referral(place, status=S.DECLINED)
    assert "つなぎを止めました" in text(stop(sent, place.caseworker))
    assert "つなぎを止めました" in text(stop(sent, place.caseworker))
    assert again(sent).history.filter(to_status=S.ENTERED_IN_ERROR).count() == 1


def test_what_was_stopped_has_no_button_to_stop_it(place):
    sent = referral(place, status=S.ENTERED_IN_ERROR)
    page = signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id]))
    assert "つなぎ先をまちがえたとき" not in text(page)


def test_a_centre_that_was_told_of_a_withdrawal_is_told_of_the_mistake_too(place):
    sent = referral(place, status=S.CLOSED)
    consents.withdraw_consent(case=fresh(sent.case), recipient=place.centre, channel="web")
    replies.record_told(referral=again(sent), note="電話した", by=place.caseworker, seen=sent.version)
    sent = again(sent)
    stop(sent, place.caseworker)
    assert again(sent).is_to_be_told
    assert "つなぎ先のまちがいです" in str(again(sent).to_tell_centre)


def test_the_case_goes_to_the_right_centre_straight_away(place):
    sent = referral(place, status=S.DECLINED)
    stop(sent, place.caseworker)
    found = fresh(sent.case)
    sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)
    assert found.referrals.live().count() == 1
