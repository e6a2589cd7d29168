"""Checks the sealed access record: names what was altered, is missing, stays unsealed, or can't be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet

from foundation import clock
from foundation.access import archive_file, archiving
from foundation.access.chain import Chain, Fault, is_same, key_of, missing, uncounted
from foundation.access.noted_heads import NotedHead
from foundation.access.scopes import UNRECORDED_KINDS
from foundation.access.sealing import head_mac
from foundation.models.access_archive import AccessArchive
from foundation.models.access_count import AccessCount
from foundation.models.access_head import AccessHead
from foundation.models.access_record import AccessRecord
from foundation.models.data_key import DataKey

SEALED_WITHIN = timedelta(minutes=5)


def verify(*, known: Iterable[NotedHead] = (), archives: Path | None = None) -> list[Fault]:
    """All faults of the access record, [] when it is whole.

    ``known`` are heads as they were noted elsewhere earlier: with them a chain that was cut off, or emptied, together
    with its head is found too. ``archives`` is the folder with the files of the months that left the database; without
    it only what the database notes of them is checked. What is archived meanwhile makes it look again.
    """
    noted = list(known)
    while True:
        archived = AccessArchive.objects.count()
        faults = _faults(noted, archives)
        if not faults or AccessArchive.objects.count() == archived:
            return faults


def _faults(known: list[NotedHead], archives: Path | None) -> list[Fault]:
    head = AccessHead.objects.filter(pk=AccessHead.ONLY).first() or AccessHead()
    faults = list(_faults_of_head(head))
    chain = Chain(noted={one.count: one.seal for one in known})
    written = AccessCount.objects.filter(pk=AccessCount.ONLY).values_list("written", flat=True).first() or 0
    for archive in AccessArchive.objects.in_order():
        faults += archiving.faults_of(archive)
        faults += chain.skip(archive) if archives is None else _faults_of_file(archives / archive.file, archive, chain)
    for record in _in_order():
        faults += chain.follow(record, [accessed.key_public_id for accessed in record.accessed.all()])
    end, counted = chain.end, chain.number
    due = max(head.count, *chain.noted, 0)
    if due > end:
        faults.append(missing(end + 1, due))
        counted += due - end if counted else 0
    elif head.count < end:
        # A sealer may have been at work meanwhile; then the head has moved on.
        if not AccessHead.objects.filter(pk=AccessHead.ONLY, count__gte=end).exists():
            faults.append(Fault("head", f"the head counts {head.count}, the chain {end}"))
    elif head.seal != (chain.seal if end else ""):
        faults.append(Fault("head", "the head is not the seal of the last row"))
    faults += chain.without_key()
    return [*faults, *_gone_before_sealing(counted, written), *_unsealed(clock.now() - SEALED_WITHIN)]


def _faults_of_head(head: AccessHead) -> Iterator[Fault]:
    if not head.mac and not head.count:
        if _should_have_begun():
            yield Fault("head", "there is none, although data of people has been kept for longer than sealing takes")
        return
    key = key_of(head.key_id)
    if key is None:
        yield Fault("key", f"key {head.key_id!r} of the head is not in the ring")
    elif not is_same(head.mac, head_mac(head, key=key)):
        yield Fault("head", "the head was altered")


def _faults_of_file(path: Path, archive: AccessArchive, chain: Chain) -> Iterator[Fault]:
    """Follow the chain through an archived month; behind it the database's own note says where it goes on."""
    try:
        if archive_file.sha256(path) != archive.sha256:
            yield Fault("archive", f"{archive} is not the file that was written")
        for record in archive_file.read(path):
            yield from chain.follow(record, record.keys)
    except archive_file.Unreadable as error:
        yield Fault("archive", f"unreadable: {error}")
    if (chain.end, chain.seal) != (archive.last, archive.seal):
        yield Fault("archive", f"{archive} does not end where the database says it does")
        chain.end, chain.seal, chain.number = archive.last, archive.seal, archive.number


def _in_order() -> Iterator[AccessRecord]:
    records: QuerySet[AccessRecord] = AccessRecord.objects.sealed().order_by("position")
    return records.prefetch_related("accessed").iterator(chunk_size=1000)


def _unsealed(before: datetime) -> Iterator[Fault]:
    for record_id in AccessRecord.objects.unsealed().filter(at__lt=before).values_list("pk", flat=True):
        yield Fault("unsealed", f"record {record_id}")


def _gone_before_sealing(last: int, written: int) -> Iterator[Fault]:
    """Records behind the ``last`` that is sealed, of the ``written`` ones, whose numbers are missing."""
    behind = AccessRecord.objects.filter(number__gt=last, number__lte=written).order_by("number")
    for number in [*behind.values_list("number", flat=True).iterator(), written + 1]:
        if number > last + 1:
            yield uncounted(last, number)
        last = number


def _should_have_begun() -> bool:
    kept_long = DataKey.objects.exclude(kind__in=UNRECORDED_KINDS).filter(created_at__lt=clock.now() - SEALED_WITHIN)
    return kept_long.exists() and not AccessRecord.objects.sealed().exists()
