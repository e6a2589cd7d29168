"""What Django's checks say of an encrypted column: it needs a seal of its own, a data key and a row to be bound to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import FieldDoesNotExist

IDENTIFIERS = ("sealed_as", "public_id")


def faults_of(field: Any) -> Iterator[checks.CheckMessage]:
    """What is amiss with one encrypted field of a model."""
    if field.unique or getattr(field, "db_index", False):
        yield checks.Error("an encrypted field cannot be indexed", obj=field, id="foundation.E001")
    try:
        target = field.model._meta.get_field("data_key").related_model
    except FieldDoesNotExist:
        target = None
    if str(getattr(target, "_meta", target)).lower() != "foundation.datakey":
        hint = 'add data_key = models.ForeignKey("foundation.DataKey", …)'
        yield checks.Error("an encrypted field needs a data_key beside it", hint=hint, obj=field, id="foundation.E002")
    if not any(hasattr(field.model, name) for name in IDENTIFIERS):
        hint = "add public_id = PublicIdField() or sealed_as = SealedAsField()"
        yield checks.Error("an encrypted field needs a row to be bound to", hint=hint, obj=field, id="foundation.E005")
    if not field.seal:
        hint = 'add seal="app.model.field", once and for ever'
        yield checks.Error("an encrypted field needs a seal", hint=hint, obj=field, id="foundation.E003")
        return
    own = (field.model, field.name)
    twins = [one for one in _sealed_fields() if one.seal == field.seal and (one.model, one.name) != own]
    if twins:
        yield checks.Error(f"{twins[0]} has the same seal {field.seal!r}", obj=field, id="foundation.E004")


def _sealed_fields() -> Iterator[Any]:
    for model in apps.get_models():
        yield from (field for field in model._meta.concrete_fields if hasattr(field, "seal"))
