"""Every address of the site, as the resolver knows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One route: its full name ("desk:case", "" without one), the names of its arguments, and its view."""

    name: str
    route: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]

    def path(self, values: dict[str, str]) -> str:
        """The path with ``values`` in place of the arguments, put in as they are."""
        path = "/" + self.route
        for argument in self.arguments:
            for spelled in (f"<{argument}>", *(f"<{kind}:{argument}>" for kind in ("str", "slug", "int", "path"))):
                path = path.replace(spelled, values[argument])
        return path


def every_address() -> list[Address]:
    """All routes, those of the frameworks too."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def of_the_house() -> list[Address]:
    """The routes of our own six floors: named in the permission map one by one, so without the admin's own pages."""
    return [one for one in every_address() if one.name and not one.name.startswith("admin:")]


def _walk(patterns: list, namespace: str, prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix(r"\Z")
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Address(name, route, tuple(pattern.pattern.regex.groupindex), pattern.callback)
