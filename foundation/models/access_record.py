"""Who opened whose personal data, when and for what; without any personal data itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from foundation.columns import MomentField
from foundation.models.append_only import AppendOnly, AppendOnlyManager, AppendOnlyQuerySet


class AccessRecordQuerySet(AppendOnlyQuerySet):
    """Knows which rows still wait for the sealer."""

    def unsealed(self) -> AccessRecordQuerySet:
        return self.filter(position__isnull=True)

    def in_order(self) -> AccessRecordQuerySet:
        """As they were written: by their numbers, after those from before there were any."""
        return self.order_by(F("number").asc(nulls_first=True), "id")

    def sealed(self) -> AccessRecordQuerySet:
        return self.filter(position__isnull=False)

    def write_seal(self, record: AccessRecord, *, position: int, previous_seal: str, seal: str, key_id: str) -> bool:
        """The sealer's door: fill the seal of one unsealed row, once; False when someone else was first."""
        unsealed = self.filter(pk=record.pk).unsealed()
        return (
            models.QuerySet.update(
                unsealed, position=position, previous_seal=previous_seal, seal=seal, seal_key_id=key_id
            )
            == 1
        )


class AccessRecord(AppendOnly):
    """One page, task or command that read personal data, with the public ids of the data keys it opened.

    Members and organisations are numbers, not foreign keys: the record outlives them. ``number`` counts the records
    without a gap as they are written, so that one is missed too that went before it was sealed.
    """

    number = models.BigIntegerField(null=True, unique=True, editable=False)
    at = MomentField(editable=False)
    actor = models.CharField(max_length=64)
    member_id = models.BigIntegerField(null=True, editable=False)
    organisation_id = models.BigIntegerField(null=True, editable=False)
    purpose = models.CharField(max_length=100)
    keys = models.JSONField()

    position = models.BigIntegerField(null=True, unique=True, editable=False)
    previous_seal = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    seal_key_id = models.CharField(max_length=32, blank=True, editable=False)

    objects: Any = AppendOnlyManager.from_queryset(AccessRecordQuerySet)()

    class Meta:
        indexes = [
            models.Index(name="access_unsealed", fields=["id"], condition=Q(position__isnull=True)),
            models.Index(name="access_by_member", fields=["member_id", "at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="access_seal_whole",
                condition=Q(position__isnull=True, seal="", previous_seal="", seal_key_id="")
                | (Q(position__gte=1) & ~Q(seal="") & ~Q(previous_seal="") & ~Q(seal_key_id="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.purpose} {self.at:%Y-%m-%d %H:%M}"
