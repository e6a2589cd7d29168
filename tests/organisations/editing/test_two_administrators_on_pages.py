"""Two administrators who save one another's page in the same moment: the second reads why it may not be."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations import membership
from organisations.models import Member, RoleGrant
from organisations.roles import Role
from tests.factories import members
from tests.factories.applications import desk_in
from tests.forms import read
from tests.interleaving import in_between, on_postgresql

pytestmark = on_postgresql


def page_of(other: Member, client: Client) -> tuple[str, dict]:
    address = reverse("admin:organisations_member_change", args=[other.pk])
    form = next(form for form in read(client.get(address).content.decode())[0] if "is_active" in form.names)
    return address, form.values


def switching_off(address: str, values: dict) -> dict:
    return {name: value for name, value in values.items() if name != "is_active"}


def taking_the_role(_address: str, values: dict) -> dict:
    return values | {"role_grants-0-DELETE": "on"}


@pytest.mark.parametrize("change", [switching_off, taking_the_role])
def test_the_second_reads_that_somebody_has_to_be_left(change):
    desk = desk_in()
    two = [members.member(Role.ADMINISTRATOR, at=desk, name=name) for name in ("先野 さき", "後野 あと")]
    posts = []
    for one, other in (two, two[::-1]):
        client = Client()
        client.force_login(one)
        address, values = page_of(other, client)
        typed = change(address, values) | {"name": f"{other.name}（改）", "_save": ""}
        posts.append(lambda client=client, address=address, typed=typed: client.post(address, typed))
    met = in_between(posts[0], (membership, "change_member"), posts[1])
    assert not isinstance(met.second, Exception), met.second
    assert not isinstance(met.first, Exception), met.first
    assert met.first.status_code == 302
    shown = met.second.content.decode()
    assert "ほかにサインインできるシステム管理者がいません" in shown
    assert "（改）" in shown
    held = RoleGrant.objects.filter(role=Role.ADMINISTRATOR)
    assert Member.objects.filter(is_active=True, role_grants__in=held).count() == 1
