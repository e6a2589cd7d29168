"""Organisations: food banks (desks), support centres, and those who publish help."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.columns import OfficeNumberField
from foundation.identifiers import PublicIdField


class Kind(models.TextChoices):
    FOOD_BANK = "food_bank", _("フードバンク")
    SUPPORT_CENTRE = "support_centre", _("自立相談支援機関")
    OPERATOR = "operator", _("運営団体")
    MUNICIPALITY = "municipality", _("自治体")
    NPO = "npo", _("民間団体")


class OrganisationQuerySet(models.QuerySet):
    def support_centres(self):
        return self.filter(kind=Kind.SUPPORT_CENTRE)


class Organisation(models.Model):
    """One organisation. A food bank is a desk: the tenant that every case belongs to."""

    public_id = PublicIdField()
    code = models.CharField(_("コード"), max_length=16, unique=True, null=True, blank=True)
    kind = models.CharField(_("種類"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("名前"), max_length=100)
    phone = OfficeNumberField(_("電話"), max_length=20, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    email = models.EmailField(_("メール"), blank=True)
    email_confirmed_on = models.DateField(_("メールを確認した日"), null=True, blank=True)
    uses_portal = models.BooleanField(_("つなぎ画面を使う"), default=False)
    sender_name = models.CharField(_("荷物の差出人名"), max_length=40, blank=True)
    opening_hours = models.CharField(_("受付時間"), max_length=200, blank=True)
    source_url = models.URLField(_("出典"), max_length=500, blank=True)
    source_publisher = models.CharField(_("出典の発行者"), max_length=100, blank=True)
    verified_on = models.DateField(_("出典で確かめた日"), null=True, blank=True)
    confirmed_on = models.DateField(_("本人に確認した日"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = pgettext_lazy("several", "組織")
        ordering = ["kind", "name", "id"]
        constraints = [
            models.CheckConstraint(
                name="organisation_confirmed_email_exists",
                condition=models.Q(email_confirmed_on__isnull=True) | ~models.Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_mailed(self) -> bool:
        """Mail goes only where the organisation itself has confirmed the address."""
        return bool(self.email and self.email_confirmed_on)

    @property
    def parcel_sender(self) -> str:
        """The name on a parcel, which tells the neighbours nothing; "" where none was agreed, never its own name."""
        return self.sender_name.strip()
