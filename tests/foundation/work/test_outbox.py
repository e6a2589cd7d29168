from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kombu.exceptions import OperationalError

from foundation import clock, tasks
from foundation.models import AccessRecord, OutboxMessage
from foundation.work import outbox
from tests.foundation.models import Letter, Line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})


@pytest.fixture
def rung(monkeypatch):
    """The ids the broker was given."""
    ids = []

    def take(*, args, **options):
        ids.extend(args)

    monkeypatch.setattr(outbox, "ring", take)
    return ids


@pytest.fixture
def dead_broker(monkeypatch):
    """What a broker was asked that fails each time."""
    asked = []

    def fail(**options):
        asked.append(options)
        raise OperationalError("secret address")

    monkeypatch.setattr(outbox, "ring", fail)
    return asked


@pytest.fixture
def write_line():
    @outbox.handler("line")
    def handle(subject, message_id):
        Line.objects.create(text=subject)

    return handle


def enqueued(kind="line", subject="referral:abc", **kwargs):
    with transaction.atomic():
        return outbox.enqueue(kind, subject=subject, **kwargs)


def stored(message):
    return OutboxMessage.objects.get(pk=message.pk)


def later(**kwargs):
    return clock.at(clock.now() + timedelta(**kwargs))


# Writing down


def test_a_message_belongs_to_the_transaction_of_its_verb(monkeypatch):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(transaction.TransactionManagementError, match="the transaction of its verb"):
        outbox.enqueue("line", subject="x")
    assert not OutboxMessage.objects.exists()


def test_the_broker_is_given_the_id_and_nothing_else(rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = enqueued(subject="referral:abc")
        assert rung == []
    assert rung == [message.pk]


def test_what_is_rolled_back_is_never_rung_for(rung, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        enqueue_and_fail()
    assert rung == []
    assert not OutboxMessage.objects.exists()


def enqueue_and_fail():
    enqueued()
    raise ZeroDivisionError


def test_what_is_for_later_waits_for_the_sweep(rung, write_line, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = enqueued(run_at=clock.now() + timedelta(hours=1))
    assert rung == []
    assert not outbox.deliver(message.pk)
    assert outbox.sweep() == 0
    with later(hours=1, seconds=1):
        assert outbox.sweep() == 1
        assert outbox.deliver(message.pk)


# A broker that does not answer


@pytest.mark.parametrize("error", [OperationalError("x"), OSError("disk full"), TimeoutError(), RuntimeError()])
def test_a_broker_that_fails_in_whatever_way_keeps_nobody_waiting(
    monkeypatch, error, django_capture_on_commit_callbacks
):
    asked = []

    def fail(**options):
        asked.append(options)
        raise error

    monkeypatch.setattr(outbox, "ring", fail)
    with django_capture_on_commit_callbacks(execute=True):
        messages = [enqueued() for _ in range(3)]
    assert len(asked) == 1
    assert OutboxMessage.objects.filter(done_at=None).count() == len(messages)


def test_after_a_while_the_broker_is_asked_again(dead_broker, monkeypatch):
    assert not outbox.publish(1)
    assert not outbox.publish(2)
    assert len(dead_broker) == 1
    rest = outbox.time.monotonic() + outbox.BREAKER_SECONDS + 1
    monkeypatch.setattr(outbox.time, "monotonic", lambda: rest)
    assert not outbox.publish(3)
    assert len(dead_broker) == 2


def test_the_failure_is_logged_without_what_the_broker_said(dead_broker, caplog):
    outbox.publish(1)
    assert "OperationalError" in caplog.text
    assert "secret address" not in caplog.text


def test_what_the_broker_missed_goes_out_when_it_is_back(
    dead_broker, monkeypatch, write_line, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        message = enqueued()
    assert outbox.sweep() == 0
    rung = []
    monkeypatch.setattr(outbox, "ring", lambda *, args, **_: rung.extend(args))
    outbox.publishing_resumes()
    tasks.sweep_outbox()
    assert rung == [message.pk]


# Delivering


def test_a_message_has_its_effect_once(write_line):
    message = enqueued(subject="referral:abc")
    assert outbox.deliver(message.pk)
    assert not outbox.deliver(message.pk)
    tasks.deliver_outbox(message.pk)
    assert [line.text for line in Line.objects.all()] == ["referral:abc"]
    done = stored(message)
    assert (done.attempts, done.leased_until, done.last_error) == (1, None, "")
    assert done.done_at


def test_a_message_nobody_knows_does_nothing():
    assert not outbox.deliver(12345)


def test_a_message_in_other_hands_is_left_alone(write_line):
    message = enqueued()
    OutboxMessage.objects.update(leased_until=clock.now() + timedelta(seconds=30), attempts=1)
    assert not outbox.deliver(message.pk)
    with later(seconds=31):
        assert outbox.deliver(message.pk)


def test_a_failure_takes_its_effect_back_and_is_tried_again():
    fails = [True]

    @outbox.handler("flaky")
    def handle(subject, message_id):
        Line.objects.create(text=subject)
        if fails:
            fails.clear()
            raise DatabaseError("(name)=(架空花子)")

    message = enqueued("flaky")
    assert not outbox.deliver(message.pk)
    assert not Line.objects.exists()
    failed = stored(message)
    assert failed.last_error == "DatabaseError"
    assert failed.leased_until is None
    assert not outbox.deliver(message.pk)
    with later(seconds=11):
        assert outbox.deliver(message.pk)
    assert Line.objects.count() == 1
    assert stored(message).last_error == ""


def test_waits_grow_to_an_hour_and_never_end():
    @outbox.handler("broken")
    def handle(subject, message_id):
        raise RuntimeError

    message = enqueued("broken")
    waits = []
    moment = clock.now()
    for _ in range(30):
        with clock.at(moment):
            outbox.deliver(message.pk)
        waits.append((stored(message).run_at - moment).total_seconds())
        moment = stored(message).run_at
    assert waits[:4] == [10, 20, 40, 80]
    assert set(waits[9:]) == {3600}
    assert stored(message).attempts == 30
    assert stored(message).done_at is None


def test_a_message_of_an_unknown_kind_waits_for_its_handler():
    message = enqueued("from the future")
    assert not outbox.deliver(message.pk)
    assert stored(message).last_error == "UnknownKind"
    outbox.handler("from the future")(lambda subject, message_id: None)
    with later(seconds=11):
        assert outbox.deliver(message.pk)


def test_a_worker_that_was_overtaken_takes_its_effect_back():
    @outbox.handler("slow")
    def handle(subject, message_id):
        Line.objects.create(text=subject)
        OutboxMessage.objects.filter(pk=message_id).update(attempts=2)  # another one claimed it meanwhile

    message = enqueued("slow")
    assert not outbox.deliver(message.pk)
    assert not Line.objects.exists()


def test_a_handler_that_talks_to_others_keeps_no_transaction_open(monkeypatch):
    opened = []
    atomic = transaction.atomic
    monkeypatch.setattr(outbox.transaction, "atomic", lambda *args: opened.append(1) or atomic(*args))
    outbox.handler("mail", atomic=False)(lambda subject, message_id: None)
    message = enqueued("mail")
    opened.clear()
    assert outbox.deliver(message.pk)
    assert opened == []


def test_two_handlers_for_one_kind_are_refused(write_line):
    with pytest.raises(ValueError, match="line"):
        outbox.handler("line")(lambda subject, message_id: None)
    assert outbox.handler("line")(write_line) is write_line


def test_what_a_worker_reads_is_recorded(person_key):
    letter = Letter.objects.create(data_key=person_key, name="架空 花子")

    @outbox.handler("letter")
    def handle(subject, message_id):
        assert Letter.objects.get(pk=letter.pk).name == "架空 花子"

    assert outbox.deliver(enqueued("letter").pk)
    record = AccessRecord.objects.get()
    assert (record.actor, record.purpose, record.keys) == ("worker", "outbox:letter", [person_key.public_id])


# Sweeping


def test_the_sweep_rings_for_what_is_due_and_free(rung):
    due = enqueued()
    enqueued(run_at=clock.now() + timedelta(minutes=5))
    done = enqueued()
    OutboxMessage.objects.filter(pk=done.pk).update(done_at=clock.now(), attempts=1)
    taken = enqueued()
    OutboxMessage.objects.filter(pk=taken.pk).update(leased_until=clock.now() + timedelta(minutes=1))
    assert outbox.sweep() == 1
    assert rung == [due.pk]


def test_the_sweep_does_not_ring_twice_within_a_minute(rung):
    message = enqueued()
    assert [outbox.sweep(), outbox.sweep()] == [1, 0]
    with later(seconds=61):
        assert outbox.sweep() == 1
    assert rung == [message.pk] * 2


def test_the_sweep_rings_as_soon_as_a_retry_is_due(rung):
    message = enqueued()
    outbox.sweep()
    outbox.deliver(message.pk)
    with later(seconds=9):
        assert outbox.sweep() == 0
    with later(seconds=11):
        assert outbox.sweep() == 1


def test_the_sweep_takes_the_oldest_first_and_not_all_at_once(rung):
    messages = [enqueued() for _ in range(5)]
    assert outbox.sweep(limit=3) == 3
    assert outbox.sweep(limit=3) == 2
    assert rung == [message.pk for message in messages]


def test_the_sweep_gives_up_at_once_when_the_broker_is_dead(dead_broker):
    for _ in range(5):
        enqueued()
    assert outbox.sweep() == 0
    assert len(dead_broker) == 1
    assert not OutboxMessage.objects.exclude(swept_at=None).exists()


# Whatever happens


class Killed(BaseException):
    """A worker that ends between two instructions."""


STEPS = st.sampled_from(["deliver", "deliver", "fail", "die before", "die after", "wait", "sweep"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(STEPS, max_size=14))
def test_whatever_happens_the_effect_comes_exactly_once(rung, own_handlers, steps):
    mood = []

    @outbox.handler("line")
    def handle(subject, message_id):
        if mood == ["die before"]:
            raise Killed
        Line.objects.create(text=subject)
        if mood == ["die after"]:
            raise Killed
        if mood == ["fail"]:
            raise RuntimeError

    message = enqueued(subject=f"{len(steps)}")
    before = Line.objects.count()
    moment = clock.now()
    for step in [*steps, "wait", "sweep", "deliver"]:
        mood[:] = [step]
        with clock.at(moment):
            if step == "wait":
                moment += timedelta(hours=2)
            elif step == "sweep":
                outbox.sweep()
            else:
                try_to_deliver(message)
        assert Line.objects.count() - before == (stored(message).done_at is not None)
    assert stored(message).done_at
    outbox._handlers.clear()


def try_to_deliver(message):
    with suppress(Killed):
        outbox.deliver(message.pk)
