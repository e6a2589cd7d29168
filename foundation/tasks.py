"""The ground floor's background tasks; each calls one verb."""

from __future__ import annotations

from celery import shared_task

from foundation.access import sealing
from foundation.work import jobs, outbox


@shared_task
def deliver_outbox(message_id: int) -> None:
    """Deliver one message of the outbox."""
    outbox.deliver(message_id)


@shared_task
def sweep_outbox() -> None:
    """Ring again for what is due (beat, every 20 seconds)."""
    outbox.sweep()


@shared_task
def purge() -> None:
    """Remove what nobody needs any more of what the machine wrote down for itself (beat, every night)."""
    outbox.purge()
    jobs.purge()


@shared_task
def seal_access_record() -> None:
    """Seal what was read since the last time (beat, every minute)."""
    sealing.seal_pending()
