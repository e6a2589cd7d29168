"""The history of a state: who moved what from where to where, when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.columns import MomentField
from foundation.models.append_only import AppendOnly


class Actor(models.TextChoices):
    """Who caused a transition; a member may also write down what a centre answered on paper."""

    MEMBER = "member", _("職員")
    PERSON = "person", _("ご本人")
    CLOCK = "clock", _("自動処理")
    CENTRE_REPLY = "centre_reply", _("窓口からの返事")


class Transition(AppendOnly):
    """One step of one subject.

    A concrete history adds `subject`, a foreign key with related_name "history", and `note`, an encrypted text with
    a seal name of its own. `reason` is a code or a few plain words without personal data; what may hold any goes
    into `note`, sealed under the person's key.
    """

    from_status = models.CharField(max_length=32)
    to_status = models.CharField(max_length=32)
    at = MomentField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=16, choices=Actor.choices)
    reason = models.CharField(max_length=64, blank=True)
    data_key = models.ForeignKey("foundation.DataKey", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_member_named",
                condition=Q(by__isnull=False) | Q(actor__in=["person", "clock", "centre_reply"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"
