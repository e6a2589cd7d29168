"""Addenda: what a person added to their application afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.coded import CodeField
from foundation.crypto.fields import EncryptedText
from foundation.crypto.sealed_as import SealedAsField
from foundation.models.append_only import AppendOnly
from outreach.application import answers


class ApplicationAddendum(AppendOnly):
    """What a person added afterwards of their own accord."""

    class PublicAssistance(models.TextChoices):
        RECEIVING = "receiving", _("受けている")
        APPLYING = "applying", _("申請している・相談している")
        NO = "no", _("受けていない")
        PREFER_NOT_TO_SAY = answers.PREFER_NOT_TO_SAY

    application = models.ForeignKey("outreach.Application", models.CASCADE, related_name="addenda")
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("追加した日時"))
    sealed_as = SealedAsField()
    own_words = EncryptedText(_("ご相談されたいこと"), blank=True, seal="outreach.applicationaddendum.own_words")
    interpreter = EncryptedText(_("ことば・通訳"), blank=True, seal="outreach.applicationaddendum.interpreter")
    public_assistance = CodeField(_("生活保護"), max_length=20, choices=PublicAssistance.choices, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id} +{self.pk}"
