"""Invariant 9: deliveries are at-least-once with one effect: one portal entry per referral ever; a mail may repeat,
with the same Message-ID. That the outbox itself survives dead workers and brokers is tested beside it; here its real
handlers are killed."""

import signal
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from config.environment import SECRETS
from foundation import access, clock
from foundation.errors import DomainError
from foundation.models import OutboxMessage
from foundation.work import outbox
from referrals.handoff import sending
from referrals.handoff.notice_table import CENTRE_NOTICE, PORTAL_ENTRY
from referrals.models import PortalEntry, Referral
from tests.processes import database_url, run_python

AFTER_THE_LEASE = outbox.LEASE + timedelta(seconds=5)


def sent(world) -> Referral:
    case, _ = world.hand_in()
    with access.scope(actor="test", purpose="sending"):
        return sending.send(case=case, centre=world.centre, way="portal", by=world.caseworker, seen=case.version)


def row_of(kind: str) -> OutboxMessage:
    return OutboxMessage.objects.get(kind=kind)


def killed(code: str, **environment: str) -> None:
    """Run code in a worker's place; it must end by a kill, not by itself."""
    keys = {name: getattr(settings, name) for name in SECRETS}
    connections.close_all()
    ended = run_python(code, DATABASE_URL=database_url(), **keys, **environment)
    assert ended.returncode == -signal.SIGKILL, ended.stderr[-3000:]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "moment",
    [
        # between the claim and the effect
        """
        from referrals.models import Referral
        Referral.objects.select_for_update = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
        """,
        # between the effect and the mark that it is done
        """
        from referrals.models import PortalEntry
        create = PortalEntry.save
        def save(self, *args, **kwargs):
            create(self, *args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)
        PortalEntry.save = save
        """,
    ],
    ids=["before the effect", "after the effect"],
)
def test_a_worker_killed_while_delivering_to_the_portal_leaves_one_entry_in_the_end(world, moment):
    referral = sent(world)
    message = row_of(PORTAL_ENTRY)
    killed(moment + f"\n        outbox.deliver({message.pk})\n")
    assert not PortalEntry.objects.exists()
    assert row_of(PORTAL_ENTRY).attempts == 1
    assert not outbox.deliver(message.pk), "still leased"
    with clock.at(clock.now() + AFTER_THE_LEASE):
        assert outbox.deliver(message.pk)
        assert not outbox.deliver(message.pk)
    assert PortalEntry.objects.get().referral == referral
    assert list(world.centre.referrals.in_portal()) == [referral]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_the_mail_went_out_sends_it_again_under_the_same_message_id(world, tmp_path, settings):
    sent(world)
    message = row_of(CENTRE_NOTICE)
    killed(
        f"""
        from foundation.models import OutboxMessage
        outbox._mine = lambda message: os.kill(os.getpid(), signal.SIGKILL)
        outbox.deliver({message.pk})
        """,
        EMAIL_URL=f"filemail://{tmp_path}",
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    with clock.at(clock.now() + AFTER_THE_LEASE):
        assert outbox.deliver(message.pk)
    mails = [message_from_bytes(file.read_bytes()) for file in Path(tmp_path).iterdir()]
    assert len(mails) == 2
    assert len({mail["Message-ID"] for mail in mails}) == 1
    assert row_of(CENTRE_NOTICE).done_at is not None


@pytest.mark.django_db(transaction=True)
def test_many_workers_on_the_same_referral_make_one_entry(world, at_once):
    referral = sent(world)
    message = row_of(PORTAL_ENTRY)
    assert sorted(at_once(*[lambda: outbox.deliver(message.pk)] * 6)) == [False] * 5 + [True]
    assert PortalEntry.objects.filter(referral=referral).count() == 1


def test_two_outbox_rows_for_one_referral_make_one_entry(world):
    referral = sent(world)
    with transaction.atomic():
        outbox.enqueue(PORTAL_ENTRY, subject=referral.public_id)
    for message in OutboxMessage.objects.filter(kind=PORTAL_ENTRY):
        assert outbox.deliver(message.pk)
    assert PortalEntry.objects.count() == 1


def test_the_table_holds_one_entry_per_referral_whoever_writes(world):
    referral = sent(world)
    PortalEntry.objects.create(referral=referral, delivered_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        PortalEntry.objects.bulk_create([PortalEntry(referral=referral, delivered_at=clock.now())])


def test_sending_twice_by_a_double_click_is_one_referral_and_one_entry(world):
    referral = sent(world)
    with access.scope(actor="test", purpose="sending"), pytest.raises(DomainError):
        sending.send(
            case=referral.case, centre=world.centre, way="portal", by=world.caseworker, seen=referral.case.version
        )
    assert Referral.objects.count() == OutboxMessage.objects.filter(kind=PORTAL_ENTRY).count() == 1


def test_a_referral_that_was_rolled_back_is_delivered_by_nobody(world):
    with transaction.atomic():
        sent(world)
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert not Referral.objects.exists()
