"""Makes what persons are found by anew, after a new key or a new way to fold names; run it again at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from referrals import person_index


class Command(BaseCommand):
    help = "Bring the blind index of persons under the first key of INDEX_KEYS and today's fold of names."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = person_index.reindex(told=lambda number: self.stdout.write(f"{number} ..."))
        self.stdout.write(f"{done} persons indexed anew.")
