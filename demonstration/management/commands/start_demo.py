"""`make run`: prepares the demonstration and runs the site with one worker until it is stopped."""

import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from referrals import person_index

GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "Prepares the demonstration (database, pages' files, data) and runs web and worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument("--prepare-only", action="store_true", help="prepare and stop before serving")

    def handle(self, *, address: str, prepare_only: bool, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("start_demo is for the demonstration only (TSUNAGU_DEMO=1).")
        call_command("migrate", verbosity=0)
        person_index.reindex()  # a demonstration from before has entries of an older key and fold
        _collect_static()
        call_command("load_demo", stdout=self.stdout)
        if prepare_only:
            return
        self.stdout.write(f"\nつなぐ: http://{address}/\n  Ctrl+C で止まります。\n")
        self.stdout.flush()
        sys.exit(_serve(_commands(address)))


def _collect_static() -> None:
    """Collect the pages' files unless nothing changed since the last time."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(
        Path(storage.path(name)).stat().st_mtime
        for finder in finders.get_finders()
        for name, storage in finder.list([])
    )
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


def _commands(address: str) -> list[list[str]]:
    worker = [sys.executable, "-m", "celery", "--quiet", "--app", "config", "worker", "--beat", "--pool", "solo"]
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address, "--threads", "4"]
    return [[*worker, "--loglevel", "warning"], [*web, "--workers", "2", "--log-level", "warning"]]


def _serve(commands: list[list[str]]) -> int:
    """Run the commands until one of them ends or somebody stops us; then stop the others."""
    stopping = False

    def stop(_signum: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    processes = [subprocess.Popen(command) for command in commands]  # noqa: S603  (our own words, no shell)
    while not stopping and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    ended = next((process.returncode for process in processes if process.poll() is not None), 0)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stopping else ended or 1
