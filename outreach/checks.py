"""A system check: exactly one receiver opens the case of an application."""

from typing import Any

from django.core.checks import CheckMessage, Error

from outreach.signals import application_submitted


def exactly_one_receiver(**_kwargs: Any) -> list[CheckMessage]:
    count = len(application_submitted.receivers)
    if count == 1:
        return []
    return [
        Error(
            f"application_submitted has {count} receivers, it needs exactly one.",
            hint="referrals.apps connects referrals.intake.open_case; without it applications would have no case.",
            id="outreach.E001",
        )
    ]
