"""What a row's sealed values are bound to where it has no public id."""

from __future__ import annotations

from typing import Any

from django.db import models

from foundation.columns import PlainInMigrations
from foundation.identifiers import PUBLIC_ID_LENGTH, new_public_id


class SealedAsField(PlainInMigrations, models.CharField):
    """What a row's sealed values are bound to, where the row has no public id; None in rows from before."""

    plain = "django.db.models.CharField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": PUBLIC_ID_LENGTH, "null": True, "default": new_public_id, "editable": False}
        super().__init__(*args, **kwargs)
