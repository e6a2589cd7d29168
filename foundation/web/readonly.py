"""A page that is only looked at changes nothing: a GET that writes a domain row raises."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What a reading leaves behind: the access record, and what the framework keeps about sessions.
MAY_BE_WRITTEN = re.compile(r"foundation_access(?:record|edkey|count)|django_session")

_WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+[\"`]?(\w+)",
    re.IGNORECASE,
)


class WriteWhileReading(RuntimeError):
    """A view answered a GET by changing a table; it should be a POST."""


class ReadOnlyGetMiddleware:
    """Guards every reading request where settings.GUARD_READS says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING or not settings.GUARD_READS:
            return self.get_response(request)
        with ExitStack() as guarded:
            for connection in connections.all():
                guarded.enter_context(connection.execute_wrapper(_refuse_writes))
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    write = _WRITE.match(sql)
    if write and not MAY_BE_WRITTEN.fullmatch(write[1].lower()):
        raise WriteWhileReading(f"a GET wrote to {write[1]}")
    return execute(sql, params, many, context)
