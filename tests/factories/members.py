"""Members for tests: who works where, and as what."""

import itertools

from organisations import membership
from organisations.models import Member, Organisation
from organisations.roles import Role
from tests.factories.applications import centre_in

PASSWORD = "kaku-no-nagai-kotoba"
_numbers = itertools.count(1)


def member(role: Role | None = None, *, at: Organisation | None = None, name: str = "") -> Member:
    """A member with ``role`` at an organisation, who can sign in; without a role, one who may do nothing."""
    number = next(_numbers)
    facts = {"email": f"member{number}@example.org", "name": name or f"職員 {number}号"}
    made = membership.add_member(password=PASSWORD, **facts)
    if role and at:
        membership.give_role(member=made, organisation=at, role=role)
    return made


def of_role(role: Role, desk: Organisation) -> Member:
    """A member with ``role``: at the ``desk``, or at a centre where it is a role of centres."""
    return member(role, at=desk if desk.kind in membership.kinds_for(role) else centre_in())


def caseworker(desk: Organisation, name: str = "") -> Member:
    return member(Role.CASEWORKER, at=desk, name=name)


def packer(desk: Organisation, name: str = "") -> Member:
    return member(Role.PACKER, at=desk, name=name)


def counsellor(centre: Organisation, name: str = "") -> Member:
    return member(Role.COUNSELLOR, at=centre, name=name)


def again(known: Member) -> Member:
    """The same member as a new request would load them: roles are read once an instance."""
    return Member.objects.get(pk=known.pk)
