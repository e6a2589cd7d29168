"""Applications for counting: rows as submit_application leaves them, many at once and under one key."""

import itertools
from datetime import UTC, date, datetime, time
from typing import Any

from foundation.crypto import data_keys
from organisations.models import Organisation
from outreach.models import Application, ApplicationChoice
from tests.factories.applications import OTARU, desk_in, real_place

_numbers = itertools.count(1)

COLUMNS = {
    "household_type": [
        "", "single", "single_parent", "couple", "couple_with_children", "three_generations", "with_parents",
        "other", "prefer_not_to_say",
    ],
    "income": ["", "unchanged", "fell", "lost_job", "none", "prefer_not_to_say"],
    "in_debt": ["", "yes", "no", "prefer_not_to_say"],
    "first_time": ["", "yes", "no", "prefer_not_to_say"],
    "someone_to_consult": ["", "yes", "no", "prefer_not_to_say"],
    "hand_off_wish": ["", "call_me", "only_know", "not_now"],
}  # fmt: skip
CHOICES = {
    "debt_kind": ["consumer_finance", "credit_card", "bank", "family", "arrears", "other", "prefer_not_to_say"],
    "body": ["none", "municipality", "support_centre", "medical", "other", "prefer_not_to_say"],
}


def a_desk(name: str = "見本フードバンク") -> Organisation:
    return desk_in(name=name)


def receive(answers: list[dict[str, Any]], *, desk: Organisation, on: date = date(2022, 1, 15)) -> None:
    """Store one application for each of ``answers``: columns, and lists under the names of questions."""
    key, place = data_keys.create(), real_place(OTARU)
    rows = []
    for answer in answers:
        number = next(_numbers)
        day = answer.get("received_on", on)
        rows.append(
            Application(
                receipt_number=f"T{number:08}",
                submission_key=f"test-{number}",
                page_secret_digest=f"digest-{number}",
                data_key=key,
                desk=desk,
                place=place,
                channel="web",
                received_on=day,
                received_at=datetime.combine(day, time(3), UTC),
                applying_for="self",
                receive_by="home",
                delivery_slot="any",
                name="見本 はな",
                kana="みほん はな",
                **{column: answer.get(column, "") for column in COLUMNS},
            )
        )
    stored = Application.objects.bulk_create(rows)
    ApplicationChoice.objects.bulk_create(
        ApplicationChoice(application=row, question=question, value=value)
        for row, answer in zip(stored, answers, strict=True)
        for question in CHOICES
        for value in answer.get(question, [])
    )
