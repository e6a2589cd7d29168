"""Who opened whose personal data, when and for what; without any personal data itself."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models import F, Max, Q

from foundation.columns import MomentField
from foundation.models.access_archive import AccessArchive
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


class AccessHead(models.Model):
    """The end of the sealed chain: how many rows it holds and the last seal, itself under the key."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    count = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)
    key_id = models.CharField(max_length=32, blank=True)
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="access_head_single", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.count}:{self.seal}"


class AccessCount(models.Model):
    """How many records were written."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    written = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="access_count_single", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.written)

    @classmethod
    def next(cls) -> int:
        """The next number, held until the transaction ends: rolled back, it is given out again."""
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {cls._meta.db_table} SET written = written + 1 WHERE id = %s RETURNING written",  # noqa: S608
                    [cls.ONLY],
                )
                if row := cursor.fetchone():
                    return int(row[0])
            kept = AccessRecord.objects.aggregate(last=Max("number"))["last"] or 0
            written = max(kept, AccessArchive.objects.aggregate(last=Max("number"))["last"] or 0)
            cls.objects.get_or_create(pk=cls.ONLY, defaults={"written": written})
