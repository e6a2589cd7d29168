"""Makes what persons and their pages are found by anew, after a new key or fold of names; run it again at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from outreach.application import page_secrets
from referrals import person_index


class Command(BaseCommand):
    help = "Bring what persons and their pages are found by under the first INDEX_KEYS and today's fold of names."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = person_index.reindex(told=lambda number: self.stdout.write(f"{number} ..."))
        self.stdout.write(f"{done} persons indexed anew.")
        done = page_secrets.rekey(told=lambda number: self.stdout.write(f"{number} ..."))
        self.stdout.write(f"{done} private pages under the first key.")
