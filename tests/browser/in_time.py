"""Nobody waits for a browser for ever: many calls of Playwright (evaluate, keyboard, close) have no limit of their own.

Whoever has waited too long is told in a failed test what for: Chromium is ended, which ends the call. Where even that
ends nothing, the process ends, and the stacks of its threads say what each of them waited for.
"""

import faulthandler
import os
import signal
import sys
import threading
from pathlib import Path

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

LIMIT, MERCY = 240.0, 60.0  # seconds; the longest test takes one of them on a slow machine


class Watch:
    """One limit at a time, for what is named last."""

    def __init__(self, told: int) -> None:
        self.told, self.timer = told, threading.Timer(0, str)

    def over(self, what: str, *, limit: float = LIMIT) -> None:
        self.rest()
        self.timer = threading.Timer(limit, self._end_browser, args=[what, limit])
        self.timer.daemon = True
        self.timer.start()

    def rest(self) -> None:
        self.timer.cancel()

    def _end_browser(self, what: str, limit: float) -> None:
        print(f"{what} took more than {limit:g} s; Chromium is ended. What was waited for:", file=sys.stderr)
        faulthandler.dump_traceback(file=sys.__stderr__)
        for pid in _browsers():
            os.kill(pid, signal.SIGKILL)
        self.timer = threading.Timer(MERCY, self._end_all, args=[what])
        self.timer.daemon = True
        self.timer.start()

    def _end_all(self, what: str) -> None:
        os.write(self.told, f"\n{what} did not end with its browser either. What was waited for:\n".encode())
        faulthandler.dump_traceback(file=self.told)
        os._exit(1)


@pytest.fixture(scope="module", autouse=True)
def watch(request):
    """Over the closing of the browser too, which comes after the last test."""
    watching = Watch(request.config.stash.get(fault_handler_stderr_fd_key, 2))
    yield watching
    watching.rest()


@pytest.fixture(autouse=True)
def in_time(request, watch):
    watch.over(request.node.nodeid)
    yield
    watch.over(f"the end of {request.node.nodeid}")


def _browsers() -> list[int]:
    """The Chromium processes that this one started, by way of Playwright's driver."""
    if sys.platform != "linux":
        return []
    parents: dict[int, tuple[int, str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, rest = stat.read_text().rpartition(")")
        except OSError:  # it has just ended
            continue
        parents[int(stat.parent.name)] = int(rest.split()[1]), head.partition("(")[2]
    ours = {os.getpid()}
    while more := {pid for pid, (parent, _name) in parents.items() if parent in ours} - ours:
        ours |= more
    return [pid for pid in ours if pid != os.getpid() and parents[pid][1].startswith(("chrom", "google-chrome"))]
