"""Members and their roles: what the verbs promise whoever calls them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from foundation.errors import NotAllowed
from foundation.faults import AppendOnlyError
from organisations import membership
from organisations.models import Member, RoleChange, RoleGrant
from organisations.roles import Role
from tests.factories import members
from tests.factories.applications import desk_in

pytestmark = pytest.mark.django_db


def test_two_members_never_share_an_address_in_whatever_letters():
    membership.add_member(email="hanako@example.org", name="架空 花子", password=None)
    with pytest.raises(ValidationError):
        membership.add_member(email=" HANAKO@example.org", name="架空 太郎", password=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(email="Hanako@example.org", name="架空 太郎")


def test_a_changed_address_is_kept_in_small_letters():
    member = members.member()
    member.email = "Hanako@Example.org "
    membership.change_member(member=member)
    assert members.again(member).email == "hanako@example.org"


def test_what_is_no_address_is_not_taken():
    with pytest.raises(ValidationError):
        membership.add_member(email="hanako", name="架空 花子", password=None)


def test_a_role_given_or_taken_twice_is_kept_once():
    desk, member, by = desk_in(), members.member(), members.member()
    for _twice in range(2):
        membership.give_role(member=member, organisation=desk, role=Role.PACKER, by=by)
    for _twice in range(2):
        membership.take_role(member=member, organisation=desk, role=Role.PACKER, by=by)
    assert not RoleGrant.objects.exists()
    assert [row.given for row in RoleChange.objects.order_by("id")] == [True, False]


def test_nobody_gives_or_takes_their_own_roles():
    desk = desk_in()
    member = members.packer(desk)
    with pytest.raises(NotAllowed):
        membership.give_role(member=member, organisation=desk, role=Role.CASEWORKER, by=member)
    with pytest.raises(NotAllowed):
        membership.take_role(member=member, organisation=desk, role=Role.PACKER, by=member)


def test_the_record_of_roles_is_never_changed():
    members.packer(desk_in())
    kept = RoleChange.objects.get()
    kept.given = False
    with pytest.raises(AppendOnlyError):
        kept.save()
    with pytest.raises(AppendOnlyError):
        RoleChange.objects.all().delete()
