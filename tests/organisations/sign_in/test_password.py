"""Members change their own password, once they have shown that they know the present one."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations import membership
from organisations.roles import Role
from tests.factories.applications import desk_in

pytestmark = pytest.mark.django_db

EMAIL, PASSWORD, NEW = "hanako@example.org", "kaku-no-nagai-kotoba", "betsu-no-nagai-kotoba"


@pytest.fixture
def member():
    added = membership.add_member(email=EMAIL, name="架空 花子", password=PASSWORD)
    membership.give_role(member=added, organisation=desk_in(), role=Role.CASEWORKER)
    return added


@pytest.fixture
def signed_in(member):
    return _signed_in(PASSWORD)


def _signed_in(password):
    browser = Client()
    browser.post(reverse("account_login"), {"login": EMAIL, "password": password})
    return browser


def change(browser, *, old=PASSWORD, new=NEW, again=None):
    typed = {"oldpassword": old, "password1": new, "password2": again or new}
    return browser.post(reverse("account_change_password"), typed, follow=True)


def is_in(browser):
    return browser.get(reverse("desk:queue")).status_code == 200


def test_the_new_password_opens_and_the_old_one_no_longer(signed_in):
    assert "パスワードを変えました。" in change(signed_in).content.decode()
    assert is_in(signed_in), "whoever changed it goes on"
    assert is_in(_signed_in(NEW))
    assert not is_in(_signed_in(PASSWORD))


def test_whoever_was_signed_in_elsewhere_is_not_any_more(signed_in):
    elsewhere = _signed_in(PASSWORD)
    change(signed_in)
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    "typed",
    [
        {"old": "chigau-chigau-chigau"},
        {"again": "betsu-no-nagai-kotobaa"},
        {"new": "mijikai"},
        {"new": "password12345"},
        {"new": EMAIL},
    ],
)
def test_what_is_not_accepted_changes_nothing_and_says_why(signed_in, member, typed):
    page = change(signed_in, **typed)
    assert page.context["form"].errors
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    for password in {PASSWORD, NEW, *typed.values()}:
        assert f'value="{password}"' not in page.content.decode()


def test_a_wrong_present_password_is_said_to_be_wrong_and_an_empty_one_to_be_missing(signed_in):
    wrong = list(change(signed_in, old="chigau-chigau-chigau").context["form"].errors["oldpassword"])
    assert wrong == ["いまのパスワードがちがいます。たしかめて、もう一度入れてください。"]
    assert list(change(signed_in, old="").context["form"].errors["oldpassword"]) != wrong


def test_without_a_sign_in_nobody_changes_anything_and_no_password_is_kept(member):
    browser = Client()
    browser.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    browser.cookies.pop("sessionid")
    answer = browser.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert not browser.session.get("kept_words")
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_whoever_tries_out_present_passwords_is_stopped(signed_in, member):
    for _wrong in range(5):
        change(signed_in, old="chigau-chigau-chigau")
    assert change(signed_in).status_code == 429
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_management_pages_lead_to_the_same_page(signed_in, member, method):
    membership.give_role(member=member, organisation=desk_in(name="べつ"), role=Role.DIRECTORY_EDITOR)
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    answer = getattr(signed_in, method)(reverse("admin:password_change"), typed)
    assert answer.headers["Location"] == reverse("account_change_password")
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
