"""Heads of the access record noted outside the database: who puts an older one back there is found by them.

A file of this machine (``ACCESS_HEADS``), a line a day with the day's last head. docs/operations.md says where it goes.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from foundation import clock


class NotedHead(NamedTuple):
    """The seal that stood at a position."""

    count: int  # type: ignore[assignment]  # a field, in the place of tuple.count
    seal: str

    @classmethod
    def parse(cls, text: str) -> NotedHead:
        """Of count:seal. Raises ValueError."""
        count, _, seal = text.partition(":")
        if not count.isdecimal() or not seal:
            raise ValueError("a head is written count:seal")
        return cls(int(count), seal)


def note(count: int, seal: str) -> None:
    """Note the head of today in place of the one noted earlier today. A later one is never replaced by an earlier."""
    if not settings.ACCESS_HEADS:
        return
    day = clock.today().isoformat()
    with _held(Path(settings.ACCESS_HEADS)) as file:
        lines = file.read_text().splitlines() if file.exists() else []
        if lines and _head(lines[-1]).count >= count:
            return
        kept = lines[:-1] if lines and lines[-1].startswith(day) else lines
        draft = file.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text("\n".join([*kept, f"{day} {count}:{seal}"]) + "\n")
        draft.replace(file)


def noted() -> list[NotedHead]:
    """All that were noted, the oldest first."""
    file = Path(settings.ACCESS_HEADS) if settings.ACCESS_HEADS else None
    return [_head(line) for line in file.read_text().splitlines()] if file and file.exists() else []


def _head(line: str) -> NotedHead:
    return NotedHead.parse(line.partition(" ")[2])


@contextmanager
def _held(file: Path) -> Iterator[Path]:
    """The file for one writer at a time."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield file
