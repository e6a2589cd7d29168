"""The chain of the access record, followed row by row: what is wrong with each, and where it goes on."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from foundation.access.sealing import GENESIS, record_seal
from foundation.crypto.ring import seal_ring
from foundation.faults import CryptoError
from foundation.models.access_archive import AccessArchive
from foundation.models.access_record import AccessRecord


@dataclass(frozen=True)
class Fault:
    """What is wrong: "altered", "missing", "unsealed", "head", "archive" or "key"; which rows, in words.

    "key": the rows are there and in order, but the key they were sealed with left the ring, so that nobody can say
    whether what they hold was altered.
    """

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}"


@dataclass
class Chain:
    """Where following has come to: the last position, its seal, the last number; ``noted`` seals by position."""

    end: int = 0
    seal: str = GENESIS
    number: int = 0
    noted: dict[int, str] = field(default_factory=dict)
    _unchecked: dict[str, list[list[int]]] = field(default_factory=dict)  # key id: first and last of each run of rows

    def follow(self, record: AccessRecord, listed: Iterable[str]) -> Iterator[Fault]:
        """Go on to ``record``, beside which the keys of ``listed`` stand."""
        position, before = record.position or 0, self.seal
        if position > self.end + 1:
            yield missing(self.end + 1, position - 1)
            before = record.previous_seal
        elif record.number is not None and record.number > self.number + 1:
            yield uncounted(self.number, record.number)
        key = key_of(record.seal_key_id) or _key_it_was_sealed_with(record, position)
        if key is None:
            self._add(record.seal_key_id, position)
        lists_its_keys = sorted(listed) == sorted(record.keys)
        if record.previous_seal != before or not lists_its_keys or not _names_its_seal(record, position, key):
            yield Fault("altered", f"record {record.pk} at position {position}")
        if self.noted.get(position, record.seal) != record.seal:
            yield Fault("head", f"position {position} is not what was noted elsewhere")
        self.end, self.seal, self.number = position, record.seal, record.number or self.number

    def skip(self, archive: AccessArchive) -> Iterator[Fault]:
        """Go on behind a month whose file nobody opens."""
        if archive.first != self.end + 1:
            yield missing(self.end + 1, archive.first - 1)
        if self.noted.get(archive.last, archive.seal) != archive.seal:
            yield Fault("head", f"position {archive.last} is not what was noted elsewhere")
        self.end, self.seal, self.number = archive.last, archive.seal, archive.number

    def without_key(self) -> Iterator[Fault]:
        """The rows that nobody can check any more, one finding a key."""
        for key_id, runs in self._unchecked.items():
            where = ", ".join(_positions(first, last) for first, last in runs)
            yield Fault(
                "key", f"key {key_id!r} is not in the ring, so nobody can say whether these rows were altered: {where}"
            )

    def _add(self, key_id: str, position: int) -> None:
        runs = self._unchecked.setdefault(key_id, [])
        if runs and runs[-1][1] == position - 1:
            runs[-1][1] = position
        else:
            runs.append([position, position])


def key_of(key_id: str) -> bytes | None:
    """The key of the seal's ring, None where it left."""
    try:
        return seal_ring().get(key_id)
    except CryptoError:
        return None


def missing(first: int, last: int) -> Fault:
    """Sealed rows that are gone."""
    return Fault("missing", _positions(first, last))


def uncounted(before: int, after: int) -> Fault:
    """Rows between two numbers that went before they were sealed."""
    return Fault("missing", f"{_span('number', before + 1, after - 1)}, before it was sealed")


def _key_it_was_sealed_with(record: AccessRecord, position: int) -> bytes | None:
    """The key of a row that names one the ring doesn't hold, where the name is all that was altered."""
    ring = seal_ring()
    return next((ring.get(key_id) for key_id in ring.ids if _seal_holds(record, position, ring.get(key_id))), None)


def _names_its_seal(record: AccessRecord, position: int, key: bytes | None) -> bool:
    """Whether the row carries the seal it must; where the key is gone nobody can say, which is a finding of its own."""
    return key is None or (key_of(record.seal_key_id) == key and _seal_holds(record, position, key))


def _seal_holds(record: AccessRecord, position: int, key: bytes) -> bool:
    due = record_seal(record, key=key, position=position, previous_seal=record.previous_seal)
    return is_same(record.seal, due)


def is_same(found: str, due: str) -> bool:
    """Whether a seal is the one it must be, whatever was written in its place."""
    return hmac.compare_digest(found.encode(errors="replace"), due.encode())


def _positions(first: int, last: int) -> str:
    return _span("position", first, last)


def _span(what: str, first: int, last: int) -> str:
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"
