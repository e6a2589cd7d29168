"""A withdrawal, or a consent to less, recorded in error after a referral was over: nobody is lost between two lists."""

import pytest
from django.core import mail
from django.urls import reverse

from foundation.errors import Conflict
from referrals.desk.queue import TABS, cases_in
from referrals.handoff import consents, replies, sending, voiding
from referrals.models import Referral
from referrals.states import ReferralStatus as S
from tests.factories import referrals
from tests.factories.cases import ALL_FIELDS, case, consent, fresh, referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
LISTS = {tab.key: tab for tab in TABS}
STILL_CLOSED = "閉じたままです"


@pytest.fixture
def place():
    return town()


def withdraw(sent, place):
    consents.withdraw_consent(
        case=fresh(sent.case), recipient=sent.centre, channel="telephone", by=place.caseworker
    )  # fmt: skip


def agree_to_less(sent, place):
    consent(fresh(sent.case), sent.centre, by=place.caseworker, channel="telephone", fields=["name", "reach"])


def void(found, place, *, which=0):
    found = fresh(found)
    number = voiding.entries(found)[which][0]
    voiding.void(case=found, number=number, why="別の方", by=place.caseworker, seen=consents.length(found.person))


def tell(sent, place, note="電話した"):
    sent = referrals.again(sent)
    replies.record_told(referral=sent, note=note, by=place.caseworker, seen=sent.version)


def stands_in(key, found, place) -> bool:
    return cases_in(LISTS[key], place.caseworker).filter(pk=found.pk).exists()


@pytest.mark.parametrize("status", [S.CLOSED, S.HANDED_OVER])
@pytest.mark.parametrize("mistake", [withdraw, agree_to_less])
@pytest.mark.parametrize("told_before", [True, False])
def test_who_was_with_the_centre_waits_and_the_centre_is_told(place, status, mistake, told_before):
    sent = referral(place, status=S.ACCEPTED if status == S.HANDED_OVER else status, hear_result=status == S.CLOSED)
    if status == S.HANDED_OVER:
        replies.record_reply(referral=sent, to=status, by=place.caseworker, seen=sent.version)
    mistake(sent, place)
    if told_before:
        tell(sent, place)
    void(sent.case, place)
    sent = referrals.again(sent)
    assert (sent.status, sent.is_to_be_told) == (status, True)
    assert "記録に、まちがいがありました" in str(sent.to_tell_centre)
    assert stands_in("to_hand_on", sent.case, place)
    assert stands_in("to_tell", sent.case, place)
    desk = signed_in(place.caseworker)
    page = text(desk.get(reverse("desk:case", args=[sent.case.public_id])))
    assert page.count(STILL_CLOSED) == 2, "as the next step, and beside the referral"
    page = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert STILL_CLOSED in page
    assert "記録のまちがいを窓口に伝える" in page
    for untrue in ("本人が同意をとりやめたので", "へらして同意しなおしたので"):
        assert untrue not in page
    if told_before:
        assert sent.history.filter(reason__in=["told", "told_of_less"], by=place.caseworker).exists()
    tell(sent, place, note="まちがいだったと電話した")
    assert not stands_in("to_tell", sent.case, place)
    assert stands_in("to_hand_on", sent.case, place)
    page = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert "記録のまちがいだったことを伝えました" in page
    found = fresh(sent.case)
    sending.send(case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version)
    assert not stands_in("to_hand_on", sent.case, place)


@pytest.mark.parametrize("status", [S.DECLINED, S.EXPIRED])
def test_what_had_come_back_is_with_the_desk_as_before(place, status):
    sent = referral(place, status=status)
    withdraw(sent, place)
    void(sent.case, place)
    assert stands_in("returned", sent.case, place)
    assert not stands_in("to_hand_on", sent.case, place)


def test_a_consent_to_less_that_still_stands_goes_on_to_close(place):
    sent = referral(place, status=S.CLOSED)
    agree_to_less(sent, place)
    consent(fresh(sent.case), place.centre, by=place.caseworker, fields=["name", "reach"], hear_result=False)
    void(sent.case, place, which=1)
    sent = referrals.again(sent)
    assert (sent.narrowed, sent.mistake) == (True, "")


def test_who_tells_the_centre_that_the_person_withdrew_hears_that_it_was_none(place):
    sent = referral(place, status=S.CLOSED)
    withdraw(sent, place)
    before = referrals.again(sent)
    void(sent.case, place)
    with pytest.raises(Conflict, match="記録のまちがいの取り消し"):
        replies.record_told(referral=before, note="電話した", by=place.caseworker, seen=before.version)
    assert referrals.again(sent).is_to_be_told


@pytest.mark.parametrize("mistake", [withdraw, agree_to_less])
def test_a_centre_that_was_mailed_is_mailed_that_nobody_withdrew(mistake):
    place = town(uses_portal=True, email="centre@example.org", email_confirmed_on="2026-04-01")
    sent = referral(place, way="portal")
    referrals.deliver_outbox()
    referrals.move_on(sent, to=S.CLOSED, by=place.counsellor)
    mistake(sent, place)
    referrals.deliver_outbox()
    mail.outbox.clear()
    void(sent.case, place)
    referrals.deliver_outbox()
    [message] = [one for one in mail.outbox if one.to == ["centre@example.org"]]
    assert "本人が同意をとりやめたのではありません" in message.body
    assert sent.number not in message.body
    assert stands_in("to_hand_on", sent.case, place)
    portal = text(signed_in(place.counsellor).get(reverse("portal:queue")))
    assert "本人が同意をとりやめたのではありません" in portal


def test_an_older_consent_is_called_no_new_one(place):
    first = consents_of_two(place)
    page = text(signed_in(place.caseworker).get(reverse("desk:case", args=[first.case.public_id])))
    assert "新しい同意があります" not in page
    assert "前からの同意では、まだ、つないでいません" in page


def consents_of_two(place) -> Referral:
    """A referral on the second of two consents, which was recorded in error."""
    found = case(by=place.caseworker)
    consent(found, place.centre, by=place.caseworker, channel="telephone", fields=["name", "reach"])
    consent(fresh(found), place.centre, by=place.caseworker, channel="telephone", fields=ALL_FIELDS)
    now = fresh(found)
    sent = sending.send(case=now, centre=place.centre, way="telephone", by=place.caseworker, seen=now.version)
    void(found, place)
    return referrals.again(sent)
