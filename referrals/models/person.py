"""Persons: the applicant, who owns the data key; found again by blind index, never by reading names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.columns import MomentField
from foundation.crypto.fields import EncryptedJSON, EncryptedText
from foundation.identifiers import PublicIdField
from organisations.models.place import PlaceKey


class Person(models.Model):
    """One person at one desk, as known now; the application keeps what was stated."""

    public_id = PublicIdField()
    data_key = models.OneToOneField("foundation.DataKey", models.PROTECT, related_name="+")
    desk = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="persons")
    place = PlaceKey(related_name="+", verbose_name=_("市区町村"))
    address_protected = models.BooleanField(_("住所の保護"), default=False)
    known_since = MomentField(editable=False)

    name = EncryptedText(_("名前"), seal="referrals.person.name")
    kana = EncryptedText(_("ふりがな"), seal="referrals.person.kana")
    birth_year = EncryptedText(_("生まれた年"), blank=True, seal="referrals.person.birth_year")
    postcode = EncryptedText(_("郵便番号"), blank=True, seal="referrals.person.postcode")
    address = EncryptedText(_("住所"), blank=True, seal="referrals.person.address")
    phone = EncryptedText(_("電話"), blank=True, seal="referrals.person.phone")
    email = EncryptedText(_("メール"), blank=True, seal="referrals.person.email")
    safe_times = EncryptedText(_("連絡してよい時間"), blank=True, seal="referrals.person.safe_times")
    # By the Statement's names: how to reach them, where the desk has put right what the application states.
    reaching = EncryptedJSON(_("直した連絡のしかた"), null=True, blank=True, seal="referrals.person.reaching")

    class Meta:
        verbose_name = _("人")
        verbose_name_plural = _("人")

    def __str__(self) -> str:
        return self.public_id
