"""Role changes: who gave or took which role, and when; kept for good."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.columns import MomentField
from foundation.models.append_only import AppendOnly
from organisations.roles import Role


class RoleChange(AppendOnly):
    """A role that was given, or taken away. ``by`` is empty where it was set up from the server's own console."""

    member = models.ForeignKey(
        "organisations.Member", models.PROTECT, related_name="role_changes", verbose_name=_("職員")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name=_("組織")
    )
    role = models.CharField(_("役割"), max_length=24, choices=Role.choices)
    given = models.BooleanField(_("つけた"))
    by = models.ForeignKey(
        "organisations.Member", models.PROTECT, null=True, related_name="+", verbose_name=_("変えた人")
    )
    at = MomentField(_("日時"))

    class Meta:
        verbose_name = _("役割の記録")
        verbose_name_plural = pgettext_lazy("several", "役割の記録")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.member} / {self.organisation} / {self.get_role_display()}"
