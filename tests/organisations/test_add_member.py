"""From the server's console: the first administrator of an installation gets in."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from organisations.management.commands import add_member as command
from organisations.models import Member, Organisation, RoleChange
from organisations.models.organisation import Kind
from organisations.roles import Permission
from tests.factories import members
from tests.factories.applications import desk_in

pytestmark = pytest.mark.django_db

EMAIL, PASSWORD, OPERATOR = "hanako@example.org", "kaku-no-nagai-kotoba", "見本の運営事務局"
FIRST = ["--email", EMAIL, "--name", "架空 花子", "--role", "administrator", "--organisation-name", OPERATOR]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch):
    """Answer the questions for the password at a terminal."""

    def answer(*passwords):
        monkeypatch.setattr(sys, "stdin", Terminal())
        waiting = iter(passwords)
        monkeypatch.setattr(command, "getpass", lambda _question: next(waiting))

    return answer


@pytest.fixture
def piped(monkeypatch):
    return lambda line: monkeypatch.setattr(sys, "stdin", io.StringIO(line))


def added(*arguments):
    said = io.StringIO()
    call_command("add_member", *arguments, stdout=said)
    return said.getvalue()


def test_the_first_administrator_signs_in_and_comes_to_the_admin(client, typed):
    typed(PASSWORD, PASSWORD)
    assert "架空 花子" in added(*FIRST)
    assert Organisation.objects.get().kind == Kind.OPERATOR
    response = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("admin:index")
    assert RoleChange.objects.get().by is None


def test_a_script_hands_the_password_in(piped):
    piped(PASSWORD + "\n")
    added(*FIRST, "--password-from-stdin")
    assert Member.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("by", ["code", "name"])
def test_one_more_is_added_where_an_organisation_is(piped, by):
    desk = desk_in(code="010006", name="見本フードバンク")
    Organisation.objects.filter(pk=desk.pk).update(code="F1")
    piped(PASSWORD)
    where = {"code": "F1", "name": desk.name}[by]
    added(*FIRST[:4], "--role", "caseworker", "--organisation", where, "--password-from-stdin")
    assert Member.objects.get().can(Permission.WORK_CASES, desk)


def nothing_but(*standing):
    return list(Member.objects.all()) == list(standing) and not Organisation.objects.filter(name=OPERATOR).exists()


@pytest.mark.parametrize("weak", ["", "short", "password1234", EMAIL])
def test_a_weak_password_leaves_nothing_behind(piped, weak):
    piped(weak + "\n")
    with pytest.raises(CommandError):
        added(*FIRST, "--password-from-stdin")
    assert nothing_but()


def test_a_slip_of_the_finger_leaves_nothing_behind(typed):
    typed(PASSWORD, PASSWORD + "x")
    with pytest.raises(CommandError, match="同じではありません"):
        added(*FIRST)
    assert nothing_but()


def test_without_a_terminal_one_is_told_what_to_add(piped):
    piped("")
    with pytest.raises(CommandError, match="--password-from-stdin"):
        added(*FIRST)


def test_an_address_in_use_is_told(piped):
    standing = members.member()
    piped(PASSWORD)
    with pytest.raises(CommandError, match="もう登録されています"):
        added("--email", standing.email.upper(), *FIRST[2:], "--password-from-stdin")
    assert nothing_but(standing)


@pytest.mark.parametrize("where", [("--organisation", "どこにもない"), ("--organisation-name", "見本フードバンク")])
def test_an_organisation_that_is_missing_or_there_already_is_told(piped, where):
    desk_in(name="見本フードバンク")
    piped(PASSWORD)
    with pytest.raises(CommandError, match="組織"):
        added(*FIRST[:6], *where, "--password-from-stdin")
    assert nothing_but()


@pytest.mark.parametrize("arguments", [[], ["--noinput", "--email", EMAIL, "--name", "架空 花子"]])
def test_djangos_own_command_says_which_to_use(arguments):
    with pytest.raises(CommandError, match="add_member"):
        call_command("createsuperuser", *arguments)
    assert nothing_but()
