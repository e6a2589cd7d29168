"""No page lets the browser cut what somebody types; the server says that it is too long, and gives it back whole."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ("config", "demonstration", "reports", "referrals", "outreach", "organisations", "foundation")
# Where a browser may stop at a length, and why.
MAY_CUT = {
    "organisations.admin.members.MemberForm.email": "the admin draws its forms by the columns of its table",
    "organisations.admin.members.MemberForm.name": "the admin draws its forms by the columns of its table",
}
SIGN_IN_MAY_CUT = 320  # no e-mail address is longer (RFC 3696)


def _modules() -> Iterator[str]:
    for floor in FLOORS:
        package = importlib.import_module(floor)
        for found in pkgutil.walk_packages(package.__path__, f"{floor}."):
            if "forms" in found.name.split(".")[-2:]:
                yield found.name


def _kinds(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def fields() -> dict[str, forms.Field]:
    """Every visible field of every form of the house."""
    for module in _modules():
        importlib.import_module(module)
    ours = {kind for kind in _kinds(forms.BaseForm) if kind.__module__.partition(".")[0] in FLOORS}
    return {
        f"{kind.__module__}.{kind.__name__}.{name}": field
        for kind in ours
        for name, field in getattr(kind, "base_fields", {}).items()
        if not field.widget.is_hidden
    }


def test_there_are_forms_to_look_at():
    assert len(fields()) > 50


@pytest.mark.parametrize("name", sorted(fields()))
def test_no_field_is_cut_by_the_browser(name):
    assert name in MAY_CUT or "maxlength" not in fields()[name].widget.attrs


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_input_that_a_page_writes_itself_is_cut_either(template):
    assert "maxlength" not in template.read_text("utf-8")


def test_the_sign_in_stops_at_no_address_that_can_exist(client, db):
    limits = re.findall(r'maxlength="(\d+)"', client.get("/sign-in/login/").content.decode())
    assert all(int(limit) >= SIGN_IN_MAY_CUT for limit in limits)
