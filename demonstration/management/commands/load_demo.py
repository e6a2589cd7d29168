"""Fill an empty demonstration with 164 invented people; a second run changes nothing."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from demonstration import accounts, story
from demonstration.people import applicants
from demonstration.plans import PORTAL_CENTRES, example
from demonstration.stage import KEY, page_secret
from foundation import clock
from foundation.errors import DomainError
from organisations.models import Organisation, Place
from organisations.places import place_table
from outreach.directory import taking
from outreach.models import Application


class Command(BaseCommand):
    help = "Load the demonstration: fictitious people, accounts with a printed password."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--yes-fictitious", action="store_true", help="load invented people although this is no demonstration"
        )

    def handle(self, *_args: Any, yes_fictitious: bool, **_options: Any) -> None:
        if not settings.DEMO and not yes_fictitious:
            raise CommandError(
                _(
                    "ここは練習用のサイトではありません（TSUNAGU_DEMO=1 でない）。架空の人を入れると、本物の申込みと"
                    "まざります。それでも入れるときは --yes-fictitious をつけてください。"
                )
            )
        if Application.objects.filter(submission_key__startswith=f"{KEY}-").exists():
            self.stdout.write(_("練習用の164件は、もう入っています。なにも変えませんでした。"))
        else:
            self._load()
            self.stdout.write(_("練習用の164件を入れました。"))
        self._introduce()

    def _load(self) -> None:
        try:
            if not Place.objects.exists():
                place_table.load()
            if not Organisation.objects.filter(code__in=PORTAL_CENTRES).exists():
                taking.load_starter()
            with transaction.atomic():
                cast = accounts.set_up()
                end = story.play(cast)
                accounts.confirm_addresses(cast, on=clock.tokyo_date(end))
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _introduce(self) -> None:
        self.stdout.write(_("サインイン：%(url)s/sign-in/login/") % {"url": settings.BASE_URL})
        self.stdout.write(_("パスワードは全員 %(password)s") % {"password": accounts.DEMO_PASSWORD})
        for account in accounts.DEMO_ACCOUNTS:
            self.stdout.write(f"  {account.email:<26}{account.role_name}")
        page = f"{settings.BASE_URL}/my/{page_secret(example(applicants()))}/"
        self.stdout.write(_("申し込んだ人のページの例：%(page)s") % {"page": page})
