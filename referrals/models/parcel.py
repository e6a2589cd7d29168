"""Parcels: a case's own rows, since one case may get several."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.coded import CodeField
from foundation.crypto.fields import EncryptedText
from foundation.crypto.sealed_as import SealedAsField
from foundation.identifiers import PublicIdField
from foundation.models import Transition
from organisations.roles import Permission
from referrals.states import CaseStatus, ParcelStatus


class ParcelQuerySet(models.QuerySet):
    def came_back(self):
        """Those that came back and wait for somebody at the desk to decide what becomes of it."""
        return self.filter(status=ParcelStatus.RETURNED, send_again_at__isnull=True, case__status=CaseStatus.APPROVED)

    def to_unpack(self, member):
        """Those of ended cases that still stand packed at the desks where ``member`` packs."""
        desks = member.organisations_with(Permission.PACK_PARCELS)
        return self.filter(status=ParcelStatus.TO_UNPACK, case__desk__in=desks)


class Parcel(models.Model):
    public_id = PublicIdField()
    case = models.ForeignKey("referrals.Case", models.PROTECT, related_name="parcels", verbose_name=_("ケース"))
    status = CodeField(_("状態"), max_length=12, choices=ParcelStatus.choices, default=ParcelStatus.PACKED)
    version = models.PositiveIntegerField(default=1)
    contents = models.CharField(_("中身"), max_length=500)
    weight_grams = models.PositiveIntegerField(_("重さ（グラム）"), null=True, blank=True)
    tracking_number = models.CharField(_("送り状番号"), max_length=40, blank=True)
    packed_at = models.DateTimeField(_("箱づめした日時"))
    packed_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    # Of one that came back: since when it is decided that another is sent; what was found out says its history.
    send_again_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("箱")
        verbose_name_plural = _("箱")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status__in=["packed", "sent"]), name="parcel_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def waits_for_desk(self) -> bool:
        """Whether it came back and nobody has decided what becomes of it."""
        return self.status == ParcelStatus.RETURNED and self.send_again_at is None

    @property
    def may_be_corrected(self) -> bool:
        """Whether what was written down of it still says something of a box: not of one that was taken apart."""
        return self.status not in (ParcelStatus.TO_UNPACK, ParcelStatus.UNPACKED)

    @property
    def weight(self) -> str:
        """As people read it: 5.2kg; "" when nobody weighed it."""
        return f"{self.weight_grams / 1000:g}kg" if self.weight_grams else ""


class ParcelTransition(Transition):
    subject = models.ForeignKey(Parcel, models.CASCADE, related_name="history")
    sealed_as = SealedAsField()
    note = EncryptedText(blank=True, seal="referrals.parceltransition.note")
