"""Binds what was sealed by an older version to its rows; run it again at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.crypto import resealing


class Command(BaseCommand):
    help = "Seal anew whatever was sealed before values were bound to their rows."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = resealing.reseal(told=lambda rows: self.stdout.write(f"{rows} ..."))
        self.stdout.write(f"{done} rows sealed anew.")
