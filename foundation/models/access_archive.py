"""Months of the access record that were moved out of the database into files."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from foundation.columns import MomentField
from foundation.models.append_only import AppendOnly, AppendOnlyManager, AppendOnlyQuerySet


class AccessArchiveQuerySet(AppendOnlyQuerySet):
    """Knows the order of the months."""

    def in_order(self) -> AccessArchiveQuerySet:
        return self.order_by("first")

    def sign(self, made: AccessArchive) -> None:
        """Keep the key and the signature that ``made`` holds now; nothing else of a note is ever changed."""
        models.QuerySet.update(self.filter(pk=made.pk), key_id=made.key_id, mac=made.mac)


class AccessArchive(AppendOnly):
    """One file: the positions it holds, where the chain goes on after it, and its SHA-256, under a key of the seal.

    ``number`` is the last number given to a record of it, 0 where they are from before there were numbers.
    """

    file = models.CharField(max_length=64, unique=True)
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    number = models.BigIntegerField()
    until = models.DateTimeField()
    seal = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    archived_at = MomentField(editable=False)
    key_id = models.CharField(max_length=32)
    mac = models.CharField(max_length=64)

    objects: Any = AppendOnlyManager.from_queryset(AccessArchiveQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_archive_span", condition=Q(first__gte=1, last__gte=F("first")))
        ]

    def __str__(self) -> str:
        return self.file
