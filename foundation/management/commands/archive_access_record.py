"""Moves old months of the access record into files; run it every month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation import clock
from foundation.access import archive_file, archiving


class Command(BaseCommand):
    help = "Moves whole months of the access record into files, each checked before its rows leave the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files go; nothing there is ever written over")
        parser.add_argument(
            "--keep-months",
            type=int,
            default=24,
            help="whole months that stay in the database beside the present one, where people can read them (24)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        folder, kept = options["folder"], options["keep_months"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        if kept < 0:
            raise CommandError("--keep-months is 0 or more")
        try:
            for made in archiving.archive(folder, before=_months_ago(kept)):
                self.stdout.write(f"{made.file}: positions {made.first} to {made.last}, SHA-256 {made.sha256}")
        except archiving.NotArchived as refused:
            for fault in refused.faults:
                self.stdout.write(str(fault))
            raise CommandError("the next month has faults, so it stays in the database") from None
        except archive_file.Taken as taken:
            raise CommandError(f"{taken} is there already and holds something else; nothing was changed") from None
        except archive_file.Busy as busy:
            raise CommandError(f"another run is at work on {busy}; nothing was changed by this one") from None
        except archive_file.Unreadable as error:
            raise CommandError(
                f"what was written can't be read back ({error}); its rows stay in the database"
            ) from None
        self.stdout.write("nothing older is in the database")


def _months_ago(months: int) -> date:
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)
