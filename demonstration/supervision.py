"""Keeps the demonstration's processes together: what ends is started again, and nothing outlives the site."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
LASTING_SECONDS = 60.0  # whoever ran as long begins again without a pause
_PR_SET_PDEATHSIG = 1  # prctl(2)
# Found before there is a child: whatever another thread holds at the fork, a loader's lock too, is held there for good.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


@dataclass
class Process:
    """A command that runs for as long as the site does."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] | None = None
    pause: float = FIRST_PAUSE
    started_at: float = field(default=0.0, init=False)
    _running: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self._running = subprocess.Popen(self.command, env=self.environment, preexec_fn=_end_with_parent)  # noqa: S603

    @property
    def returncode(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._running.poll() if self._running else None

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    def stop(self) -> None:
        if self.returncode is None and self._running:
            self._running.terminate()

    def wait(self) -> None:
        if self._running is None:
            return
        try:
            self._running.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()

    def pause_before_restart(self) -> float:
        """Seconds to wait before it is started again: longer each time it ends soon."""
        lasted = time.monotonic() - self.started_at > LASTING_SECONDS
        pause = FIRST_PAUSE if lasted else self.pause
        self.pause = min(pause * 2, LONGEST_PAUSE)
        return pause


def serve(site: Process, helpers: Sequence[Process], *, tell: Callable[[str], None]) -> int:
    """Run ``site`` until it ends or somebody stops us; ``helpers`` that end meanwhile are started again.

    Returns 0 when we were stopped, else what the site ended with. Everything has ended when it returns; when this very
    process is killed, the kernel ends the others (Linux).
    """
    stopping = False

    def stop(_signum: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, stop)
    everybody = [*helpers, site]
    due = dict.fromkeys(range(len(helpers)), 0.0)
    try:
        site.start()
        while not stopping and site.returncode is None:
            for number, helper in enumerate(helpers):
                _start_again(number, helper, due, tell)
            time.sleep(0.2)
        ended = site.returncode
    finally:
        for process in everybody:
            process.stop()
        for process in everybody:
            process.wait()
    return 0 if stopping else ended or 1


def _start_again(number: int, helper: Process, due: dict[int, float], tell: Callable[[str], None]) -> None:
    """Start a helper whose time has come; one that has just ended gets its time."""
    if number in due:
        if time.monotonic() >= due[number]:
            del due[number]
            helper.start()
    elif helper.returncode is not None:
        pause = helper.pause_before_restart()
        due[number] = time.monotonic() + pause
        tell(f"{helper.name} ended with {helper.returncode}; starting it again in {pause:g} s")


def _end_with_parent() -> None:
    """In the child: be asked to stop when the parent dies, however it dies."""
    if _prctl:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
