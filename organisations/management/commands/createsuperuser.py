"""Stands in for Django's command of this name: nobody may do everything here, members have roles."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError
from django.utils.translation import gettext as _


class Command(createsuperuser.Command):
    help = "Not used here: see add_member."

    def handle(self, *_args: Any, **_options: Any) -> None:
        raise CommandError(_("ここには、何でもできる利用者はいません。add_member で職員を追加してください。"))
