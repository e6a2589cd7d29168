"""Plays the demonstration in the order of time: who does what when, each act with the clock set to its moment."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.db import transaction

from demonstration import hours
from demonstration.accounts import Cast
from demonstration.people import SEED, applicants
from demonstration.plans import Cue, case_steps_of, wishes_of
from demonstration.stage import Stage
from foundation import clock
from foundation.models import OutboxMessage
from foundation.work import outbox

# Hand-offs whose answer is not overdue when the story ends leave after this.
LATELY = datetime(2022, 7, 1, 9, 30, tzinfo=clock.TOKYO)


@dataclass(order=True)
class Event:
    """An act at its moment; what falls together goes by applicant, then by their own order."""

    moment: datetime
    number: int
    order: int
    act: str = field(compare=False)
    words: dict[str, Any] = field(compare=False, default_factory=dict)


@transaction.atomic
def play(cast: Cast) -> datetime:
    """Play everything, all or nothing; returns when the last thing happened."""
    chance = Random(SEED)  # noqa: S311  (a repeatable draw, nothing secret)
    people = applicants()
    wishes, case_steps = wishes_of(people), case_steps_of(chance, people)
    events = []
    for person, (moment, by_telephone) in zip(people, hours.arrivals(chance), strict=True):
        events.append(Event(moment, person.number, 0, "apply", {"by_telephone": by_telephone}))
        events += _events(chance, person.number, moment, case_steps[person.number])
        if person.number in wishes:
            events += _events(chance, person.number, moment, wishes[person.number].steps)
    stage = Stage(cast, people, wishes)
    delivered = _newest_message()
    for event in sorted(events):
        with clock.at(event.moment):
            getattr(stage, event.act)(event.number, **event.words)
            delivered = _deliver_after(delivered)
    return max(events).moment


def _events(chance: Random, number: int, moment: datetime, steps: tuple[Cue, ...]) -> Iterator[Event]:
    sent = moment
    for order, step in enumerate(steps, start=1):
        if step.act == "expire":
            moment = hours.morning_after(clock.tokyo_date(sent) + timedelta(days=settings.REFERRAL_ANSWER_DAYS))
        else:
            moment = hours.later(
                chance, max(moment, LATELY) if step.act == "refer_lately" else moment, step.fewest, step.most
            )
        if step.act in ("refer", "refer_lately"):
            sent = moment
        yield Event(moment, number, order, step.act, step.words)


def _newest_message() -> int:
    newest = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _deliver_after(last: int) -> int:
    """Do at once, at the story's own time, what a worker would do for the messages since ``last``."""
    for message in OutboxMessage.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True):
        if not outbox.deliver(message):
            raise RuntimeError(f"outbox message {message} was not delivered; the log says why")
        last = message
    return last
