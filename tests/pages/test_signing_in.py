"""Signing in and out: what members are told, and that nobody is led to a page that doesn't exist."""

import pytest

from organisations.membership import add_member

pytestmark = pytest.mark.django_db

DETAILS = {"login": "hanako@example.org", "password": "kaku-no-nagai-kotoba"}


@pytest.fixture
def member():
    return add_member(email=DETAILS["login"], name="架空 花子", password=DETAILS["password"])


def text(response) -> str:
    return response.content.decode()


def test_a_wrong_password_is_told_in_japanese_without_a_dead_link(client, member):
    page = text(client.post("/sign-in/login/", {**DETAILS, "password": "wrong"}))
    assert "メールかパスワードがちがうようです" in page
    assert "管理の担当にお伝えください" in page
    assert "password/reset" not in page


def test_signing_in_leads_to_the_workplace(client, member):
    assert client.post("/sign-in/login/", DETAILS).url == "/home/"


def test_a_member_without_a_role_is_told_whom_to_ask_and_can_sign_out(client, member):
    client.force_login(member)
    answer = client.get("/home/")
    assert answer.status_code == 403
    assert "お使いの役割では、このページを開けません" in text(answer)
    assert 'action="/sign-in/logout/"' in text(answer)


def test_an_address_outside_a_members_role_is_answered_in_their_own_frame(client, member):
    client.force_login(member)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "架空 花子 さん" in text(answer)


def test_signing_out_says_so(client, member):
    client.force_login(member)
    assert "サインアウトしますか" in text(client.get("/sign-in/logout/"))
    page = client.post("/sign-in/logout/", follow=True)
    assert "サインアウトしました。" in text(page)


def test_a_member_who_was_stopped_is_told_so(client, member):
    member.is_active = False
    member.save()
    page = client.post("/sign-in/login/", DETAILS, follow=True)
    assert "このアカウントは止まっています" in text(page)


def test_trying_too_often_asks_to_wait(client, member, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post("/sign-in/login/", {**DETAILS, "password": "wrong"})
    answer = client.post("/sign-in/login/", DETAILS)
    assert answer.status_code == 429
    assert "すこし待ってください" in text(answer)
