"""The receipt, opened again within its hour, when things have moved on since: it promises no more than is so."""

import pytest
from django.urls import reverse

from outreach.application import cookies
from outreach.application.draft_seal import HandedIn
from referrals.desk import casework
from referrals.handoff import consents
from referrals.reasons import EndReason
from referrals.states import CaseStatus
from tests.factories import cases, members
from tests.referrals.person.private import hand_in, text_of

pytestmark = pytest.mark.django_db
TELLS, COMES, UNTIL = "あなたがえらんだ内容だけを伝えます", "届くまでに数日かかります", "届くまでに、食べるものが"


@pytest.fixture
def receipt(client, centre, monkeypatch):
    """The case of a browser that has just handed in, and how it reads its receipt."""
    case, secret = hand_in(consenting=centre, food_days="none")
    monkeypatch.setattr(cookies, "receipt_of", lambda request, mode: HandedIn(case.application, secret, ""))
    monkeypatch.setattr(cookies, "handed_in_before", lambda request, mode: None)

    def read():
        case.application.refresh_from_db()
        return text_of(client.get(reverse("apply:done")))

    return case, read


def test_at_first_it_says_what_comes_and_whom_the_desk_will_tell(receipt):
    _case, read = receipt
    shown = read()
    assert all(words in shown for words in (TELLS, COMES, UNTIL))
    assert "窓口が引き受けたら、窓口から連絡があります" in shown


def test_after_a_withdrawal_nobody_is_going_to_be_told(receipt, centre):
    case, read = receipt
    consents.withdraw_consent(case=cases.fresh(case), recipient=centre, channel="web")
    shown = read()
    assert TELLS not in shown
    assert COMES in shown


def test_once_it_was_declined_no_box_comes_and_nobody_is_told(receipt):
    case, read = receipt
    worker, found = members.caseworker(case.desk), cases.fresh(case)
    casework.end(
        case=found, to=CaseStatus.DECLINED, reason=EndReason.NO_STOCK, by=worker, seen=found.version,
        without_hand_off=True,
    )  # fmt: skip
    shown = read()
    assert not any(words in shown for words in (TELLS, COMES, UNTIL))
    assert "申込みのようすがかわりました" in shown


def test_once_the_box_has_arrived_none_is_said_to_come(receipt):
    case, read = receipt
    cases.advance(cases.fresh(case), CaseStatus.DELIVERED)
    assert not any(words in read() for words in (COMES, UNTIL))


def test_the_number_alone_is_not_said_to_open_the_page(receipt):
    _case, read = receipt
    shown = read()
    assert "受付番号だけでは開けません" in shown
    assert "アドレスとこの番号の両方" in shown
