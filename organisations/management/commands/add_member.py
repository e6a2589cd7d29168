"""Add a member from the server's own console: the first administrator, or one more where nobody can get in."""

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from organisations import membership, registry
from organisations.models import Member, Organisation
from organisations.models.organisation import Kind
from organisations.roles import Role


class Command(BaseCommand):
    help = "Add a member with a role; the password is asked for, or read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="address to sign in with")
        parser.add_argument("--name", required=True, help="name that colleagues see")
        parser.add_argument("--role", required=True, choices=Role.values)
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--organisation", help="code or exact name of a registered organisation")
        where.add_argument("--organisation-name", help="name of an operator (運営団体) to register on the way")
        parser.add_argument("--password-from-stdin", action="store_true", help="read one line instead of asking")

    def handle(self, *_args: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                member = self._add(given)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("追加しました：%(name)s（%(email)s）") % {"name": member.name, "email": member.email})

    def _add(self, given: dict[str, Any]) -> Member:
        organisation = _organisation(given["organisation"], given["organisation_name"])
        member = membership.add_member(email=given["email"], name=given["name"], password=None)
        password = _password(from_stdin=given["password_from_stdin"])
        validate_password(password, member)
        membership.change_member(member=member, password=password)
        membership.give_role(member=member, organisation=organisation, role=Role(given["role"]))
        return member


def _organisation(wanted: str | None, new_name: str | None) -> Organisation:
    if new_name:
        if Organisation.objects.filter(name=new_name).exists():
            raise CommandError(_("この名前の組織は、もうあります。--organisation で選んでください。"))
        return registry.register_organisation(kind=Kind.OPERATOR, name=new_name)
    found = Organisation.objects.filter(code=wanted) or Organisation.objects.filter(name=wanted)
    if len(found) != 1:
        raise CommandError(
            _("組織が1つに決まりません（%(count)d件）。コードか、正確な名前を書いてください。") % {"count": len(found)}
        )
    return found[0]


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError(_("端末がないので、パスワードを聞けません。--password-from-stdin をつけてください。"))
    password = getpass(_("パスワード："))
    if getpass(_("パスワード（もう一度）：")) != password:
        raise CommandError(_("2回のパスワードが同じではありません。何も登録していません。"))
    return password
