"""Fails when the English catalogue lacks a text of the interface, or holds an unfinished one."""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


class Command(BaseCommand):
    help = "Checks that every interface text has an English translation."

    def handle(self, **_options: Any) -> None:
        path = Path(settings.BASE_DIR) / "locale/en/LC_MESSAGES/django.po"
        catalogue = _read(path)
        unfinished = [str(m.id) for m in catalogue if m.id and (m.fuzzy or not m.string)]
        untranslated = [str(m.id) for m in catalogue if m.id and JAPANESE.search(str(m.string).replace("日本語", ""))]
        missing = sorted(_extracted() - {m.id for m in catalogue if m.id})
        for title, texts in (
            ("not finished", unfinished),
            ("still Japanese", untranslated),
            ("not in the catalogue (make messages)", missing),
        ):
            for text in texts:
                self.stderr.write(f"{title}: {text}")
        if unfinished or untranslated or missing:
            raise CommandError("The English catalogue is not complete.")
        self.stdout.write(f"The English catalogue is complete: {len(catalogue)} texts.")


def _read(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale="en", domain="django")


def _extracted() -> set:
    """The texts the code and the templates use now, as xgettext finds them; without xgettext nothing is compared."""
    if shutil.which("xgettext") is None:
        return set()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        skip = shutil.ignore_patterns(".*", "var", "staticfiles", "tests", "bench", "node_modules", "*.ttf", "locale")
        shutil.copytree(settings.BASE_DIR, copy, ignore=skip)
        (copy / "locale").mkdir()
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-location"],
            cwd=copy, check=True, capture_output=True,
        )  # fmt: skip
        return {m.id for m in _read(copy / "locale/en/LC_MESSAGES/django.po") if m.id}
