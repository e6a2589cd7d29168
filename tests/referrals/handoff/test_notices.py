"""What leaves the house: portal entries and mails."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from foundation import access, clock
from foundation.models import OutboxMessage
from foundation.work import outbox
from referrals.handoff import centre_notices, consents, desk_notices, notice_table, sending
from referrals.models import PortalEntry, Referral
from referrals.states import ReferralStatus
from tests.factories import applications, members, referrals

S = ReferralStatus
pytestmark = pytest.mark.django_db


def sent(centre=None, **answers):
    """A referral whose outbox rows still wait."""
    with access.scope(actor="test", purpose="sending"):
        centre = centre or referrals.portal_centre()
        case = referrals.consented_case(centre, **answers)
        worker = members.caseworker(case.desk)
        return sending.send(case=case, centre=centre, way="portal", by=worker, seen=case.version)


def withdraw(referral):
    with access.scope(actor="test", purpose="withdrawing"):
        consents.withdraw_consent(case=referral.case, recipient=referral.centre, channel="web")


def mails_to(organisation):
    return [message for message in mail.outbox if message.to == [organisation.email]]


def test_a_sent_referral_arrives_in_the_portal_and_its_centre_is_told():
    referral = sent()
    assert not PortalEntry.objects.exists()
    referrals.deliver_outbox()
    assert PortalEntry.objects.get().referral == referral
    (message,) = mails_to(referral.centre)
    assert "新しいつなぎ" in message.subject
    assert "/portal/" in message.body


def test_delivering_again_and_again_makes_one_portal_entry():
    referral = sent()
    for _ in range(3):
        centre_notices.deliver_to_portal(referral.public_id, 1)
    assert PortalEntry.objects.count() == 1


def test_the_table_itself_refuses_a_second_entry():
    referral = sent()
    PortalEntry.objects.create(referral=referral, delivered_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        PortalEntry.objects.create(referral=referral, delivered_at=clock.now())


def test_a_repeated_mail_carries_the_same_message_id():
    referral = sent()
    row = OutboxMessage.objects.get(kind=notice_table.CENTRE_NOTICE)
    for _ in range(2):
        centre_notices.notify_centre(referral.public_id, row.pk)
    first, second = mails_to(referral.centre)
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert re.fullmatch(r"<outbox-\d+@[\w.-]+>", first.message()["Message-ID"])


def test_a_mail_server_that_fails_is_tried_again_and_keeps_no_portal_entry_waiting(monkeypatch):
    def unreachable(*args, **kwargs):
        raise ConnectionRefusedError

    referral = sent()
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", unreachable)
    referrals.deliver_outbox()
    assert PortalEntry.objects.filter(referral=referral).exists()
    waiting = OutboxMessage.objects.get(kind=notice_table.CENTRE_NOTICE)
    assert (waiting.done_at, waiting.last_error) == (None, "ConnectionRefusedError")
    monkeypatch.undo()
    with clock.at(waiting.run_at):
        assert outbox.deliver(waiting.pk)
    assert len(mails_to(referral.centre)) == 1


def test_no_transaction_is_open_while_a_mail_server_is_talked_to():
    """A slow mail server under SQLite's one write lock would keep receipts waiting."""
    kinds = [
        notice_table.CENTRE_NOTICE, notice_table.ANSWER_NOTICE,
        notice_table.REVOKED_NOTICE, notice_table.TELLING_NOTICE, notice_table.WRONG_CENTRE_NOTICE,
        notice_table.NARROWED_NOTICE,
        desk_notices.DESK_NOTICE, desk_notices.ADDENDUM_NOTICE,
    ]  # fmt: skip
    assert not any(outbox._handlers[kind].atomic for kind in kinds)
    assert outbox._handlers[notice_table.PORTAL_ENTRY].atomic


def test_a_centre_that_never_confirmed_its_address_gets_no_mail():
    centre = referrals.portal_centre(email="typed@example.org", email_confirmed_on=None)
    sent(centre)
    referrals.deliver_outbox()
    assert not mails_to(centre)


def test_a_referral_withdrawn_before_it_arrived_never_arrives_and_nobody_is_told_of_it():
    referral = sent()
    withdraw(referral)
    referrals.deliver_outbox()
    assert not PortalEntry.objects.exists()
    assert not mails_to(referral.centre)


def test_the_centre_is_told_that_a_consent_was_withdrawn_and_what_to_do():
    referral = sent()
    referrals.deliver_outbox()
    mail.outbox.clear()
    withdraw(referral)
    referrals.deliver_outbox()
    (message,) = mails_to(referral.centre)
    assert "とりやめ" in message.subject
    assert "破棄" in message.body


@pytest.mark.parametrize("status", [S.ACCEPTED, S.DECLINED, S.CONTACTED, S.CLOSED, S.EXPIRED])
def test_the_desk_is_told_that_something_moved_but_not_what(status):
    desk = applications.desk_in(email="desk@example.org", email_confirmed_on="2026-04-01")
    referral = referrals.handed_off(to=status)
    mail.outbox.clear()
    referrals.deliver_outbox()
    messages = mails_to(desk)
    assert messages
    for message in messages:
        assert "動きがありました" in message.subject
        assert str(Referral.objects.get(pk=referral.pk).get_status_display()) not in message.body


def test_mails_are_in_japanese_whatever_the_worker_speaks(settings):
    settings.LANGUAGE_CODE = "en"
    referral = sent()
    referrals.deliver_outbox()
    (message,) = mails_to(referral.centre)
    assert message.subject.startswith("【つなぐ】新しいつなぎ")
