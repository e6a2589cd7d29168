"""The permission map: it and the site's addresses say the same."""

import pytest

from config.url_permissions import URL_NAMESPACES, URL_PERMISSIONS
from organisations.permission_map import Access, rule_for
from organisations.roles import Permission
from tests.addresses import every_address

# Addresses of packages that are there and shut: whoever calls them is told that there is no such page.
SHUT = ("account_", "socialaccount_")


def names() -> set[str]:
    return {address.name for address in every_address()}


def test_every_address_of_ours_stands_in_the_map():
    missing = {name for name in names() if rule_for(name) is None and not name.startswith(SHUT)} - {""}
    assert not missing, f"say in config/url_permissions.py who may open {sorted(missing)}"


def test_no_rule_is_left_over_from_an_address_that_is_gone():
    assert set(URL_PERMISSIONS) - names() == set()
    assert {name.partition(":")[0] for name in names() if ":" in name} >= set(URL_NAMESPACES)


def test_an_unknown_name_has_no_rule():
    for name in ("", "desk:nothing", "queue", "Desk:queue", "account_signup"):
        assert rule_for(name) is None


def test_of_the_sign_in_package_only_signing_in_and_out_and_ones_own_password_are_open():
    opened = {name for name in names() if name.startswith(SHUT) and rule_for(name) is not None}
    assert opened == {"account_login", "account_logout", "account_inactive", "account_change_password"}


@pytest.mark.parametrize(
    ("prefix", "allowed"),
    [
        ("desk:", {Permission.WORK_CASES, Permission.PACK_PARCELS, Permission.HAND_OFF}),
        ("portal:", {Permission.ANSWER_REFERRALS}),
        ("reports:", {Permission.VIEW_REPORTS}),
        ("person:", {Access.PERSON}),
    ],
)
def test_a_workplace_asks_for_the_permissions_of_its_people(prefix, allowed):
    rules = {rule for name, rule in URL_PERMISSIONS.items() if name.startswith(prefix)}
    assert rules
    assert rules <= allowed


def test_what_anybody_may_open_is_this_and_no_more():
    """A new public address is a decision: it is written here too."""
    opened = {name for name, rule in URL_PERMISSIONS.items() if rule is Access.PUBLIC}
    assert opened == {
        "healthz", "readyz", "favicon", "set_language", "account_login", "account_logout", "account_inactive",
        "outreach:front", "outreach:about", "outreach:leave",
        "navi:start", "navi:worries", "navi:results", "navi:shared", "navi:qr",
        "apply:start", "apply:step", "apply:done",
    }  # fmt: skip


def test_the_admin_is_open_to_two_permissions_only():
    assert rule_for("admin:index") == {Permission.KEEP_DIRECTORY, Permission.ADMINISTER}
    assert rule_for("admin:anything_at_all") == rule_for("admin:index")
