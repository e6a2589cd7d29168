"""Checks the sealed access record and names every row that was altered, is missing or stays unsealed."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from foundation import clock
from foundation.access.sealing import GENESIS, head_mac, record_seal
from foundation.crypto.ring import index_ring
from foundation.errors import CryptoError
from foundation.models.access_record import AccessHead, AccessRecord

SEALED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Fault:
    """What is wrong: "altered", "missing", "unsealed" or "head"; which rows, in words."""

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}"


def verify(*, known_head: str | None = None) -> list[Fault]:
    """All faults of the access record, [] when it is whole.

    `known_head` is "count:seal" as it was noted elsewhere earlier: with it a chain that was cut off together
    with its head is found too.
    """
    head = AccessHead.objects.filter(pk=AccessHead.ONLY).first() or AccessHead()
    faults = list(_faults_of_head(head))
    noted = _noted(known_head)
    expected, previous = 1, GENESIS
    for record in _in_order():
        position = record.position or 0
        if position > expected:
            faults.append(_missing(expected, position - 1))
            previous = record.previous_seal
        if record.previous_seal != previous or not _own_seal_holds(record, position):
            faults.append(Fault("altered", f"record {record.pk} at position {position}"))
        if noted and noted[0] == position and noted[1] != record.seal:
            faults.append(Fault("head", f"position {position} is not what was noted elsewhere"))
        expected, previous = position + 1, record.seal
    end = expected - 1
    due = max(head.count, noted[0] if noted else 0)
    if due > end:
        faults.append(_missing(end + 1, due))
    elif head.count < end:
        # A sealer may have been at work meanwhile; then the head has moved on.
        if not AccessHead.objects.filter(pk=AccessHead.ONLY, count__gte=end).exists():
            faults.append(Fault("head", f"the head counts {head.count}, the chain {end}"))
    elif head.seal != (previous if end else ""):
        faults.append(Fault("head", "the head is not the seal of the last row"))
    return faults + list(_unsealed(clock.now() - SEALED_WITHIN))


def _faults_of_head(head: AccessHead) -> Iterator[Fault]:
    if not head.count and not head.mac:
        return
    try:
        key = index_ring().get(head.key_id)
    except CryptoError as error:
        yield Fault("head", str(error))
        return
    if not hmac.compare_digest(head.mac, head_mac(head, key=key)):
        yield Fault("head", "the head was altered")


def _in_order() -> Iterator[AccessRecord]:
    records: QuerySet[AccessRecord] = AccessRecord.objects.sealed().order_by("position")
    return records.prefetch_related("accessed").iterator(chunk_size=1000)


def _own_seal_holds(record: AccessRecord, position: int) -> bool:
    try:
        key = index_ring().get(record.seal_key_id)
    except CryptoError:
        return False
    due = record_seal(record, key=key, position=position, previous_seal=record.previous_seal)
    listed = sorted(accessed.key_public_id for accessed in record.accessed.all())
    return hmac.compare_digest(record.seal, due) and listed == sorted(record.keys)


def _unsealed(before: datetime) -> Iterator[Fault]:
    for record_id in AccessRecord.objects.unsealed().filter(at__lt=before).values_list("pk", flat=True):
        yield Fault("unsealed", f"record {record_id}")


def _missing(first: int, last: int) -> Fault:
    return Fault("missing", f"position {first}" if first == last else f"positions {first} to {last}")


def _noted(known_head: str | None) -> tuple[int, str] | None:
    if known_head is None:
        return None
    count, _, seal = known_head.partition(":")
    if not count.isdecimal() or not seal:
        raise ValueError("a head is written count:seal")
    return int(count), seal
