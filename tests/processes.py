"""Real faults for tests: another process on the test's database, to be killed; a broker that never answers."""

import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

PREPARED = """
    import os, signal, time
    import django
    django.setup()
    from foundation.work import outbox
    from foundation.models import OutboxMessage
"""


def python_command(code: str, **environment: str) -> tuple[list[str], dict[str, str]]:
    """What runs code with the suite's settings in a process of its own, and its environment."""
    command = [sys.executable, "-c", textwrap.dedent(PREPARED) + textwrap.dedent(code)]
    path = os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]))
    return command, {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": path, **environment}


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code so, and wait for its end."""
    command, surroundings = python_command(code, **environment)
    return subprocess.run(
        command,
        env=surroundings,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def database_url() -> str:
    """The address of the database this test runs on, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def soon(true: Callable[[], bool], *, seconds: float = 20) -> bool:
    """Whether it becomes true in time."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return bool(true())


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server on loopback that accepts every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    held.append(server.accept()[0])
            except OSError:
                pass  # closed at the end

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)  # closing it alone leaves the thread in accept() for good
            for connected in held:
                connected.close()
