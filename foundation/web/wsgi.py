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
    """Hand a request on without its charset; in another than UTF-8 marked, so that a middleware refuses it with a page.

    Django takes the charset while it builds the request, and reads a form only where it is spelled "utf-8": base64
    raises there, outside every middleware, and what came as UTF8, which is the same, would be refused unread.
    """

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        kind, parameters = _content_type(environ.get("CONTENT_TYPE", ""))
        if kind is None or not all(map(is_utf8, _charsets(parameters))):
            environ = {**environ, "CONTENT_TYPE": kind or "", UNREADABLE: True}
        elif parameters:
            boundary = parameters.get("boundary")
            environ = {**environ, "CONTENT_TYPE": f"{kind}; boundary={boundary}" if boundary else kind}
        return application(environ, start_response)

    return wrapped


def _content_type(header: str) -> tuple[str | None, dict[str, str]]:
    """The kind of what was sent and its parameters; no kind where the header can't be read (``x*=undefined''a``)."""
    try:
        return parse_header_parameters(header)
    except (ValueError, LookupError):
        return None, {}


def _charsets(parameters: dict[str, str]) -> list[str]:
    return [value for name, value in parameters.items() if name.lower() == "charset"]
