"""The outbox: what a transaction decided must happen outside happens, at least once and with one effect.

The row is the truth. The Celery message carries only the row's id and may be lost or come twice: a sweeper
rings again for what is due, and a lease keeps two workers from doing the same at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet

from foundation import access, clock
from foundation.models.outbox import OutboxMessage

LEASE = timedelta(seconds=60)
RING_AGAIN_AFTER = timedelta(seconds=60)
FIRST_RETRY = timedelta(seconds=10)
LAST_RETRY = timedelta(hours=1)
OVERDUE_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=90)
BREAKER_SECONDS = 30.0
SWEEP_LIMIT = 500
# Named, not imported: the task calls deliver() below.
DELIVERING_TASK = "foundation.tasks.deliver_outbox"

Handle = Callable[[str, int], None]

log = structlog.get_logger(__name__)


class UnknownKind(LookupError):
    """No handler is registered for a message; it stays in the outbox until one is."""


class LeaseLost(RuntimeError):
    """Another worker took the message over while this one was slow; its own effect is rolled back."""


@dataclass(frozen=True)
class _Registered:
    handle: Handle
    atomic: bool


_handlers: dict[str, _Registered] = {}
_publishing_rests_until = 0.0


def handler(kind: str, *, atomic: bool = True) -> Callable[[Handle], Handle]:
    """Register ``f(subject, message_id)`` for a kind.

    Its database effect and the mark that it is done share one transaction. A handler that talks to a slow
    outside service and writes nothing says ``atomic=False``: no transaction stays open meanwhile; it may run
    twice.
    """

    def register(handle: Handle) -> Handle:
        if kind in _handlers and _handlers[kind].handle is not handle:
            raise ValueError(f"two handlers for {kind!r}")
        _handlers[kind] = _Registered(handle, atomic)
        return handle

    return register


def enqueue(kind: str, *, subject: str, run_at: datetime | None = None) -> OutboxMessage:
    """Write down, inside the caller's transaction, what must happen once it is committed (or at `run_at`)."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the outbox row belongs to the transaction of its verb")
    now = clock.now()
    message = OutboxMessage.objects.create(kind=kind, subject=subject, created_at=now, run_at=run_at or now)
    if message.run_at <= now:
        transaction.on_commit(partial(publish, message.pk), robust=True)
    return message


def publish(message_id: int) -> bool:
    """Ring for one message; never raises. After a failure the broker is left alone for a while."""
    global _publishing_rests_until
    if time.monotonic() < _publishing_rests_until:
        return False
    try:
        ring(args=[message_id])
    except Exception as error:
        _publishing_rests_until = time.monotonic() + BREAKER_SECONDS
        log.warning("outbox.not_published", message_id=message_id, error=type(error).__name__)
        return False
    return True


def ring(*, args: list[int]) -> None:
    """Hand the broker the id of one message; raises what the broker's client raises."""
    current_app.send_task(DELIVERING_TASK, args=args, retry=False, ignore_result=True)


def publishing_resumes() -> None:
    """Forget an earlier failure of the broker; the next message is rung for at once."""
    global _publishing_rests_until
    _publishing_rests_until = 0.0


def deliver(message_id: int) -> bool:
    """Do what a message asks for, unless it is done, not due or in other hands; True when it is done now."""
    now = clock.now()
    claimed = _free(now).filter(pk=message_id).update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    if claimed != 1:
        return False
    message = OutboxMessage.objects.get(pk=message_id)
    try:
        with access.scope(actor="worker", purpose=f"outbox:{message.kind}"):
            _perform(message)
    except Exception as error:
        _put_off(message, error)
        return False
    return True


def sweep(*, limit: int = SWEEP_LIMIT) -> int:
    """Ring again for what is due and was not rung for lately; returns how many rings the broker took."""
    now = clock.now()
    waiting = _free(now).filter(
        Q(swept_at__isnull=True) | Q(swept_at__lt=F("run_at")) | Q(swept_at__lte=now - RING_AGAIN_AFTER)
    )
    rung = 0
    for message_id in list(waiting.order_by("run_at", "id").values_list("pk", flat=True)[:limit]):
        if not publish(message_id):
            break
        OutboxMessage.objects.filter(pk=message_id).update(swept_at=now)
        rung += 1
    return rung


def overdue() -> QuerySet[OutboxMessage]:
    """What should have left long ago, first tries that failed included: nobody rings, or nobody answers."""
    long_ago = clock.now() - OVERDUE_AFTER
    late = Q(run_at__lte=long_ago) | Q(attempts__gt=0, created_at__lte=long_ago)
    return OutboxMessage.objects.filter(late, done_at__isnull=True)


def purge() -> int:
    """Remove what left long ago; returns how many. What is still to leave stays, however old."""
    gone, _rows = OutboxMessage.objects.filter(done_at__lte=clock.now() - KEPT_FOR).delete()
    return gone


def _free(now: datetime) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(
        Q(leased_until__isnull=True) | Q(leased_until__lte=now), done_at__isnull=True, run_at__lte=now
    )


def _perform(message: OutboxMessage) -> None:
    registered = _handlers.get(message.kind)
    if registered is None:
        raise UnknownKind(message.kind)
    with transaction.atomic() if registered.atomic else nullcontext():
        registered.handle(message.subject, message.pk)
        if _mine(message).update(done_at=clock.now(), leased_until=None, last_error="") != 1:
            raise LeaseLost(message.kind)


def _put_off(message: OutboxMessage, error: Exception) -> None:
    """Try again later, at last once an hour and never giving up; only the error's class is kept."""
    name = type(error).__name__[:100]
    log.warning("outbox.failed", message_id=message.pk, kind=message.kind, attempts=message.attempts, error=name)
    wait = min(FIRST_RETRY * 2 ** min(message.attempts - 1, 16), LAST_RETRY)
    _mine(message).update(run_at=clock.now() + wait, leased_until=None, last_error=name)


def _mine(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    """The row, as long as nobody else has claimed it since: every claim counts `attempts` up."""
    return OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at__isnull=True)
