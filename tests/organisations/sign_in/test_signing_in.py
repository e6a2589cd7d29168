"""Who can sign in: members whom an administrator added, and nobody by themselves."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from organisations import membership
from organisations.models import Member
from organisations.roles import Role
from tests.factories.applications import centre_in, desk_in

pytestmark = pytest.mark.django_db

EMAIL, PASSWORD = "hanako@example.org", "kaku-no-nagai-kotoba"


@pytest.fixture
def member():
    return membership.add_member(email=EMAIL, name="架空 花子", password=PASSWORD)


def sign_in(client, email=EMAIL, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "password/set/", "email/", "confirm-email/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_registers_or_changes_an_account_from_outside(client, path, method):
    response = getattr(client, method)(f"/sign-in/{path}", {"email": EMAIL, "password1": PASSWORD})
    assert response.status_code == 404
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        EMAIL, EMAIL.upper(), f"  {EMAIL} ", EMAIL.replace("@", "＠"), EMAIL.replace(".", "。"), f"{EMAIL}\u3000",
        "".join(chr(ord(letter) + 0xFEE0) for letter in EMAIL),
    ],
)  # fmt: skip
def test_the_address_may_be_typed_in_any_case_and_width(client, member, typed):
    assert sign_in(client, typed).headers["Location"] == reverse("organisations:home")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.DESK_COORDINATOR, "desk:queue"),
        (Role.CASEWORKER, "desk:queue"),
        (Role.PACKER, "desk:packing"),
        (Role.PROGRAMME_MANAGER, "reports:dashboard"),
        (Role.DIRECTORY_EDITOR, "admin:index"),
        (Role.ADMINISTRATOR, "admin:index"),
    ],
)
def test_each_role_comes_to_its_workplace(client, member, role, name):
    membership.give_role(member=member, organisation=desk_in(), role=role)
    response = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == reverse(name)
    assert response.status_code == 200


def test_a_counsellor_comes_to_the_portal(client, member):
    membership.give_role(member=member, organisation=centre_in(), role=Role.COUNSELLOR)
    response = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("portal:queue")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, member, elsewhere):
    assert sign_in(client, next=elsewhere).headers["Location"] == reverse("organisations:home")


def test_an_unknown_address_and_a_wrong_password_are_told_the_same(client, member):
    unknown = sign_in(client, email="nobody@example.org").context["form"].errors
    wrong = sign_in(client, password="falsch-falsch-falsch").context["form"].errors
    assert unknown == wrong


def test_a_member_without_a_password_cannot_sign_in(client):
    membership.add_member(email=EMAIL, name="まだ 来ない", password=None)
    for password in ("", "!", "None"):
        assert sign_in(client, password=password).status_code == 200


def test_whoever_was_stopped_cannot_sign_in(client, member):
    member.is_active = False
    member.save()
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_the_cookie_is_for_this_browser_session_and_no_script(client, member):
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]


def test_signing_in_starts_a_new_session(client, member):
    client.session["x"] = 1
    sign_in(client)
    first = client.session.session_key
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=first).exists()
    sign_in(client)
    assert client.session.session_key != first


def test_the_password_is_kept_as_a_slow_hash_in_real_life():
    from config import settings

    assert "Scrypt" in settings.PASSWORD_HASHERS[0]


def test_an_ended_session_leads_back_to_where_one_was(client, member):
    membership.give_role(member=member, organisation=centre_in(), role=Role.COUNSELLOR)
    led = client.get(reverse("portal:queue")).headers["Location"]
    response = client.post(led, {"login": EMAIL, "password": PASSWORD, "next": reverse("portal:queue")})
    assert response.headers["Location"] == reverse("portal:queue")


def test_a_member_is_read_once_a_page_with_all_their_roles(client, member, django_assert_num_queries):
    membership.give_role(member=member, organisation=desk_in(), role=Role.CASEWORKER)
    membership.give_role(member=member, organisation=centre_in(), role=Role.COUNSELLOR)
    sign_in(client)
    with django_assert_num_queries(2):  # the session, the member
        client.get(reverse("account_logout"))


def test_whoever_is_stopped_meanwhile_is_out_at_once_with_roles_and_without(client, member):
    for _ in range(2):
        sign_in(client)
        assert client.get(reverse("account_change_password")).status_code == 200
        Member.objects.update(is_active=False)
        assert client.get(reverse("account_change_password")).status_code == 302
        Member.objects.update(is_active=True)
        membership.give_role(member=member, organisation=desk_in(), role=Role.CASEWORKER)


def test_a_role_that_was_taken_is_gone_on_the_next_page(client, member):
    membership.give_role(member=member, organisation=desk_in(), role=Role.CASEWORKER)
    sign_in(client)
    assert client.get(reverse("desk:queue")).status_code == 200
    member.role_grants.all().delete()
    assert client.get(reverse("desk:queue")).status_code == 404
