"""Making, re-wrapping and destroying data keys."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from foundation import clock
from foundation.crypto import box
from foundation.crypto.ring import field_ring
from foundation.models.data_key import DataKey

_forgetting: list[Callable[[DataKey], None]] = []


def create(kind: str = DataKey.Kind.PERSON) -> DataKey:
    """A new key of the kind "person", "draft" or "provision", wrapped by the ring's first key and saved."""
    data_key = DataKey(kind=DataKey.Kind(kind))
    data_key.ring_key_id, ring_key = field_ring().current
    data_key.wrapped = box.seal(ring_key, box.new_key(), aad=data_key.wrapping_aad())
    data_key.save(force_insert=True)
    return data_key


def when_destroyed(forget: Callable[[DataKey], None]) -> Callable[[DataKey], None]:
    """Register what else has to go with a key, in the same transaction: what a person could be found by."""
    _forgetting.append(forget)
    return forget


@transaction.atomic
def destroy(data_key: DataKey) -> None:
    """Erase for good everything this key sealed, in every backup too; a second call changes nothing."""
    DataKey.objects.filter(pk=data_key.pk, destroyed_at__isnull=True).update(wrapped=None, destroyed_at=clock.now())
    data_key.refresh_from_db(fields=["wrapped", "destroyed_at"])
    for forget in _forgetting:
        forget(data_key)


def stale() -> QuerySet[DataKey]:
    """The keys that are still wrapped by an older ring key."""
    return DataKey.objects.filter(wrapped__isnull=False).exclude(ring_key_id=field_ring().current[0])


def rewrap(*, limit: int | None = None) -> int:
    """Wrap stale keys by the first one of the ring; returns how many. May be run again."""
    new_id, new_key = field_ring().current
    done = 0
    for data_key in stale().order_by("id")[:limit].iterator(chunk_size=500):
        done += DataKey.objects.filter(
            pk=data_key.pk, ring_key_id=data_key.ring_key_id, destroyed_at__isnull=True
        ).update(ring_key_id=new_id, wrapped=box.seal(new_key, data_key.unwrapped(), aad=data_key.wrapping_aad()))
    return done
