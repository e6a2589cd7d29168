"""The public side's background tasks; each calls one verb."""

from celery import shared_task

from outreach.application import drafts


@shared_task
def destroy_expired_drafts() -> None:
    """Destroy drafts whose time is over (beat, every 15 minutes)."""
    drafts.destroy_expired()
