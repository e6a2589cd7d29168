"""Somebody was told that the centre can't help, and it can after all: the desk is asked to tell them so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import NotAllowed
from referrals.handoff import answering, replies, reply_corrections, retelling
from referrals.models import Referral
from tests.factories import members, referrals
from tests.factories.cases import fresh
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
TAB = {"tab": "to_tell_person"}


@pytest.fixture
def refused(reading):
    """Declined in the portal, and the person was told so."""
    sent = referrals.handed_off(to="declined")
    told = referrals.again(sent)
    worker = members.caseworker(told.case.desk)
    replies.follow_up(referral=told, note="本人に電話した", by=worker, seen=told.version)
    return referrals.again(sent)


@pytest.fixture
def worker(refused):
    return members.caseworker(refused.case.desk, "担当 一郎")


def take_back(refused) -> Referral:
    counsellor = members.counsellor(refused.centre)
    reply_corrections.correct_reply(referral=refused, why="別の方だった", by=counsellor, seen=refused.version)
    return referrals.again(refused)


def listed(client):
    return client.get(reverse("desk:queue"), TAB).context["page"].items


def test_the_case_waits_until_somebody_has_told_the_person(refused, worker):
    desk = signed_in(worker)
    assert listed(desk) == []
    now = take_back(refused)
    assert listed(desk) == [now.case]
    assert "本人に伝えなおすもの：1件" in text(desk.get(reverse("desk:queue")))
    case_page = text(desk.get(reverse("desk:case", args=[now.case.public_id])))
    assert "また続いています。本人に伝えなおしてください" in case_page
    address = reverse("desk:referral_tell_person", args=[now.public_id])
    for _click in range(2):
        assert desk.post(address, {"seen": now.version, "note": "引き受けると伝えた"}).status_code == 302
    assert listed(desk) == []
    shown = text(desk.get(reverse("desk:referral", args=[now.public_id])))
    assert shown.count("へのつなぎがまた続いていることを、本人に伝えました") == 1
    assert fresh(now.case).notes.count() == 2


def test_who_was_second_is_told_who_was_first_and_keeps_the_words(refused, worker):
    now = take_back(refused)
    address = reverse("desk:referral_tell_person", args=[now.public_id])
    assert signed_in(worker).post(address, {"seen": now.version, "note": "伝えた"}).status_code == 302
    other = signed_in(members.caseworker(now.case.desk, "担当 二郎"))
    page = other.post(address, {"seen": now.version, "note": "わたしも電話した"})
    assert page.status_code == 409
    assert "担当 一郎" in text(page)
    assert "わたしも電話した" in text(page)


def test_a_late_answer_after_it_was_taken_up_is_told_too(reading):
    sent = referrals.again(referrals.handed_off(to="expired"))
    worker = members.caseworker(sent.case.desk)
    replies.follow_up(referral=sent, note="返事がないと伝えた", by=worker, seen=sent.version)
    with clock.at(clock.now() + timedelta(hours=1)):
        late = referrals.again(sent)
        replies.record_reply(referral=late, to="accepted", by=worker, seen=late.version)
    assert Referral.objects.goes_on_after_all().get() == sent


def test_that_was_never_taken_up_asks_for_nothing(reading):
    sent = referrals.again(referrals.handed_off(to="declined"))
    now = take_back(sent)
    assert not Referral.objects.goes_on_after_all().exists()
    with pytest.raises(NotAllowed):
        retelling.record_person_told(referral=now, note="x", by=members.caseworker(now.case.desk), seen=now.version)


def test_that_is_declined_anew_comes_back_instead(refused, worker):
    now = take_back(refused)
    replies_by = members.counsellor(now.centre)
    answering.decline(referral=now, reason="full", by=replies_by, seen=now.version)
    assert not Referral.objects.goes_on_after_all().exists()
    assert Referral.objects.returned().get() == now
