"""Two connections of PostgreSQL, one let in while the other stands between what it read and what it writes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from foundation import access

LIMIT = 10  # seconds for whatever doesn't come about; nothing waits as long as that when all is well
on_postgresql = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


@dataclass
class Met:
    """What became of both: results or errors, and whether the second had to wait for the first."""

    first: Any = None
    second: Any = None
    second_waited: bool = False


def in_between(first: Callable[[], Any], at: tuple[Any, str], second: Callable[[], Any]) -> Met:
    """Run ``first`` until it calls the function ``at`` (a module and a name), then ``second`` as far as it comes.

    ``first`` goes on as soon as ``second`` is done, or waits for a lock that ``first`` holds, as PostgreSQL tells.
    """
    met = Met()
    arrived, done = threading.Event(), threading.Event()
    pids: dict[str, int] = {}
    module, name = at
    reached = getattr(module, name)

    def paused(*args, **kwargs):
        if threading.current_thread().name == "first" and not arrived.is_set():
            arrived.set()
            met.second_waited = _until_done_or_blocked(done, pids)
        return reached(*args, **kwargs)

    def run(who: str, function: Callable[[], Any]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET statement_timeout = '{LIMIT}s'; SELECT pg_backend_pid()")
                cursor.nextset()
                pids[who] = cursor.fetchone()[0]
            if who == "second":
                assert arrived.wait(LIMIT), f"the first never came to {name}"
            with access.scope(actor="test", purpose="race"):
                setattr(met, who, function())
        except Exception as error:
            setattr(met, who, error)
        finally:
            connection.close()
            if who == "second":
                done.set()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, name, paused)
        roles = {"second": second, "first": first}
        threads = [threading.Thread(target=run, args=role, name=role[0]) for role in roles.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(3 * LIMIT)
    assert arrived.is_set(), met.first
    assert done.is_set(), "the second never ended"
    return met


def _until_done_or_blocked(done: threading.Event, pids: dict[str, int]) -> bool:
    """False once the second is done, True once it waits for the first; asks PostgreSQL again and again meanwhile."""
    for _again in range(LIMIT * 50):
        if done.wait(0.02):
            return False
        if "second" not in pids:
            continue  # its connection is still being opened
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s = ANY(pg_blocking_pids(%s))", [pids["first"], pids["second"]])
            if cursor.fetchone()[0]:
                return True
    raise AssertionError("the second neither ended nor waited for the first")
