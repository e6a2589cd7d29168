"""Wraps the data keys anew after a new key in FIELD_KEYS; run it again at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from foundation.crypto import data_keys

BATCH = 1000


class Command(BaseCommand):
    help = "Wrap every data key by the first key of FIELD_KEYS, so that the older ones may be dropped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = 0
        while data_keys.stale().exists():
            done += data_keys.rewrap(limit=BATCH)
            self.stdout.write(f"{done} ...")
        self.stdout.write(f"{done} data keys wrapped anew. The older keys of FIELD_KEYS may be dropped.")
