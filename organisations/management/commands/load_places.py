"""Fill the table of places from the project's own list; run again at any time, it changes only what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from organisations.places import place_table


class Command(BaseCommand):
    help = "Load prefectures, sub-prefectures, municipalities and wards."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            loaded = place_table.load()
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(_("地域：追加 %(added)d、変更 %(changed)d、変わりなし %(unchanged)d") % loaded._asdict())
