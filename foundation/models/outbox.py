"""What must still happen outside the transaction that decided it: the row is the truth, the broker a bell."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.columns import MomentField


class OutboxMessage(models.Model):
    """One thing to do, named by `kind`, about `subject` (an identifier, never personal data)."""

    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=100)
    created_at = MomentField(editable=False)
    run_at = MomentField()
    leased_until = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(name="outbox_due", fields=["run_at", "id"], condition=Q(done_at__isnull=True)),
            models.Index(name="outbox_about", fields=["subject", "kind"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_done_was_tried", condition=Q(done_at__isnull=True) | Q(attempts__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
