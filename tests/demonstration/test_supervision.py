"""The processes behind the site: killed they come back, and with the site, however it ends, they are gone."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from demonstration import supervision
from demonstration.supervision import Process
from tests.processes import python_command, soon

LIMIT = 20  # seconds
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
SITE = """
    import sys
    from demonstration.supervision import Process, serve
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    site, worker, beat = Process("site", sleeper), Process("worker", sleeper), Process("beat", sleeper)
    started = Process.start
    def start(process):
        started(process)
        print(process.name, process.pid, flush=True)
    Process.start = start
    sys.exit(serve(site, [worker, beat], tell=lambda words: print(words, flush=True)))
    """


def said(supervisor: subprocess.Popen) -> str:
    """The next line the supervisor tells."""
    assert select.select([supervisor.stdout], [], [], LIMIT)[0], f"the supervisor told nothing for {LIMIT} s"
    return supervisor.stdout.readline().decode()


def alive(pid: int) -> bool:
    """Whether a process runs: one that ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def supervised():
    """A supervisor with three processes; gives it and their names and numbers as they are told."""
    command, environment = python_command(SITE)
    supervisor = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, bufsize=0)

    def told(names: int) -> dict[str, int]:
        lines = [said(supervisor).split() for _ in range(names)]
        return {name: int(pid) for name, pid in lines}

    yield supervisor, told
    supervisor.kill()
    supervisor.wait(LIMIT)  # what it had started is no longer waited for: it may hold the same pipe
    supervisor.stdout.close()


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells children of their parent's end")


@needs_linux
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_nothing_outlives_the_site(supervised, how):
    supervisor, told = supervised
    pids = told(3)
    supervisor.send_signal(how)
    supervisor.wait(LIMIT)
    assert soon(lambda: not any(alive(pid) for pid in pids.values())), pids
    assert supervisor.returncode == (0 if how != signal.SIGKILL else -signal.SIGKILL)


@needs_linux
def test_a_killed_worker_comes_back_and_the_site_goes_on(supervised):
    supervisor, told = supervised
    pids = told(3)
    os.kill(pids["worker"], signal.SIGKILL)
    assert "worker ended with -9; starting it again in 1 s" in said(supervisor)
    again = told(1)
    assert again["worker"] != pids["worker"]
    assert alive(again["worker"])
    assert alive(pids["site"])


def test_when_the_site_ends_by_itself_the_others_are_stopped_and_its_code_is_told():
    site = Process("site", [sys.executable, "-c", "raise SystemExit(7)"])
    worker = Process("worker", SLEEPER)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        assert supervision.serve(site, [worker], tell=print) == 7
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert worker.returncode is not None


def test_whoever_ends_at_once_again_and_again_is_waited_for_longer(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(supervision.time, "monotonic", lambda: now[0])
    worker = Process("worker", SLEEPER)
    worker.started_at = now[0]
    assert [worker.pause_before_restart() for _ in range(6)] == [1, 2, 4, 8, 16, 30]
    now[0] += supervision.LASTING_SECONDS + 1
    assert worker.pause_before_restart() == 1
