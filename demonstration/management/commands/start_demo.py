"""`make run`: prepares the demonstration and runs site, worker and beat until it is stopped."""

import sys
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from demonstration.supervision import Process, serve


class Command(BaseCommand):
    help = "Prepares the demonstration (database, pages' files, data) and runs web and worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1:8000")
        parser.add_argument("--prepare-only", action="store_true", help="prepare and stop before serving")

    def handle(self, *, address: str, prepare_only: bool, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("start_demo is for the demonstration only (TSUNAGU_DEMO=1).")
        call_command("migrate", verbosity=0)
        call_command("reindex_persons", stdout=StringIO())  # one from before has entries of an older key and fold
        call_command("reseal", stdout=StringIO())
        _collect_static()
        call_command("load_demo", stdout=self.stdout)
        if prepare_only:
            return
        self.stdout.write(f"\nつなぐ: http://{address}/\n  Ctrl+C で止まります。\n")
        self.stdout.flush()
        site, helpers = _processes(address)
        sys.exit(serve(site, helpers, tell=self.stderr.write))


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


def _processes(address: str) -> tuple[Process, list[Process]]:
    """The site, and what works behind it: a worker, and the clock that tells it what is due."""
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "config"]
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address, "--threads", "4"]
    worker = [*celery, "worker", "--pool", "solo", "--loglevel", "warning"]
    beat = [*celery, "beat", "--loglevel", "warning", "--pidfile="]
    return (
        Process("site", [*web, "--workers", "2", "--log-level", "warning"]),
        [Process("worker", worker), Process("beat", beat)],
    )
