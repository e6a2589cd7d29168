"""Data keys named in access records."""

from __future__ import annotations

from django.db import models

from foundation.models.access_record import AccessRecord
from foundation.models.append_only import AppendOnly


class AccessedKey(AppendOnly):
    """One data key named in a record, so that a person can be told who opened theirs."""

    record = models.ForeignKey(AccessRecord, on_delete=models.PROTECT, related_name="accessed")
    key_public_id = models.CharField(max_length=22, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accessed_key_once", fields=["record", "key_public_id"]),
        ]

    def __str__(self) -> str:
        return self.key_public_id
