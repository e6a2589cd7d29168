"""Fails when the English catalogue lacks a text of the interface, or holds an unfinished one."""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Japanese that English quotes on purpose: a language's own name, what has to be typed in Japanese.
QUOTED = ("日本語", "さとう はなこ", "札幌市中央区", "札幌市", "だてし", "はい", "いいえ")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_ENTRY = re.compile(r'^(?:msgctxt .*\n)?msgid (?:".*"\n)+', re.MULTILINE)
# Neither code nor templates, or not the interface; what a running suite writes must not be copied.
NOT_READ = (".*", "__pycache__", "bench", "docs", "locale", "static*", "test-results", "tests", "var")
Key = tuple[str | None, str]


class Command(BaseCommand):
    help = "Checks that every interface text has an English translation."

    def handle(self, **_options: Any) -> None:
        path = Path(settings.BASE_DIR) / "locale/en/LC_MESSAGES/django.po"
        catalogue = read_catalogue(path)
        found = [*doubled(path.read_text(encoding="utf-8")), *faults(catalogue), *differences(catalogue, extracted())]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError("The English catalogue is not complete.")
        self.stdout.write(f"The English catalogue is complete: {len(catalogue)} texts.")


def read_catalogue(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale="en", domain="django")


def doubled(catalogue: str) -> Iterator[str]:
    """What stands twice, a line each: Babel takes the last of them in silence, gettext's own tools refuse the file."""
    for entry, times in Counter(_ENTRY.findall(catalogue)).items():
        if times > 1:
            yield f"twice in the catalogue: {entry.strip()}"


def faults(catalogue: Catalog) -> Iterator[str]:
    """What is wrong with the translations themselves, a line each."""
    for message in _messages(catalogue):
        wanted, given = _forms(message.id), _forms(message.string or "")
        if message.fuzzy or not all(given):
            yield f"not finished: {wanted[0]}"
            continue
        for text in given:
            if JAPANESE.search(_without_quoted(text)):
                yield f"still Japanese: {text}"
            if not any(_placeholders(text) == _placeholders(original) for original in wanted):
                yield f"other placeholders than in the Japanese: {text}"


def differences(catalogue: Catalog, used: set[Key] | None) -> Iterator[str]:
    """Texts in use that the catalogue lacks, and texts it holds that nobody uses; ``used`` None compares nothing."""
    if used is None:
        return
    held = _keys(_messages(catalogue))
    for _context, text in sorted(used - held, key=str):
        yield f"not in the catalogue (make messages): {text}"
    for _context, text in sorted(held - used, key=str):
        yield f"no longer used (make messages): {text}"


def extracted() -> set[Key] | None:
    """The texts that code and templates use now, as xgettext finds them; None where xgettext is missing."""
    if shutil.which("xgettext") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(settings.BASE_DIR, copy, ignore=shutil.ignore_patterns(*NOT_READ))
        (copy / "locale").mkdir()
        done = subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-location"],
            cwd=copy, capture_output=True, text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "TSUNAGU_DEMO": "1",
                 "TSUNAGU_VAR": str(Path(folder) / "var")},
        )  # fmt: skip
        if done.returncode:
            raise CommandError(f"xgettext could not read the texts in use: {done.stderr}")
        return _keys(_messages(read_catalogue(copy / "locale/en/LC_MESSAGES/django.po")))


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _keys(messages: Iterable[Message]) -> set[Key]:
    return {(message.context, _forms(message.id)[0]) for message in messages}


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    """The one form of a text, or singular and plurals."""
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def _without_quoted(text: str) -> str:
    for word in QUOTED:
        text = text.replace(word, "")
    return text
