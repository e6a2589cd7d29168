"""The end of the sealed chain of access records."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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
