"""Around Django: what it would fail over before any of its own pages can answer, and what it would load too late."""

import codecs
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

UNREADABLE = "tsunagu.unreadable"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def is_utf8(charset: str) -> bool:
    """Whether bytes of this charset are read as UTF-8; ASCII is."""
    try:
        return codecs.lookup(charset).name in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False


def warm() -> int:
    """Load addresses and this project's templates, so that nobody's first page does; returns how many templates."""
    resolver = get_resolver()
    resolver.resolve("/")
    _ = resolver.reverse_dict
    loaded = 0
    for engine in engines.all():
        assert isinstance(engine, DjangoTemplates)
        for folder in map(Path, engine.dirs):
            for file in sorted(folder.rglob("*.html")):
                engine.get_template(str(file.relative_to(folder)))
                loaded += 1
    return loaded


def only_utf8(application: Application) -> Application:
    """Hand a request in another charset on without its charset, marked, so that a middleware refuses it with a page.

    Django takes the charset while it builds the request: one like base64 raises there, outside every middleware.
    """

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if "charset" in parameters and not is_utf8(parameters["charset"]):
            environ = {**environ, "CONTENT_TYPE": kind, UNREADABLE: True}
        return application(environ, start_response)

    return wrapped
