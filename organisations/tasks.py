"""Background tasks about members' accounts."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task
def clear_ended_sessions() -> None:
    """Remove sessions that are over, with what may still be kept in them (beat, every 15 minutes)."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
