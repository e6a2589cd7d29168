"""Drafts: an application that is still being filled in, encrypted with a key of its own that dies with it."""

from django.db import models

from foundation import clock
from foundation.crypto.fields import EncryptedJSON
from foundation.identifiers import PublicIdField


class DraftQuerySet(models.QuerySet):
    def alive(self):
        return self.filter(expires_at__gt=clock.now())

    def expired(self):
        return self.filter(expires_at__lte=clock.now())


class Draft(models.Model):
    """The answers so far. The browser holds ``public_id`` in a cookie; nothing else leads here."""

    public_id = PublicIdField()
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    answers = EncryptedJSON(seal="outreach.draft.answers")
    recorded_by = models.ForeignKey("organisations.Member", models.CASCADE, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"draft {self.pk}"
