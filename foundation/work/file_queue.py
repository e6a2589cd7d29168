"""The queue in a folder, for a machine without a broker: what kombu's file transport does, safe among processes.

kombu creates a file under its final name and writes it afterwards, and rewrites its table of exchanges in place. A
reader that comes in between finds half a file, and its error ends the worker. Here a file gets its name only when it
is whole, and what can't be read counts as not there: the outbox rings again for what matters.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any
from uuid import uuid4

import structlog
from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.transport.filesystem import exchange_queue_t

log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """Messages are files named ``{time}_{uuid}.{queue}.msg``; the table of an exchange is one file of JSON."""

    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        # By the clock on the wall, so that the order holds over a restart of the machine.
        name = f"{time_ns():020}_{uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, payload)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        folder = Path(self.data_folder_in)
        for path in sorted(folder / name for name in os.listdir(folder) if name.partition(".")[2] == f"{queue}.msg"):
            taken = path.with_suffix(".taken")
            try:
                path.rename(taken)  # one of several readers succeeds
            except FileNotFoundError:
                continue
            try:
                return json.loads(taken.read_bytes())
            except ValueError:
                log.warning("queue.unreadable", file=path.name)
            finally:
                taken.unlink(missing_ok=True)
        raise Empty

    def get_table(self, exchange: str) -> list[exchange_queue_t]:
        return _table(self._exchange_file(exchange))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._changing(exchange) as (path, table):
            if row not in table:
                _write_whole(path, [row, *table])

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **kwargs: Any) -> None:
        super(filesystem.Channel, self)._delete(queue, exchange, routing_key, pattern, *args, **kwargs)
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._changing(exchange) as (path, table):
            if row in table:
                _write_whole(path, [other for other in table if other != row])

    @contextmanager
    def _changing(self, exchange: str) -> Iterator[tuple[Path, list[exchange_queue_t]]]:
        """The table of an exchange, while no other process changes one."""
        path = self._exchange_file(exchange)
        path.parent.mkdir(parents=True, exist_ok=True)
        with (path.parent / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield path, _table(path)


class Transport(filesystem.Transport):
    Channel = Channel


def _table(path: Path) -> list[exchange_queue_t]:
    try:
        return [exchange_queue_t(*row) for row in json.loads(path.read_bytes())]
    except (FileNotFoundError, ValueError):
        return []


def _write_whole(path: Path, content: Any) -> None:
    """Write under another name and rename: nobody ever sees part of it."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
            json.dump(content, part)
        os.replace(part.name, path)
    except OSError as error:
        raise ChannelError(f"cannot write {path.name} into the queue's folder") from error
