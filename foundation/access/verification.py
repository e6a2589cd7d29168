"""Checks the sealed access record: names what was altered, is missing, stays unsealed, or can't be checked."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from foundation import clock
from foundation.access.noted_heads import NotedHead
from foundation.access.scopes import UNRECORDED_KINDS
from foundation.access.sealing import GENESIS, head_mac, record_seal
from foundation.crypto.ring import seal_ring
from foundation.faults import CryptoError
from foundation.models.access_record import AccessCount, AccessHead, AccessRecord
from foundation.models.data_key import DataKey

SEALED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Fault:
    """What is wrong: "altered", "missing", "unsealed", "head" or "key"; which rows, in words.

    "key": the rows are there and in order, but the key they were sealed with left the ring, so that nobody can say
    whether what they hold was altered.
    """

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}"


def verify(*, known: Iterable[NotedHead] = ()) -> list[Fault]:
    """All faults of the access record, [] when it is whole.

    ``known`` are heads as they were noted elsewhere earlier: with them a chain that was cut off, or emptied, together
    with its head is found too.
    """
    head = AccessHead.objects.filter(pk=AccessHead.ONLY).first() or AccessHead()
    faults = list(_faults_of_head(head))
    noted = {one.count: one.seal for one in known}
    written = AccessCount.objects.filter(pk=AccessCount.ONLY).values_list("written", flat=True).first() or 0
    expected, previous, counted = 1, GENESIS, 0
    unchecked: dict[str, list[list[int]]] = {}  # by key id: first and last position of each run of rows
    for record in _in_order():
        position = record.position or 0
        if position > expected:
            faults.append(_missing(expected, position - 1))
            previous = record.previous_seal
        elif record.number is not None and record.number > counted + 1:
            faults.append(_uncounted(counted, record.number))
        key = _key(record.seal_key_id) or _key_it_was_sealed_with(record, position)
        if key is None:
            _add(unchecked.setdefault(record.seal_key_id, []), position)
        if (
            record.previous_seal != previous
            or not _lists_its_keys(record)
            or not _names_its_seal(record, position, key)
        ):
            faults.append(Fault("altered", f"record {record.pk} at position {position}"))
        if noted.get(position, record.seal) != record.seal:
            faults.append(Fault("head", f"position {position} is not what was noted elsewhere"))
        expected, previous, counted = position + 1, record.seal, record.number or counted
    end = expected - 1
    due = max(head.count, *noted, 0)
    if due > end:
        faults.append(_missing(end + 1, due))
        counted += due - end if counted else 0
    elif head.count < end:
        # A sealer may have been at work meanwhile; then the head has moved on.
        if not AccessHead.objects.filter(pk=AccessHead.ONLY, count__gte=end).exists():
            faults.append(Fault("head", f"the head counts {head.count}, the chain {end}"))
    elif head.seal != (previous if end else ""):
        faults.append(Fault("head", "the head is not the seal of the last row"))
    faults += [Fault("key", _without_key(key_id, runs)) for key_id, runs in unchecked.items()]
    return [*faults, *_gone_before_sealing(counted, written), *_unsealed(clock.now() - SEALED_WITHIN)]


def _faults_of_head(head: AccessHead) -> Iterator[Fault]:
    if not head.mac and not head.count:
        if _should_have_begun():
            yield Fault("head", "there is none, although data of people has been kept for longer than sealing takes")
        return
    key = _key(head.key_id)
    if key is None:
        yield Fault("key", f"key {head.key_id!r} of the head is not in the ring")
    elif not hmac.compare_digest(head.mac, head_mac(head, key=key)):
        yield Fault("head", "the head was altered")


def _in_order() -> Iterator[AccessRecord]:
    records: QuerySet[AccessRecord] = AccessRecord.objects.sealed().order_by("position")
    return records.prefetch_related("accessed").iterator(chunk_size=1000)


def _key(key_id: str) -> bytes | None:
    try:
        return seal_ring().get(key_id)
    except CryptoError:
        return None


def _key_it_was_sealed_with(record: AccessRecord, position: int) -> bytes | None:
    """The key of a row that names one the ring doesn't hold, where the name is all that was altered."""
    ring = seal_ring()
    return next((ring.get(key_id) for key_id in ring.ids if _seal_holds(record, position, ring.get(key_id))), None)


def _names_its_seal(record: AccessRecord, position: int, key: bytes | None) -> bool:
    """Whether the row carries the seal it must; where the key is gone nobody can say, which is a finding of its own."""
    return key is None or (_key(record.seal_key_id) == key and _seal_holds(record, position, key))


def _seal_holds(record: AccessRecord, position: int, key: bytes) -> bool:
    due = record_seal(record, key=key, position=position, previous_seal=record.previous_seal)
    return hmac.compare_digest(record.seal, due)


def _lists_its_keys(record: AccessRecord) -> bool:
    listed = sorted(accessed.key_public_id for accessed in record.accessed.all())
    return listed == sorted(record.keys)


def _add(runs: list[list[int]], position: int) -> None:
    if runs and runs[-1][1] == position - 1:
        runs[-1][1] = position
    else:
        runs.append([position, position])


def _without_key(key_id: str, runs: list[list[int]]) -> str:
    where = ", ".join(_positions(first, last) for first, last in runs)
    return f"key {key_id!r} is not in the ring, so nobody can say whether these rows were altered: {where}"


def _unsealed(before: datetime) -> Iterator[Fault]:
    for record_id in AccessRecord.objects.unsealed().filter(at__lt=before).values_list("pk", flat=True):
        yield Fault("unsealed", f"record {record_id}")


def _gone_before_sealing(last: int, written: int) -> Iterator[Fault]:
    """Records behind the ``last`` that is sealed, of the ``written`` ones, whose numbers are missing."""
    behind = AccessRecord.objects.filter(number__gt=last, number__lte=written).order_by("number")
    for number in [*behind.values_list("number", flat=True).iterator(), written + 1]:
        if number > last + 1:
            yield _uncounted(last, number)
        last = number


def _uncounted(before: int, after: int) -> Fault:
    return Fault("missing", f"{_span('number', before + 1, after - 1)}, before it was sealed")


def _should_have_begun() -> bool:
    kept_long = DataKey.objects.exclude(kind__in=UNRECORDED_KINDS).filter(created_at__lt=clock.now() - SEALED_WITHIN)
    return kept_long.exists() and not AccessRecord.objects.sealed().exists()


def _missing(first: int, last: int) -> Fault:
    return Fault("missing", _positions(first, last))


def _positions(first: int, last: int) -> str:
    return _span("position", first, last)


def _span(what: str, first: int, last: int) -> str:
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"
