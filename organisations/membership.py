"""Verbs that let members in and give them roles."""

from django.db import transaction

from organisations.models import Member, Organisation, RoleGrant
from organisations.roles import Role


@transaction.atomic
def add_member(*, email: str, name: str, password: str | None) -> Member:
    """Add a member who signs in with ``email``; without a password they can't sign in yet."""
    member = Member(email=email.strip().lower(), name=name)
    member.set_password(password)
    member.save()
    return member


@transaction.atomic
def give_role(*, member: Member, organisation: Organisation, role: Role) -> RoleGrant:
    """Give ``member`` a role at ``organisation``; giving it twice changes nothing."""
    grant, _created = RoleGrant.objects.get_or_create(member=member, organisation=organisation, role=role)
    return grant


@transaction.atomic
def change_member(*, member: Member, password: str | None = None) -> None:
    """Keep the changed name, address or activity of ``member``; a password is set anew when one is given."""
    if password:
        member.set_password(password)
    member.save()
