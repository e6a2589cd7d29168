"""Two administrators who stop one another in the same moment: one of them stays, or nobody could let anybody in."""

from functools import partial

import pytest

from foundation.errors import NotAllowed
from organisations import membership
from organisations.models import Member, RoleGrant
from organisations.roles import Role
from tests.factories import members
from tests.factories.applications import desk_in
from tests.interleaving import in_between, on_postgresql

pytestmark = on_postgresql


@pytest.fixture
def desk():
    return desk_in()


@pytest.fixture
def two(desk):
    return [members.member(Role.ADMINISTRATOR, at=desk) for _ in range(2)]


def taking(member, desk, by):
    return partial(membership.take_role, member=member, organisation=desk, role=Role.ADMINISTRATOR, by=by)


def switching_off(member):
    member.is_active = False
    return partial(membership.change_member, member=member)


def who_is_left():
    held = RoleGrant.objects.filter(role=Role.ADMINISTRATOR)
    return Member.objects.filter(is_active=True, role_grants__in=held).count()


def test_who_take_each_others_role(desk, two):
    one, other = two
    met = in_between(taking(one, desk, other), (membership.RoleChange.objects, "create"), taking(other, desk, one))
    assert met.first is None
    assert met.second_waited
    assert isinstance(met.second, NotAllowed)
    assert who_is_left() == 1


def test_of_whom_one_loses_the_role_while_the_other_is_switched_off(desk, two):
    one, other = two
    met = in_between(
        taking(one, desk, other), (membership.RoleChange.objects, "create"), switching_off(members.again(other))
    )
    assert met.first is None
    assert isinstance(met.second, NotAllowed)
    assert who_is_left() == 1
