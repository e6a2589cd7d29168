"""The portal's banner names every referral that was closed to the centre, whose mail says that it does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import access, clock
from referrals.handoff import stopping
from referrals.portal import queue
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.referrals.portal.portal_pages import fresh, text_of, withdraw

S = ReferralStatus
pytestmark = pytest.mark.django_db


def mistake(referral):
    with access.scope(actor="test", purpose="test"):
        worker = members.caseworker(referral.case.desk)
        stopping.mark_wrong_centre(referral=fresh(referral), why="町", by=worker, seen=fresh(referral).version)


def page(client, *, tab="done"):
    return text_of(client.get(reverse("portal:queue"), {"tab": tab}))


def banner(shown: str) -> str:
    return shown.partition("内容を閉じたつなぎがあります")[2].partition("</section>")[0]


@pytest.mark.parametrize("status", [S.SENT, S.VIEWED, S.ACCEPTED, S.CLOSED, S.DECLINED, S.EXPIRED])
def test_one_that_was_not_meant_for_the_centre_stands_in_it(client, centre, counsellor, status):
    referral = referrals.handed_off(centre, to=status)
    mistake(referral)
    for tab in ("new", "done"):
        shown = banner(page(client, tab=tab))
        assert referral.number in shown
        assert "つなぎ先のまちがいにより閉じました" in shown
        assert "同意の撤回" not in shown


def test_all_stand_there_by_the_moment_they_were_closed(client, centre, counsellor):
    first, second, third = (referrals.handed_off(centre, to=S.CLOSED) for _ in range(3))
    now = clock.now()
    for day, close, referral in ((1, withdraw, second), (2, mistake, third), (3, withdraw, first)):
        with clock.at(now + timedelta(days=day)):
            close(referral)
    with clock.at(now + timedelta(days=4)):
        shown = banner(page(client))
    assert sorted((first, second, third), key=lambda one: shown.index(one.number)) == [first, third, second]
    assert shown.count("本人への連絡はしないでください") == 3


def test_one_of_another_centre_is_not_there(client, centre, counsellor):
    other = referrals.handed_off(referrals.portal_centre("012033"), place_code="012033")
    mistake(other)
    assert other.number not in page(client)


@pytest.mark.parametrize(
    ("close", "words"), [(withdraw, "同意の撤回により閉じました"), (mistake, "つなぎ先のまちがい")]
)
def test_after_a_fortnight_the_list_still_says_that_it_was_closed(client, centre, counsellor, close, words):
    referral = referrals.handed_off(centre, to=S.CLOSED)
    close(referral)
    with clock.at(clock.now() + timedelta(days=15)):
        shown = page(client)
    assert banner(shown) == ""
    assert referral.number in shown
    assert words in shown
    assert "結果あり" not in shown


def test_when_there_are_more_than_are_shown_that_is_said(client, centre, counsellor, monkeypatch):
    monkeypatch.setattr(queue, "CLOSED_SHOWN", 2)
    for close in (withdraw, withdraw):
        close(referrals.handed_off(centre, to=S.CLOSED))
    assert "ほかに" not in banner(page(client))
    for close in (mistake, withdraw):
        close(referrals.handed_off(centre, to=S.CLOSED))
    shown = banner(page(client))
    assert shown.count("<li>") == 2
    assert "ほかに2件あります" in shown
