"""Sealing anew what was sealed before values were bound to their rows."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from foundation import access
from foundation.crypto.ciphertext import Ciphertext
from foundation.crypto.fields import EncryptedField
from foundation.identifiers import new_public_id

BATCH = 200


def reseal(*, told: Callable[[int], None] = lambda _done: None) -> int:
    """Bind every value to its row that is not bound yet; returns in how many rows. May be stopped and run again.

    Each batch is one transaction and one reading in the access record; what belongs to a destroyed key stays as it is.
    ``told`` hears after each batch how many rows are done.
    """
    done = 0
    for model, fields in _sealed_models():
        for batch in _batches(model):
            with access.scope(actor="command", purpose="reseal"), transaction.atomic():
                done += _reseal_batch(model, fields, batch)
            told(done)
    return done


def _sealed_models() -> Iterator[tuple[type[models.Model], list[EncryptedField]]]:
    for model in apps.get_models():
        if fields := [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]:
            yield model, fields


def _batches(model: type[models.Model]) -> Iterator[list[int]]:
    """All keys of the table, a batch at a time."""
    last = 0
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    while batch := list(keys.filter(pk__gt=last)[:BATCH]):
        last = batch[-1]
        yield batch


def _reseal_batch(model: type[models.Model], fields: list[EncryptedField], batch: list[int]) -> int:
    rows = model._base_manager.filter(pk__in=batch).select_related("data_key").order_by("pk")
    return sum(_reseal_row(model, fields, row) for row in rows.select_for_update(of=("self",), no_key=True))


def _reseal_row(model: type[models.Model], fields: list[EncryptedField], row: Any) -> bool:
    """Whether the row held something that wasn't bound and can still be opened."""
    stale = [field for field in fields if _is_unbound(row.__dict__[field.attname])]
    if not stale or row.data_key is None or row.data_key.destroyed:
        return False
    plain = {field: getattr(row, field.attname) for field in stale}
    changes: dict[str, Any] = {}
    if getattr(row, "sealed_as", "") is None:
        changes["sealed_as"] = row.sealed_as = new_public_id()
    changes |= {field.attname: field.sealed(row, value) for field, value in plain.items()}
    # Rows that are only ever added too: what they say stays the same.
    models.QuerySet(model).filter(pk=row.pk).update(**changes)
    return True


def _is_unbound(value: Any) -> bool:
    return isinstance(value, Ciphertext) and not value.is_bound
