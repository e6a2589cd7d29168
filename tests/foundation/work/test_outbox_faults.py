"""The outbox against real faults: workers at the same moment, a worker killed outright, a broker that is silent."""

import signal
from datetime import timedelta

import pytest
from django.db import connections

from foundation import clock
from foundation.models import OutboxMessage
from foundation.work import outbox
from tests.foundation.models import Line
from tests.processes import database_url, run_python, silent_server


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})

    @outbox.handler("line")
    def handle(subject, message_id):
        Line.objects.create(text=subject)


@pytest.fixture
def silent_port():
    with silent_server() as port:
        yield port


def enqueued():
    return OutboxMessage.objects.create(kind="line", subject="referral:abc")


@pytest.mark.usefixtures("emptied")
def test_of_many_workers_at_the_same_moment_one_has_the_effect(at_once):
    message = enqueued()
    results = at_once(*[lambda: outbox.deliver(message.pk)] * 5)
    assert sorted(results, key=str) == [False] * 4 + [True]
    assert Line.objects.count() == 1
    assert OutboxMessage.objects.get().attempts == 1


@pytest.mark.usefixtures("emptied")
def test_a_worker_killed_outright_loses_nothing_and_doubles_nothing():
    message = enqueued()
    connections.close_all()
    ended = run_python(
        f"""
        from tests.foundation.models import Line

        @outbox.handler("line")
        def handle(subject, message_id):
            Line.objects.create(text=subject)
            os.kill(os.getpid(), signal.SIGKILL)

        outbox.deliver({message.pk})
        """,
        DATABASE_URL=database_url(),
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert not Line.objects.exists()
    claimed = OutboxMessage.objects.get()
    assert (claimed.attempts, claimed.done_at) == (1, None)

    assert not outbox.deliver(message.pk)
    with clock.at(clock.now() + outbox.LEASE + timedelta(seconds=5)):
        assert outbox.deliver(message.pk)
    assert Line.objects.count() == 1


def test_a_silent_broker_costs_a_second_once(silent_port):
    ended = run_python(
        """
        from config.celery import app
        for _ in range(3):
            began = time.monotonic()
            rang = outbox.publish(1)
            print("took", rang, time.monotonic() - began)
        """,
        CELERY_BROKER_URL=f"redis://127.0.0.1:{silent_port}/0",
    )
    assert ended.returncode == 0, ended.stderr
    lines = [line.split() for line in ended.stdout.splitlines() if line.startswith("took")]
    assert [rang for _, rang, _ in lines] == ["False"] * 3
    first, *others = (float(seconds) for _, _, seconds in lines)
    # Without time-outs the first would hang for 40 seconds, without the breaker the others wait a second each.
    assert first < 15
    assert max(others) < 0.9


@pytest.mark.django_db
def test_what_becomes_of_one_message_is_not_said_of_those_beside_it():
    """All were tried as often: each outcome is written to its own row."""
    rows = [OutboxMessage.objects.create(kind=kind, subject="x", attempts=0) for kind in ("sent", "refused", "waits")]
    outbox.handler("sent")(lambda _subject, _id: None)
    outbox.handler("refused")(lambda _subject, _id: 1 / 0)
    OutboxMessage.objects.filter(kind="waits").update(attempts=1)
    assert outbox.deliver(rows[0].pk)
    assert not outbox.deliver(rows[1].pk)
    sent, refused, waits = OutboxMessage.objects.order_by("pk")
    assert (sent.done_at is None, sent.last_error) == (False, "")
    assert (refused.done_at, refused.last_error) == (None, "ZeroDivisionError")
    assert (waits.done_at, waits.last_error, waits.run_at) == (None, "", rows[2].run_at)
