"""Drafts: an application that is still being filled in, encrypted with a key of its own that dies with it."""

from hashlib import blake2b

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
    """The answers so far. The browser holds ``public_id`` in a cookie; nothing else leads here.

    ``set_aside`` is what was typed on a step and not taken: by step, see ``outreach.application.set_aside``.
    """

    public_id = PublicIdField()
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    answers = EncryptedJSON(seal="outreach.draft.answers")
    set_aside = EncryptedJSON(seal="outreach.draft.set_aside", null=True)
    recorded_by = models.ForeignKey("organisations.Member", models.CASCADE, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def mark(self) -> str:
        """What a page carries to tell whose it was opened for; it leads to no draft."""
        return mark_of(self.public_id)


def mark_of(public_id: str) -> str:
    """The mark of the draft with this id, whether it still lives or not."""
    return blake2b(public_id.encode(), digest_size=12, person=b"mark of a draft").hexdigest()
