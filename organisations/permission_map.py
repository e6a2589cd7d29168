"""Reads the permission map. The map names the addresses of all floors, so it lies on top: settings.PERMISSION_MAP."""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib import import_module

from django.conf import settings

from organisations.roles import Permission


class Access(Enum):
    """Who may open an address without a role."""

    PUBLIC = "anybody"
    PERSON = "whoever holds the private link"
    MEMBER = "whoever has signed in"


Rule = Access | Permission | frozenset[Permission]


def rule_for(view_name: str) -> Rule | None:
    """The rule of a URL name such as "desk:queue": who, or any of which permissions. None: nobody may open it."""
    addresses, namespaces = _map()
    return addresses.get(view_name) or namespaces.get(view_name.partition(":")[0])


@cache
def _map() -> tuple[Mapping[str, Access | Permission], Mapping[str, frozenset[Permission]]]:
    module = import_module(settings.PERMISSION_MAP)
    return module.URL_PERMISSIONS, module.URL_NAMESPACES
