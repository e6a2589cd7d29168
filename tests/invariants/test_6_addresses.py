"""Invariant 6: every URL stands in the permission map; GET writes no domain row (access records, sessions aside).

That map and site agree is tested beside the map; here everybody tries everything.
"""

from urllib.parse import quote

import pytest
from django.urls import reverse

from organisations.permission_map import Access, rule_for
from organisations.roles import ROLE_PERMISSIONS, Permission, Role
from tests.addresses import every_address
from tests.invariants.crawl import Full
from tests.stored import everything_stored


@pytest.fixture
def full(world) -> Full:
    return Full.of(world)


def may(who: str, rule) -> bool:
    held = ROLE_PERMISSIONS[Role(who)] if who != "visitor" else frozenset()
    if rule in (Access.PUBLIC, Access.PERSON):
        return True
    if rule is Access.MEMBER:
        return who != "visitor"
    return bool(held & ({rule} if isinstance(rule, Permission) else rule))


def test_everybody_reaches_what_the_map_gives_them_and_nothing_else(full):
    reached: dict[tuple[str, str], bool] = {}
    for who, address, path, response in full.open_all():
        rule = rule_for(address.name)
        if rule is None:
            assert response.status_code == 404, f"{path} stands in no map"
        elif not may(who, rule):
            back = f"{reverse('account_login')}?next={quote(path if '?tab' in path else path.partition('?')[0])}"
            wanted = (302, back) if who == "visitor" else (404, None)
            assert (response.status_code, response.headers.get("Location")) == wanted, f"{who} {path}"
        else:
            key = (who, address.name)
            reached[key] = reached.get(key, False) or response.status_code not in (404, 500)
    assert [key for key, open_ in reached.items() if not open_] == [], "the map opens it, the page doesn't"


def test_looking_at_everything_changes_nothing(full, settings):
    settings.GUARD_READS = False  # the guard would stop what this test is to find
    clients = full.clients()
    before = everything_stored()
    for who, client in clients.items():
        for _address, path in full.paths():
            client.get(path)
            if who in ("visitor", Role.CASEWORKER, Role.COUNSELLOR):
                client.head(path)
    after = everything_stored()
    assert {table for table in after if after[table] != before[table]} == set()


def test_the_guard_against_writing_is_on_in_tests_and_in_the_demonstration():
    from config import settings as shipped
    from tests import settings as tested

    assert tested.GUARD_READS
    assert shipped.GUARD_READS or not shipped.DEMO


def test_the_admin_holds_reference_data_only(full):
    """No person, case, consent, referral, application, key or record can be opened, changed or removed there."""
    names = {address.name for address in every_address() if address.name.startswith("admin:")}
    for table in (
        "referrals_", "foundation_", "outreach_application", "outreach_draft", "outreach_applicationaddendum",
    ):  # fmt: skip
        assert not {name for name in names if name.startswith(f"admin:{table}")}


@pytest.mark.parametrize("path", ["/manage/", "/manage/organisations/member/", "/manage/login/", "/manage/jsi18n/"])
def test_the_admin_is_not_there_for_the_others(full, path):
    for who, client in full.clients().items():
        if who not in (Role.ADMINISTRATOR, Role.DIRECTORY_EDITOR):
            assert client.get(path).status_code in (302, 404)
            assert client.post(path, {"username": "x"}).status_code in (302, 404)
