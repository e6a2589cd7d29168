"""The ways open to a member in the page's frame; their table lies on top, beside the addresses: settings.WORKPLACES."""

from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings

from organisations.roles import Permission


class Way(NamedTuple):
    """A page that a permission leads to: its URL name and what the frame calls it."""

    permission: Permission
    address: str
    label: Any


def workplaces() -> tuple[Way, ...]:
    """Where members work, the most urgent work first; the first that is open to a member is their home."""
    return import_module(settings.WORKPLACES).WORKPLACES


def ways() -> tuple[Way, ...]:
    """Everything the frame leads to: the workplaces, and what is done beside them."""
    return (*workplaces(), *import_module(settings.WORKPLACES).BESIDE)
