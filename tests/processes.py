"""Real faults for tests: another process on the test's database, to be killed; a broker that never answers."""

import os
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

PREPARED = """
    import os, signal, time
    import django
    django.setup()
    from foundation import outbox
    from foundation.models import OutboxMessage
"""


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code with the suite's settings in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PREPARED) + textwrap.dedent(code)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
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
        yield server.getsockname()[1]
        for connected in held:
            connected.close()
