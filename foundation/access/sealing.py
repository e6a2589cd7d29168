"""Seals the access record: a keyed chain in which no row can be altered or removed unnoticed."""

from __future__ import annotations

import hmac
import json
from datetime import UTC
from typing import Any

import structlog
from django.db import transaction

from foundation import clock
from foundation.access import noted_heads
from foundation.crypto.blind_index import subkey
from foundation.crypto.ring import seal_ring
from foundation.models.access_archive import AccessArchive
from foundation.models.access_head import AccessHead
from foundation.models.access_record import AccessRecord

GENESIS = "0" * 64
BATCH = 500
_PURPOSE = "access record seal"

log = structlog.get_logger(__name__)


class _SealedElsewhere(Exception):
    """Another sealer was at work; this one takes its own steps back."""


def seal_pending() -> int:
    """Seal all unsealed records in order of their ids; returns how many. Of two at once one steps back."""
    sealed = 0
    while True:
        try:
            with transaction.atomic():
                batch = _seal_batch()
        except _SealedElsewhere:
            return sealed
        sealed += batch
        if batch < BATCH:
            break
    if sealed:
        head = AccessHead.objects.get(pk=AccessHead.ONLY)
        noted_heads.note(head.count, head.seal)
        log.info("access.sealed", rows=sealed, count=head.count, seal=head.seal)
    return sealed


def record_seal(record: AccessRecord, *, key: bytes, position: int, previous_seal: str) -> str:
    """The seal a record must carry at a position after a given seal."""
    content: dict[str, Any] = {
        "id": record.pk,
        "at": record.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": record.actor,
        "member": record.member_id,
        "organisation": record.organisation_id,
        "purpose": record.purpose,
        "keys": record.keys,
        "position": position,
        "previous": previous_seal,
    }
    if record.number is not None:  # from before records had numbers, a seal holds none
        content["number"] = record.number
    return _mac(key, "row", content)


def head_mac(head: AccessHead, *, key: bytes) -> str:
    """What keeps the head from being written by someone without the key."""
    return _mac(key, "head", {"count": head.count, "seal": head.seal})


def archive_mac(made: AccessArchive, *, key: bytes) -> str:
    """What keeps the note of an archived month from being written by someone without the key."""
    content = {
        "file": made.file,
        "first": made.first,
        "last": made.last,
        "number": made.number,
        "until": made.until.astimezone(UTC).isoformat(timespec="microseconds"),
        "seal": made.seal,
        "sha256": made.sha256,
    }
    return _mac(key, "archive", content)


def _seal_batch() -> int:
    _head_of_nothing()
    head = AccessHead.objects.select_for_update().get(pk=AccessHead.ONLY)
    before = head.count
    head.key_id, key = seal_ring().current
    previous = head.seal or GENESIS
    for record in AccessRecord.objects.unsealed().in_order()[:BATCH]:
        head.count += 1
        seal = record_seal(record, key=key, position=head.count, previous_seal=previous)
        if not AccessRecord.objects.write_seal(
            record, position=head.count, previous_seal=previous, seal=seal, key_id=head.key_id
        ):
            raise _SealedElsewhere
        previous = head.seal = seal
    if head.count == before:
        return 0
    moved = AccessHead.objects.filter(pk=AccessHead.ONLY, count=before).update(
        count=head.count,
        seal=head.seal,
        key_id=head.key_id,
        sealed_at=clock.now(),
        mac=head_mac(head, key=key),
    )
    if moved != 1:
        raise _SealedElsewhere
    return head.count - before


def _head_of_nothing() -> None:
    """Make the head as soon as there is a sealer, so that a record without one was emptied."""
    if not AccessHead.objects.filter(pk=AccessHead.ONLY).exists():
        head = AccessHead()
        head.key_id, key = seal_ring().current
        fields = {"key_id": head.key_id, "mac": head_mac(head, key=key)}
        AccessHead.objects.get_or_create(pk=AccessHead.ONLY, defaults=fields)
        log.warning("access.begun")  # once in the life of a site


def _mac(key: bytes, kind: str, content: dict) -> str:
    text = json.dumps([kind, content], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hmac.digest(subkey(key, _PURPOSE), text.encode(), "sha256").hex()
