"""The guard at every address: the map is asked before a view runs."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from config import url_permissions
from config.urls import urlpatterns as site
from organisations.permission_map import Access
from organisations.roles import Permission, Role
from tests.factories import members
from tests.factories.applications import desk_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ran: list[str] = []


def spy(request):
    ran.append(request.method)
    return HttpResponse("shown")


named = ([path("room/", spy, name="room")], "spied")
urlpatterns = [*site, path("unnamed/", spy), path("unmapped/", spy, name="unmapped"), path("spied/", include(named))]


@pytest.fixture(autouse=True)
def nothing_ran():
    ran.clear()


@pytest.fixture
def rule(monkeypatch):
    """Write a rule for spied:room into the map."""

    def write(value):
        monkeypatch.setitem(url_permissions.URL_PERMISSIONS, "spied:room", value)

    return write


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("address", ["/unnamed/", "/unmapped/", "/spied/room/"])
def test_what_the_map_does_not_name_is_not_there_for_anybody(client, address, method):
    desk = desk_in()
    for role in [None, *Role]:
        if role:
            client.force_login(members.of_role(role, desk))
        assert getattr(client, method)(address).status_code == 404
    assert ran == []


def test_a_visitor_is_led_to_sign_in_and_back_to_the_very_tab(client, rule):
    rule(Permission.VIEW_REPORTS)
    response = client.get("/spied/room/?tab=supplemented&after=x%26y")
    back = parse_qs(urlsplit(response.headers["Location"]).query)["next"]
    assert back == ["/spied/room/?tab=supplemented&after=x%26y"]
    assert ran == []


def test_what_somebody_looked_for_stands_in_no_address(client, rule):
    rule(Permission.VIEW_REPORTS)
    response = client.get("/spied/room/?tab=all&number=090-1234-5678")
    assert response.headers["Location"] == f"{reverse('account_login')}?next=/spied/room/"


def test_what_was_posted_stands_in_no_address(client, rule):
    rule(Permission.VIEW_REPORTS)
    response = client.post("/spied/room/?note=x", {"note": "見本"})
    assert response.headers["Location"] == f"{reverse('account_login')}?next=/spied/room/"


def test_a_post_of_someone_signed_out_does_nothing(rule):
    rule(Access.MEMBER)
    assert Client().post("/spied/room/").status_code == 302
    assert ran == []


@pytest.mark.parametrize("access", [Access.PUBLIC, Access.PERSON])
def test_public_pages_and_private_links_need_no_signing_in(client, rule, access):
    rule(access)
    assert client.get("/spied/room/").content == b"shown"


def test_whoever_signed_in_may_open_what_is_for_members(client, rule):
    rule(Access.MEMBER)
    client.force_login(members.member())
    assert client.get("/spied/room/").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_a_page_is_there_only_for_roles_with_its_permission(client, rule, role):
    rule(Permission.HAND_OFF)
    client.force_login(members.of_role(role, desk_in()))
    expected = 200 if role in (Role.CASEWORKER, Role.DESK_COORDINATOR) else 404
    assert client.get("/spied/room/").status_code == expected


def test_any_of_several_permissions_is_enough(client, rule):
    rule(frozenset({Permission.HAND_OFF, Permission.VIEW_REPORTS}))
    client.force_login(members.member(Role.PROGRAMME_MANAGER, at=desk_in()))
    assert client.get("/spied/room/").status_code == 200
    client.force_login(members.member(Role.PACKER, at=desk_in()))
    assert client.get("/spied/room/").status_code == 404


def test_a_role_taken_away_counts_from_the_next_click(client, rule):
    rule(Permission.HAND_OFF)
    member = members.caseworker(desk_in())
    client.force_login(member)
    assert client.get("/spied/room/").status_code == 200
    member.role_grants.all().delete()
    assert client.get("/spied/room/").status_code == 404


def test_whoever_is_stopped_is_out_at_once(client, rule):
    rule(Permission.HAND_OFF)
    member = members.caseworker(desk_in())
    client.force_login(member)
    member.is_active = False
    member.save()
    assert client.get("/spied/room/").status_code == 302
    assert ran == []


def test_a_refusal_looks_like_a_page_that_does_not_exist(client, rule):
    rule(Permission.VIEW_REPORTS)
    client.force_login(members.packer(desk_in()))
    refused = client.get("/spied/room/").content.decode().replace("/spied/room/", "")
    missing = client.get("/nowhere/").content.decode().replace("/nowhere/", "")

    def without_tokens(page):
        return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]

    assert without_tokens(refused) == without_tokens(missing)
