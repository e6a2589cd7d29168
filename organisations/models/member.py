"""Members: everyone who signs in; what each may do, their role grants say."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.columns import MomentField
from foundation.identifiers import PublicIdField
from organisations.models.role_grant import RoleGrant
from organisations.roles import ROLE_PERMISSIONS, Permission


class MemberManager(BaseUserManager["Member"]):
    """Finds members by their e-mail address; makes them through organisations.membership."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)

    def with_grants(self, pk: int) -> "Member | None":
        """The member together with their role grants: one query for all that each page asks of them."""
        found = RoleGrant.objects.filter(member=pk).select_related("member", "organisation")
        grants = sorted(found, key=lambda grant: grant.pk)  # every page asks it, and an order makes the query dearer
        if not grants:
            return self.filter(pk=pk).first()
        member = grants[0].member
        member._grants = grants
        return member

    def who_can(self, permission: Permission, *, at: Any) -> "models.QuerySet[Member]":
        """Those who may sign in, and whom a role at the organisation ``at`` gives ``permission``."""
        roles = [role for role, given in ROLE_PERMISSIONS.items() if permission in given]
        held = RoleGrant.objects.filter(organisation=at, role__in=roles).values("member")
        return self.filter(pk__in=held, is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


class Member(AbstractBaseUser):
    """A person who works with the system. What they may do follows from their role grants alone."""

    public_id = PublicIdField()
    email = models.EmailField(
        _("メール"),
        unique=True,
        error_messages={"unique": _("このメールアドレスの職員は、もう登録されています。")},
    )
    name = models.CharField(_("名前"), max_length=80)
    is_active = models.BooleanField(_("有効"), default=True)
    joined_at = MomentField(_("登録日時"), editable=False)
    wrong_sign_ins = models.PositiveIntegerField(default=0, db_default=0, editable=False)  # since the last right one

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("職員")
        verbose_name_plural = pgettext_lazy("several", "職員")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_address_in_any_case_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def can(self, permission: Permission, organisation=None) -> bool:
        """Whether a role of this member gives ``permission``, at ``organisation`` when one is named."""
        if not self.is_active:
            return False
        return any(
            permission in grant.permissions and (organisation is None or grant.organisation_id == organisation.pk)
            for grant in self.grants()
        )

    def organisations_with(self, permission: Permission) -> list:
        """The organisations at which a role gives ``permission``, in order of granting."""
        found = {
            grant.organisation_id: grant.organisation
            for grant in self.grants()
            if self.is_active and permission in grant.permissions
        }
        return list(found.values())

    def grants(self) -> list["RoleGrant"]:
        """This member's role grants, read once an instance (one request)."""
        if not hasattr(self, "_grants"):
            self._grants = list(self.role_grants.select_related("organisation").order_by("pk"))
        return self._grants

    @property
    def acting_organisation_id(self) -> int | None:
        """The organisation this member reads for, when it can only be one; else a view says which."""
        held = {grant.organisation_id for grant in self.grants()}
        return held.pop() if len(held) == 1 else None

    @property
    def is_staff(self) -> bool:
        """Admin holds reference data only; who keeps that may enter."""
        return self.can(Permission.KEEP_DIRECTORY) or self.can(Permission.ADMINISTER)

    def has_perm(self, perm: str, obj=None) -> bool:
        """Admin's per-model permissions: the directory for its editors, members and places for administrators."""
        if self.can(Permission.ADMINISTER):
            return True
        return perm.startswith("outreach.") and self.can(Permission.KEEP_DIRECTORY)

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm(f"{app_label}.")
