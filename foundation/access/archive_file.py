"""A month of the access record as a file: gzipped JSON, a line a record, with the seals that it has in the database."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from foundation.models.access_record import AccessRecord

_KINDS: dict[str, Any] = {
    "id": int,
    "number": int | None,
    "actor": str,
    "member_id": int | None,
    "organisation_id": int | None,
    "purpose": str,
    "keys": list,
    "position": int,
    "previous_seal": str,
    "seal": str,
    "seal_key_id": str,
}


class Unreadable(Exception):
    """The file is not there, or is not what was written."""


class Taken(Exception):
    """A file of that name is there and holds something else; it is never written over."""


class Busy(Exception):
    """Another run is writing into the folder."""


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Keep every other run out of the folder. Raises Busy."""
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy(str(folder)) from None
    finally:
        os.close(number)


def write(path: Path, records: Iterable[AccessRecord]) -> bool:
    """Write them to the disk under ``path``, whole or not at all; what raises on the way leaves nothing.

    False where the very same file was there before. Raises Taken where a file of that name holds other records: the
    only copy there may be.
    """
    number, name = tempfile.mkstemp(prefix=path.stem, suffix=".draft", dir=path.parent)
    draft = Path(name)
    try:
        with open(number, "wb") as raw:
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                for record in records:
                    packed.write(_line(record).encode())
            raw.flush()
            os.fsync(raw.fileno())
        try:
            os.link(draft, path)  # which never takes the place of another file
        except FileExistsError:
            if any(there != new for there, new in zip_longest(_lines(path), _lines(draft))):
                raise Taken(path.name) from None
            return False
        _sync(path.parent)
        return True
    finally:
        draft.unlink()


def read(path: Path) -> Iterator[AccessRecord]:
    """Its records in their order, not tied to the database. Raises Unreadable."""
    for line in _lines(path):
        try:
            record = _record(json.loads(line))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
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
    content: dict[str, Any] = {name: getattr(record, name) for name in _KINDS}
    content["at"] = record.at.isoformat(timespec="microseconds")
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _record(content: dict[str, Any]) -> AccessRecord:
    """A record as it was written. Raises ValueError, TypeError or KeyError for what no record is."""
    for name, kind in _KINDS.items():
        value = content[name]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise TypeError(name)
        "".join(value if isinstance(value, list) else [str(value)]).encode()  # half a character is none
    return AccessRecord(
        at=datetime.fromisoformat(content["at"]).astimezone(UTC), **{name: content[name] for name in _KINDS}
    )
