"""Spreadsheets that strangers send: read in a process of its own, within bounds of size, memory and time."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from foundation.errors import DomainError
from outreach.directory.opendata import limits, workbook_reader

MOST_UNPACKED = 64 * 1024 * 1024  # bytes; real directories unpack to a tenth of it
MEMORY = 1024 * 1024 * 1024  # bytes of address space, the interpreter's own included
SECONDS = 4  # of CPU; the most rows take half a second


def rows(content: bytes) -> list[list[Any]]:
    """The first visible sheet of an XLSX, XLS or ODS file, row by row. Raises DomainError with the true cause."""
    _check_unpacked(content)
    bounds = [MEMORY, SECONDS, limits.MOST_ROWS, limits.MOST_COLUMNS]
    command = [sys.executable, "-I", str(Path(workbook_reader.__file__)), *map(str, bounds)]
    try:
        ended = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS * 3, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise DomainError(limits.UNREADABLE) from None
    if ended.returncode == workbook_reader.TOO_MANY_ROWS:
        raise limits.too_many_rows()
    if ended.returncode == workbook_reader.TOO_MANY_COLUMNS:
        raise limits.too_many_columns()
    if b"PasswordError" in ended.stderr:
        raise DomainError(_("このファイルにはパスワードがかかっています。外して保存しなおしてください。"))
    if ended.returncode == workbook_reader.NO_SHEET:
        raise DomainError(_("表のあるシートがありません。表のシートを表示して保存しなおしてください。"))
    if ended.returncode != 0:
        raise DomainError(limits.UNREADABLE)
    found: list[list[Any]] = json.loads(ended.stdout)
    return found


def _check_unpacked(content: bytes) -> None:
    """A small file may unpack to anything; one that lies about it meets the bounds of the reader."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
        raise DomainError(limits.UNREADABLE) from None
    if unpacked > MOST_UNPACKED:
        raise limits.too_large()
