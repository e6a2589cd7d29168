"""The frame of every staff page: for whom the member works on it."""

import pytest
from django.urls import reverse

from organisations import membership
from organisations.roles import Role
from tests.factories import members
from tests.factories.applications import centre_in, desk_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_two(client):
    """Signed in: a caseworker of one organisation who packs for another and answers for a third."""
    desk, other, centre = desk_in(name="見本の窓口"), desk_in("011002", name="よその団体"), centre_in(name="見本の機関")
    member = members.caseworker(desk)
    membership.give_role(member=member, organisation=other, role=Role.PACKER)
    membership.give_role(member=member, organisation=centre, role=Role.COUNSELLOR)
    client.force_login(member)
    return member


@pytest.mark.parametrize(
    ("name", "shown"),
    [("desk:queue", "見本の窓口"), ("desk:packing", "見本の窓口、よその団体"), ("portal:queue", "見本の機関")],
)
def test_the_header_names_where_the_work_of_this_page_belongs(client, of_two, name, shown):
    page = client.get(reverse(name))
    assert page.context["organisations"] == shown
    assert f'<span class="brand-workplace">{shown}</span>' in page.content.decode()


def test_a_visitor_is_told_of_no_organisation(client):
    assert client.get(reverse("outreach:front")).context["organisations"] == ""


def test_a_browser_finds_the_icon_where_it_looks_for_it(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (301, "/static/img/favicon.svg")
    assert "public" in response.headers["Cache-Control"]
    assert client.post("/favicon.ico").status_code == 405
