"""Packets: what one centre was told of one person, frozen when it was sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.crypto.fields import EncryptedJSON
from foundation.crypto.sealed_as import SealedAsField
from foundation.models.append_only import AppendOnly


class Packet(AppendOnly):
    """What one recipient was told (情報提供書), frozen when sent.

    It is the record of provision too, and has a key of its own.
    """

    referral = models.OneToOneField("referrals.Referral", models.PROTECT, related_name="packet")
    data_key = models.OneToOneField("foundation.DataKey", models.PROTECT, related_name="+")
    consent = models.ForeignKey("referrals.ConsentEntry", models.PROTECT, related_name="packets")
    fields = models.JSONField(_("項目"))
    # Of the consent it stands on; "" where it was frozen before that was noted.
    text_version = models.CharField(_("同意文の版"), max_length=16, blank=True, default="", db_default="")
    sealed_as = SealedAsField()
    rows = EncryptedJSON(_("内容"), seal="referrals.packet.rows")
    frozen_at = models.DateTimeField(_("確定した日時"))
    frozen_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"packet of {self.referral_id}"
