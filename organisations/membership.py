"""Verbs that let members in and give them roles."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.errors import NotAllowed
from organisations.models import Member, Organisation, RoleChange, RoleGrant
from organisations.roles import Role

_NOT_STATED = ("public_id", "password")


def address_of(text: str) -> str:
    """An e-mail address as it is kept: without blanks around it, in small letters."""
    return text.strip().lower()


@transaction.atomic
def add_member(*, email: str, name: str, password: str | None, is_active: bool = True) -> Member:
    """Add a member who signs in with ``email``; without a password they can't sign in yet.

    Raises ValidationError for an address that is none, or somebody's already.
    """
    member = Member(email=address_of(email), name=name, is_active=is_active)
    member.set_password(password)
    member.full_clean(exclude=_NOT_STATED)
    member.save()
    return member


@transaction.atomic
def change_member(*, member: Member, password: str | None = None) -> None:
    """Keep the changed name, address or activity of ``member``; a password is set anew when one is given."""
    member.email = address_of(member.email)
    if password:
        member.set_password(password)
    member.full_clean(exclude=_NOT_STATED)
    member.save()


@transaction.atomic
def give_role(*, member: Member, organisation: Organisation, role: Role, by: Member | None = None) -> RoleGrant:
    """Give ``member`` a role at ``organisation``; giving it twice changes nothing.

    ``by`` is the administrator who gives it; None where the system is set up from the server's own console.
    """
    _check_not_oneself(member, by)
    grant, new = RoleGrant.objects.get_or_create(member=member, organisation=organisation, role=role)
    if new:
        RoleChange.objects.create(member=member, organisation=organisation, role=role, given=True, by=by)
    return grant


@transaction.atomic
def take_role(*, member: Member, organisation: Organisation, role: Role, by: Member | None = None) -> None:
    """Take a role at ``organisation`` away from ``member``; taking what they don't have changes nothing."""
    _check_not_oneself(member, by)
    taken, _rows = RoleGrant.objects.filter(member=member, organisation=organisation, role=role).delete()
    if taken:
        RoleChange.objects.create(member=member, organisation=organisation, role=role, given=False, by=by)


def _check_not_oneself(member: Member, by: Member | None) -> None:
    """An administrator opens no case: so they can't make themselves a caseworker, nor shut themselves out."""
    if by is not None and by.pk == member.pk:
        raise NotAllowed(_("自分の役割は、自分では変えられません。ほかのシステム管理者に頼んでください。"))
