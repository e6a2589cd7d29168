"""Notes of members on a case."""

from django.db import models

from foundation.crypto.fields import EncryptedText
from foundation.crypto.sealed_as import SealedAsField
from foundation.models.append_only import AppendOnly


class CaseNote(AppendOnly):
    """A note of a member on a case; free text, so encrypted with the person's key."""

    case = models.ForeignKey("referrals.Case", models.CASCADE, related_name="notes")
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_as = SealedAsField()
    text = EncryptedText(seal="referrals.casenote.text")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"
