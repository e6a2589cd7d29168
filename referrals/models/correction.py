"""Corrections of what is known of a person: what stood before and what stands now, and why; never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.crypto.fields import EncryptedJSON
from foundation.crypto.sealed_as import SealedAsField
from foundation.models.append_only import AppendOnly


class PersonCorrection(AppendOnly):
    """One correction of name, address, or how and when somebody is reached, made from the page of ``case``.

    ``changes``: {"why": words, "was": {field: value}, "now": {field: value}}, of the fields that changed.
    """

    person = models.ForeignKey("referrals.Person", models.PROTECT, related_name="corrections")
    case = models.ForeignKey("referrals.Case", models.PROTECT, related_name="corrections")
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("日時"))
    sealed_as = SealedAsField()
    changes = EncryptedJSON(seal="referrals.personcorrection.changes")

    class Meta:
        verbose_name = _("名前・連絡先の訂正")
        verbose_name_plural = _("名前・連絡先の訂正")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"correction {self.pk}"
