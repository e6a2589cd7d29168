"""Moves whole months of the sealed access record out of the database into files, each checked before its rows go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import structlog
from django.db import transaction
from django.db.models import QuerySet

from foundation import clock
from foundation.access import archive_file
from foundation.access.chain import Chain, Fault, is_same, key_of
from foundation.access.sealing import archive_mac
from foundation.crypto.ring import seal_ring
from foundation.models.access_archive import AccessArchive
from foundation.models.access_head import AccessHead
from foundation.models.access_record import AccessRecord
from foundation.models.accessed_key import AccessedKey

log = structlog.get_logger(__name__)


class NotArchived(Exception):
    """The month stays where it is; ``faults`` say what is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def archive(folder: Path, *, before: date) -> Iterator[AccessArchive]:
    """Move all whole months before the month of ``before`` into ``folder``, one file a month; gives each as it is done.

    Rows leave the database in the transaction that notes their file, after that was read from the disk and its chain
    followed to the end; before that the notes of earlier files are signed with the ring's first key. Raises
    NotArchived, and leaves a month as it is, where anything in it is wrong.
    """
    with archive_file.only_writer(folder):
        _sign_anew()
        while month := _oldest(before):
            yield _archive(folder, *month)


def faults_of(made: AccessArchive) -> Iterator[Fault]:
    """Whether the note of a file is the one that was made with it."""
    key = key_of(made.key_id)
    if key is None:
        yield Fault("key", f"key {made.key_id!r} of the archive {made} is not in the ring")
    elif not is_same(made.mac, archive_mac(made, key=key)):
        yield Fault("archive", f"what is noted of {made} was altered")


def _sign_anew() -> None:
    """Put the ring's first key under the notes that an older one vouches for: nothing hangs on that any more."""
    current = seal_ring().current[0]
    for made in AccessArchive.objects.exclude(key_id=current):
        if not any(faults_of(made)):
            _sign(made)
            AccessArchive.objects.sign(made)


def _sign(made: AccessArchive) -> None:
    made.key_id, key = seal_ring().current
    made.mac = archive_mac(made, key=key)


def _oldest(before: date) -> list[AccessRecord]:
    """First and last row of the oldest month in the database; [] where it isn't over, or not before ``before``."""
    sealed = AccessRecord.objects.sealed().order_by("position")
    first = sealed.first()
    if first is None or _month(first.at) >= min((before.year, before.month), _month(clock.now())):
        return []
    later = sealed.filter(at__gte=_end_of_month(first.at)).first()
    last = (sealed.filter(position__lt=later.position) if later else sealed).last()
    return [first, last] if last else []


def _archive(folder: Path, first: AccessRecord, last: AccessRecord) -> AccessArchive:
    chain, faults = Chain(), list[Fault]()
    for earlier in AccessArchive.objects.in_order():
        faults += [*faults_of(earlier), *chain.skip(earlier)]
    start = Chain(chain.end, chain.seal, chain.number)
    path = folder / f"access-{clock.tokyo_date(first.at):%Y-%m}-{start.end + 1}.jsonl.gz"
    rows = AccessRecord.objects.sealed().filter(position__lte=last.position).order_by("position")
    is_new = archive_file.write(path, _followed(rows, chain, faults))
    made = AccessArchive(
        file=path.name,
        first=start.end + 1,
        last=chain.end,
        number=chain.number,
        until=last.at,
        seal=chain.seal,
        sha256=archive_file.sha256(path),
    )
    _sign(made)
    # What lies there under its name is followed, and only then do the rows go.
    for record in archive_file.read(path):
        faults += start.follow(record, record.keys)
    if start != chain or made.sha256 != archive_file.sha256(path):
        if is_new:
            path.unlink()
        raise NotArchived([Fault("archive", f"{path.name} does not hold what was written to it")])
    with transaction.atomic():
        AccessHead.objects.select_for_update().get(pk=AccessHead.ONLY)  # runs into two folders come one after the other
        if AccessArchive.objects.filter(last__gte=made.first).exists():
            raise archive_file.Busy(str(folder))
        made.save()
        span = {"position__gte": made.first, "position__lte": made.last}
        AccessedKey.objects.erase(**{f"record__{field}": value for field, value in span.items()})
        if AccessRecord.objects.erase(**span) != made.last - made.first + 1:
            raise NotArchived([Fault("archive", f"{path.name} does not hold as many rows as would go")])
    log.info("access.archived", file=made.file, first=made.first, last=made.last, sha256=made.sha256)
    return made


def _followed(rows: QuerySet[AccessRecord], chain: Chain, faults: list[Fault]) -> Iterator[AccessRecord]:
    """The rows on their way to the file. Raises NotArchived where anything is wrong with them."""
    for record in rows.prefetch_related("accessed").iterator(chunk_size=1000):
        faults += chain.follow(record, [accessed.key_public_id for accessed in record.accessed.all()])
        yield record
    faults += chain.without_key()
    if faults:
        raise NotArchived(faults)


def _month(moment: datetime) -> tuple[int, int]:
    day = clock.tokyo_date(moment)
    return day.year, day.month


def _end_of_month(moment: datetime) -> datetime:
    year, month = _month(moment)
    following = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(following, time.min, clock.TOKYO)
