"""Counts of a period as JSON, CSV or a picture, for staff: exact, live, and not for publication."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from reports import charts, cube, downloads, periods
from reports.indicators import NOT_FOR_PUBLICATION

WRITERS = {"json": downloads.as_json, "csv": downloads.as_csv, "png": charts.png}


class Command(BaseCommand):
    help = "Count the indicators of a period (both days included, by the date of receipt in Tokyo)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", required=True, metavar="DATE", help="first day, 2021-12-01")
        parser.add_argument("--to", dest="end", required=True, metavar="DATE", help="last day, 2022-06-30")
        parser.add_argument("--audience", choices=("staff", "public"), default="staff")
        parser.add_argument("--format", choices=tuple(WRITERS), default="json")
        parser.add_argument("--out", type=Path, metavar="FILE", help="write to a file instead of the screen")

    def handle(
        self, *_args: Any, start: str, end: str, audience: str, format: str, out: Path | None, **_options: Any
    ) -> None:
        try:
            period = periods.read(start, end)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if audience == "public":
            raise CommandError(
                _("公表できるのは公開版だけで、公開版はまだひとつもありません。職員用は --audience staff です。")
            )
        content = WRITERS[format](cube.count(period))
        if out is not None:
            _write_file(out, content)
        else:
            self._print(content, format)
        self.stderr.write(str(NOT_FOR_PUBLICATION), self.style.NOTICE)

    def _print(self, content: bytes, format: str) -> None:
        stream = getattr(self.stdout, "buffer", None)
        if format == "png" and (stream is None or self.stdout.isatty()):
            raise CommandError(_("画像は画面に出せません。--out でファイルの名前を指定してください。"))
        self.stdout.flush()
        if stream is None:
            self.stdout.write(content.decode(), ending="")
        else:
            stream.write(content)
            stream.flush()


def _write_file(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise CommandError(_("%(file)s に書けません：%(why)s") % {"file": out, "why": error.strerror}) from error
