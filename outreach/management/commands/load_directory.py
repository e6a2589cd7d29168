"""Load the project's own starter directory; run again at any time, it changes only what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from outreach.directory import taking


class Command(BaseCommand):
    help = "Load the starter directory: support centres, national programmes, windows."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            loaded = taking.load_starter()
        except taking.NotTaken as error:
            raise CommandError(str(error)) from error
        for name, counts in loaded.items():
            self.stdout.write(
                _(
                    "%(name)s：追加 %(added)d、変更 %(changed)d、変わりなし %(unchanged)d、"
                    "職員が直したのでそのまま %(kept)d"
                )
                % {"name": name, **counts._asdict()}
            )
