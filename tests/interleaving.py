"""Two connections of PostgreSQL, one let in while the other stands between what it read and what it writes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
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
    module, name = at
    reached = getattr(module, name)

    @contextmanager
    def stops(pause: Callable[[], None]) -> Iterator[None]:
        def paused(*args, **kwargs):
            if threading.current_thread().name == "first":
                pause()
            return reached(*args, **kwargs)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(module, name, paused)
            yield

    return _both(first, second, stops)


def after_a_write(first: Callable[[], Any], second: Callable[[], Any]) -> Met:
    """Run ``first`` until it has changed its first row, then ``second`` as far as it comes, as in ``in_between``.

    A ``first`` that changes nothing lets nobody in: ``second`` comes after it.
    """

    @contextmanager
    def stops(pause: Callable[[], None]) -> Iterator[None]:
        def look(execute, sql, params, many, context):
            done = execute(sql, params, many, context)
            if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE")):
                pause()
            return done

        with connection.execute_wrapper(look):
            try:
                yield
            finally:
                pause()

    return _both(first, second, stops, on_its_connection=True)


def _both(
    first: Callable[[], Any],
    second: Callable[[], Any],
    stops: Callable[[Callable[[], None]], AbstractContextManager[None]],
    *,
    on_its_connection: bool = False,
) -> Met:
    met = Met()
    arrived, done = threading.Event(), threading.Event()
    pids: dict[str, int] = {}

    def pause() -> None:
        if not arrived.is_set():
            arrived.set()
            met.second_waited = _until_done_or_blocked(done, pids)

    def run(who: str, function: Callable[[], Any]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET statement_timeout = '{LIMIT}s'; SELECT pg_backend_pid()")
                cursor.nextset()
                pids[who] = cursor.fetchone()[0]
            if who == "second":
                assert arrived.wait(LIMIT), "the first never came to where it is to stop"
            stopped = stops(pause) if who == "first" and on_its_connection else nullcontext()
            with access.scope(actor="test", purpose="race"), stopped:
                setattr(met, who, function())
        except Exception as error:
            setattr(met, who, error)
        finally:
            connection.close()
            if who == "second":
                done.set()

    with nullcontext() if on_its_connection else stops(pause):
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
    for _again in range(LIMIT * 200):
        if done.wait(0.005):
            return False
        if "second" not in pids:
            continue  # its connection is still being opened
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s = ANY(pg_blocking_pids(%s))", [pids["first"], pids["second"]])
            if cursor.fetchone()[0]:
                return True
    raise AssertionError("the second neither ended nor waited for the first")
