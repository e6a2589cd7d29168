"""A reply written down later than it came has the day on which it came."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError
from foundation.text.wording import moment
from referrals.handoff import replies, stopping
from referrals.models import Referral
from referrals.states import ReferralStatus as S
from tests.factories.cases import referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
SAID = {
    S.VIEWED: ({}, "viewed_at"),
    S.ACCEPTED: ({}, "answered_at"),
    S.DECLINED: ({"reason": "full"}, "answered_at"),
}


@pytest.fixture
def place():
    return town()


@pytest.mark.parametrize("to", SAID)
def test_is_that_of_the_reply_and_not_of_the_writing(place, to):
    sent = referral(place)
    said, when = SAID[to]
    with clock.at(clock.now() + timedelta(days=7)):
        day = clock.today() - timedelta(days=3)
        replies.record_reply(referral=sent, to=to, by=place.caseworker, seen=sent.version, replied_on=day, **said)
        now = Referral.objects.get(pk=sent.pk)
        assert clock.tokyo_date(getattr(now, when)) == day
        assert clock.tokyo_date(now.history.latest("pk").at) == clock.today()


def test_of_an_outcome_and_of_a_late_answer_too(place):
    held, late = referral(place, status=S.CONTACTED), referral(place, status=S.EXPIRED)
    with clock.at(clock.now() + timedelta(days=7)):
        day = clock.today() - timedelta(days=3)
        on = {"by": place.caseworker, "replied_on": day}
        replies.record_reply(referral=held, to=S.CLOSED, outcome="moved", seen=held.version, **on)
        replies.record_reply(referral=late, to=S.ACCEPTED, seen=late.version, **on)
        held, late = (Referral.objects.get(pk=one.pk) for one in (held, late))
        assert clock.tokyo_date(held.closed_at) == clock.tokyo_date(late.answered_at) == day


def test_is_neither_to_come_nor_before_it_was_sent(place):
    sent = referral(place)
    on = {"referral": sent, "to": S.ACCEPTED, "by": place.caseworker, "seen": sent.version}
    with pytest.raises(DomainError, match="今日よりあと"):
        replies.record_reply(**on, replied_on=clock.today() + timedelta(days=1))
    with pytest.raises(DomainError, match="つないだ日より前"):
        replies.record_reply(**on, replied_on=clock.today() - timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=7)):
        replies.record_reply(**on, replied_on=clock.tokyo_date(sent.sent_at))
    assert Referral.objects.get(pk=sent.pk).answered_at >= sent.sent_at


@pytest.mark.parametrize("to", SAID)
def test_of_the_day_of_sending_shows_no_time_that_nobody_wrote_down(place, to):
    """The database wants it after the sending; the clock's minute of that is nobody's reply."""
    sent = referral(place)
    said, when = SAID[to]
    day = clock.tokyo_date(sent.sent_at)
    with clock.at(clock.now() + timedelta(days=7)):
        replies.record_reply(referral=sent, to=to, by=place.caseworker, seen=sent.version, replied_on=day, **said)
        page = text(signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id])))
    now = Referral.objects.get(pk=sent.pk)
    assert clock.tokyo_date(getattr(now, when)) == day
    assert moment(getattr(now, when)) == f"{day.year}年{day.month}月{day.day}日"
    assert f"{day.year}年{day.month}月{day.day}日</dd>" in page


@pytest.mark.parametrize(("status", "to"), [(S.VIEWED, S.ACCEPTED), (S.ACCEPTED, S.CONTACTED), (S.CONTACTED, S.CLOSED)])
def test_never_lies_before_that_of_the_reply_before_it(place, status, to):
    with clock.at(clock.now() - timedelta(days=9)):
        sent = referral(place)
    for step, days in ((S.VIEWED, 6), (S.ACCEPTED, 5), (S.CONTACTED, 4), (S.CLOSED, 3)):
        day = clock.today() - timedelta(days=days)
        on = {"referral": sent, "to": step, "by": place.caseworker, "seen": sent.version, "outcome": "moved"}
        if step == to:
            with pytest.raises(DomainError, match="その前の返事の日"):
                replies.record_reply(**on, replied_on=day - timedelta(days=2))
            replies.record_reply(**on, replied_on=day - timedelta(days=1))
            break
        replies.record_reply(**on, replied_on=day)
    assert Referral.objects.get(pk=sent.pk).status == to


def test_of_a_late_answer_does_not_lie_before_the_centre_had_it(place):
    with clock.at(clock.now() - timedelta(days=9)):
        late = referral(place, status=S.VIEWED)
    stopping.expire(referral=late)
    on = {"referral": late, "to": S.ACCEPTED, "by": place.caseworker, "seen": late.version}
    with pytest.raises(DomainError):
        replies.record_reply(**on, replied_on=clock.today() - timedelta(days=10))
    replies.record_reply(**on, replied_on=clock.today() - timedelta(days=9))
    assert late.answered_at >= late.viewed_at


def test_is_asked_for_with_today_written_in_and_shown_without_a_time(place):
    sent = referral(place)
    desk = signed_in(place.caseworker)
    page = desk.get(reverse("desk:referral", args=[sent.public_id]))
    assert f'name="replied_on" value="{clock.today():%Y-%m-%d}"' in text(page)
    with clock.at(clock.now() + timedelta(days=7)):
        desk = signed_in(place.caseworker)
        day = clock.today() - timedelta(days=3)
        said = {"seen": sent.version, "to": "accepted", "replied_on": f"{day:%Y-%m-%d}"}
        page = text(desk.post(reverse("desk:referral_reply", args=[sent.public_id]), said, follow=True))
    assert f"{day.year}年{day.month}月{day.day}日</dd>" in page
    assert "00:00" not in page
    assert "23:59" not in page
