"""Draws docs/states.md from the tables in referrals/states.py; ``--check`` fails when it is stale."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.utils import translation

from referrals import reasons, states
from referrals.handoff import notice_table

HEAD = """# States

Drawn by `python manage.py draw_states` from `referrals/states.py`; `make check` fails when this file is stale.
Every step leaves an append-only row with author, time and reason (`foundation/history.py`).
"""
SIDEWAYS_HEAD = "Beside the ordinary way, each by a verb of its own:\n\n| what | from | to |\n|---|---|---|\n"
NOTICES_HEAD = (
    "What a step of a referral makes known (`referrals/handoff/notice_table.py`):\n\n| to | notices |\n|---|---|\n"
)
FHIR_HEAD = (
    "## Referrals as FHIR Tasks\n\nThe status a referral has as a Task of SDOH Clinical Care 3.0; a mapping for those "
    "who connect systems, no claim of conformance.\n\n| referral | Task.status |\n|---|---|\n"
)
ENDS_HEAD = "Every end has a reason:\n\n| end | reasons |\n|---|---|\n"


class Command(BaseCommand):
    help = "Draw the state diagrams of cases, parcels and referrals into docs/states.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        drawn = drawing()
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/states.md is stale: run python manage.py draw_states")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8")


def drawing() -> str:
    """The whole file, with the Japanese words of the interface as labels."""
    with translation.override("ja"):
        parts = [
            HEAD,
            _diagram("Case (ケース)", states.CaseStatus, states.CASE_TRANSITIONS, "received"),
            ENDS_HEAD + "".join(_end_row(end) for end in states.CaseStatus if end in states.CASE_ENDS),
            _diagram("Parcel (荷物)", states.ParcelStatus, states.PARCEL_TRANSITIONS, "packed"),
            _diagram("Referral (つなぎ)", states.ReferralStatus, states.REFERRAL_TRANSITIONS, "draft"),
            SIDEWAYS_HEAD + "".join(_sideways_rows()),
            NOTICES_HEAD + "".join(_notice_rows()),
            FHIR_HEAD + "".join(f"| {s.value} | {states.FHIR_TASK_STATUS[s]} |\n" for s in states.ReferralStatus),
        ]
    return "\n".join(parts)


def _sideways_rows() -> list[str]:
    """The steps that only their own verb takes, beside the ordinary way."""
    tables = (
        ("pressed in error on a case, taken back with the reason", states.CASE_CORRECTIONS),
        ("pressed in error on a parcel, taken back with its case", states.PARCEL_CORRECTIONS),
        ("an answer after expiry", states.REFERRAL_LATE_ANSWERS),
        ("the wrong centre, found out when it was over, with the reason", states.REFERRAL_LATE_STOPS),
        ("an answer entered in error, taken back with the reason", states.REFERRAL_CORRECTIONS),
    )
    return [
        f"| {what} | {before} | {', '.join(sorted(after))} |\n"
        for what, table in tables
        for before, after in table.items()
    ]


def _notice_rows() -> list[str]:
    """What each status makes known, then what makes something known beside them."""
    steps = [(status.value, notice_table.REFERRAL_NOTICES.get(status, ())) for status in states.ReferralStatus]
    steps.append(("an answer taken back", notice_table.CORRECTION_NOTICES))
    steps.append(("over, and then a consent to less", notice_table.NARROWING_NOTICES))
    rows = []
    for step, notices in steps:
        told = "; ".join(f"`{notice.kind}` when {notice.when.__name__.replace('_', ' ')}" for notice in notices)
        rows.append(f"| {step} | {told or 'nothing'} |\n")
    return rows


def _diagram(title: str, statuses: type[models.TextChoices], table: Mapping[str, frozenset[str]], first: str) -> str:
    """One mermaid diagram; states and arrows in the order of the enumeration, so that it is always the same."""
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{status.label}（{status.value}）" as {status.value}' for status in statuses]
    lines.append(f"    [*] --> {first}")
    for status in statuses:
        following = [to for to in statuses if to in table[status]]
        lines += [f"    {status.value} --> {to.value}" for to in following]
        if not following:
            lines.append(f"    {status.value} --> [*]")
    return "\n".join([*lines, "```", ""])


def _end_row(end: states.CaseStatus) -> str:
    why = "、".join(str(reasons.EndReason(reason).label) for reason in reasons.END_REASONS[end])
    return f"| {end.label}（{end.value}） | {why} |\n"
