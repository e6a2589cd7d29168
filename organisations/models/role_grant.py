"""Role grants: which role a member has at which organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.roles import ROLE_PERMISSIONS, Permission, Role


class RoleGrant(models.Model):
    member = models.ForeignKey(
        "organisations.Member", models.CASCADE, related_name="role_grants", verbose_name=_("職員")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="role_grants", verbose_name=_("組織")
    )
    role = models.CharField(_("役割"), max_length=24, choices=Role.choices)

    class Meta:
        verbose_name = _("役割")
        verbose_name_plural = pgettext_lazy("several", "役割")
        constraints = [
            models.UniqueConstraint(fields=["member", "organisation", "role"], name="role_granted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} / {self.organisation} / {self.get_role_display()}"

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLE_PERMISSIONS.get(self.role, frozenset())  # a role that is gone gives nothing
