"""Says whether the access record is whole, and which rows are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.access import noted_heads
from foundation.access.noted_heads import NotedHead
from foundation.access.verification import verify
from foundation.models.access_head import AccessHead


class Command(BaseCommand):
    help = "Checks the access record; names altered, missing and unsealed rows, and an older head that was put back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            metavar="COUNT:SEAL",
            action="append",
            default=[],
            help="an earlier head, noted elsewhere than in ACCESS_HEADS; may be given again",
        )

        parser.add_argument(
            "--archives", metavar="FOLDER", type=Path, help="follow the chain through the archived months in it too"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            given = [NotedHead.parse(text) for text in options["head"]]
        except ValueError as error:
            raise CommandError(str(error)) from None
        faults = verify(known=[*noted_heads.noted(), *given], archives=options["archives"])
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            raise CommandError(f"the access record has {len(faults)} fault(s)")
        head = AccessHead.objects.filter(pk=AccessHead.ONLY).first()
        self.stdout.write(f"the access record is whole; its head is {head or '0:'}")
