"""Roles: what each lets its holder do, and where."""

import pytest

from config.workplaces import WORKPLACES
from organisations import membership
from organisations.models import Member, RoleGrant
from organisations.roles import ROLE_PERMISSIONS, Permission, Role
from tests.factories import members
from tests.factories.applications import centre_in, desk_in

pytestmark = pytest.mark.django_db

P, R = Permission, Role
# Permissions that lead to what a person stated.
PERSONAL = {P.WORK_CASES, P.PACK_PARCELS, P.HAND_OFF, P.ANSWER_REFERRALS, P.RECORD_APPLICATION, P.COORDINATE_DESK}


def test_every_role_has_its_list_of_permissions():
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert all(ROLE_PERMISSIONS.values())


def test_every_permission_is_given_by_some_role():
    assert set().union(*ROLE_PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize("role", [R.PROGRAMME_MANAGER, R.DIRECTORY_EDITOR, R.ADMINISTRATOR])
def test_these_roles_open_no_case_no_parcel_and_no_packet(role):
    assert not ROLE_PERMISSIONS[role] & PERSONAL


def test_a_packer_packs_and_nothing_else():
    assert ROLE_PERMISSIONS[R.PACKER] == {P.PACK_PARCELS}


def test_a_counsellor_answers_and_nothing_else():
    assert ROLE_PERMISSIONS[R.COUNSELLOR] == {P.ANSWER_REFERRALS}


def test_a_coordinator_may_do_what_a_caseworker_may():
    assert ROLE_PERMISSIONS[R.CASEWORKER] < ROLE_PERMISSIONS[R.DESK_COORDINATOR]


def test_a_role_counts_where_it_was_given_and_nowhere_else():
    desk, other = desk_in(), desk_in("011002", name="よその団体")
    member = members.caseworker(desk)
    assert member.can(P.WORK_CASES)
    assert member.can(P.WORK_CASES, desk)
    assert not member.can(P.WORK_CASES, other)
    assert member.organisations_with(P.WORK_CASES) == [desk]


def test_one_member_may_hold_several_roles():
    desk, centre = desk_in(), centre_in()
    member = members.packer(desk)
    membership.give_role(member=member, organisation=centre, role=R.COUNSELLOR)
    member = members.again(member)
    assert member.can(P.PACK_PARCELS, desk)
    assert member.can(P.ANSWER_REFERRALS, centre)
    assert not member.can(P.ANSWER_REFERRALS, desk)
    assert not member.can(P.PACK_PARCELS, centre)


def test_giving_a_role_twice_gives_it_once():
    desk = desk_in()
    member = members.packer(desk)
    membership.give_role(member=member, organisation=desk, role=R.PACKER)
    assert RoleGrant.objects.filter(member=member).count() == 1


@pytest.mark.parametrize("role", Role)
def test_whoever_was_stopped_may_do_nothing(role):
    member = members.of_role(role, desk_in())
    member.is_active = False
    assert not any(member.can(permission) for permission in Permission)
    assert not any(member.organisations_with(permission) for permission in Permission)
    assert not member.is_staff
    assert not member.has_perm("outreach.change_programme")


def test_roles_are_read_once_a_request(django_assert_num_queries):
    member = members.again(members.caseworker(desk_in()))
    with django_assert_num_queries(1):
        for permission in Permission:
            member.can(permission)
            member.organisations_with(permission)


@pytest.mark.parametrize("role", Role)
def test_the_admin_is_for_directory_editors_and_administrators(role):
    member = members.of_role(role, desk_in())
    assert member.is_staff == (role in (R.DIRECTORY_EDITOR, R.ADMINISTRATOR))


def test_an_editor_keeps_the_directory_and_no_members():
    editor = members.member(R.DIRECTORY_EDITOR, at=desk_in())
    assert editor.has_perm("outreach.change_programme")
    assert not editor.has_perm("organisations.change_member")
    assert not editor.has_module_perms("referrals")


def test_everyone_with_a_permission_finds_a_workplace():
    leads = {permission for permission, _name, _label in WORKPLACES}
    for role, permissions in ROLE_PERMISSIONS.items():
        assert permissions & leads, f"{role} signs in and finds no page"


def test_reading_is_recorded_for_the_one_organisation_a_member_belongs_to():
    desk, centre = desk_in(), centre_in()
    member = members.caseworker(desk)
    membership.give_role(member=member, organisation=desk, role=R.PACKER)
    assert members.again(member).acting_organisation_id == desk.pk
    membership.give_role(member=member, organisation=centre, role=R.COUNSELLOR)
    assert members.again(member).acting_organisation_id is None
    assert Member.objects.get(pk=members.member().pk).acting_organisation_id is None
