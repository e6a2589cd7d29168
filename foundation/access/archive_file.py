"""A month of the access record as a file: gzipped JSON, a line a record, with the seals that it has in the database."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from foundation.models.access_record import AccessRecord

_FIELDS = (
    "id",
    "number",
    "actor",
    "member_id",
    "organisation_id",
    "purpose",
    "keys",
    "position",
    "previous_seal",
    "seal",
    "seal_key_id",
)


class Unreadable(Exception):
    """The file is not there, or is not what was written."""


class Taken(Exception):
    """A file of that name is there and holds something else; it is never written over."""


@contextmanager
def written(path: Path, records: Iterable[AccessRecord]) -> Iterator[Path]:
    """Write them to the disk and give the draft to be checked; it takes its name when the block ends, unless it raises.

    Raises Taken where a file of that name holds other records: the only copy there may be.
    """
    draft = path.with_suffix(".draft")
    try:
        with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as raw:
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                for record in records:
                    packed.write(_line(record).encode())
            raw.flush()
            os.fsync(raw.fileno())
        yield draft
        if path.exists() and any(there != new for there, new in zip_longest(_lines(path), _lines(draft))):
            raise Taken(path.name)
        draft.replace(path)
        _sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def read(path: Path) -> Iterator[AccessRecord]:
    """Its records in their order, not tied to the database. Raises Unreadable."""
    for line in _lines(path):
        try:
            record = _record(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise Unreadable(f"{path.name}: {type(error).__name__}") from None
        yield record


def sha256(path: Path) -> str:
    """Of the file as it lies there. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(f"{path.name}: {type(error).__name__}") from None


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as lines:
            yield from lines
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{path.name}: {type(error).__name__}") from None


def _sync(folder: Path) -> None:
    """Let the new name survive a power cut too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _line(record: AccessRecord) -> str:
    content: dict[str, Any] = {name: getattr(record, name) for name in _FIELDS}
    content["at"] = record.at.isoformat(timespec="microseconds")
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _record(content: dict[str, Any]) -> AccessRecord:
    return AccessRecord(at=datetime.fromisoformat(content["at"]), **{name: content[name] for name in _FIELDS})
