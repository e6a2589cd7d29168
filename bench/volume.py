"""A desk of many years: as many cases as asked for, in the proportions of the demonstration, loaded in bulk.

Rows are as the verbs leave them, but for outbox, access record, blind indexes, consents and packets: the lists that
read those (who waits to be handed on, other applications of whoever withdrew) are measured empty.
"""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

BATCH = 2000
# Of a hundred cases in the order of their age: nearly all have ended.
STATUSES = ["closed"] * 97 + ["received", "delivered", "sent"]
REFERRED_EACH = 5  # one in five is handed on
WAITING_EACH = 400  # ... and few of those wait


def load(cases: int, *, desk: Any, centre: Any, by: Any, like: Any) -> None:
    """Add ``cases`` cases to ``desk``, with people, choices, histories and referrals, all answered ``like`` a case."""
    numbers = itertools.count()
    for start in range(0, cases, BATCH):
        _batch(list(itertools.islice(numbers, min(BATCH, cases - start))), desk, centre, by, like)


def _batch(numbers: list[int], desk: Any, centre: Any, by: Any, like: Any) -> None:
    from django.db import transaction

    from foundation import access, clock
    from foundation.crypto import box
    from foundation.crypto.ring import field_ring
    from foundation.models import DataKey
    from outreach.models import Application, ApplicationChoice
    from referrals.models import Case, CaseTransition, Person, Referral, ReferralTransition

    ring_id, ring_key = field_ring().current

    def keys() -> Iterator[DataKey]:
        for _number in numbers:
            key = DataKey(kind="person", ring_key_id=ring_id)
            key.wrapped = box.seal(ring_key, box.new_key(), aad=key.wrapping_aad())
            yield key

    skipped = {
        "id",
        "public_id",
        "receipt_number",
        "submission_key",
        "page_secret_digest",
        "data_key",
        "page_secret_hash",
    }
    with access.scope(actor="bench", purpose="bench"):
        stated = {
            field.name: getattr(like.application, field.name)
            for field in Application._meta.concrete_fields
            if field.name not in skipped
        }
        known = {
            field.name: getattr(like.person, field.name)
            for field in Person._meta.concrete_fields
            if field.name not in {"id", "public_id", "data_key"}
        }
    chosen = list(like.application.choices.values_list("question", "value"))
    now = clock.now()
    with transaction.atomic():
        held = DataKey.objects.bulk_create(keys())
        applications = Application.objects.bulk_create(
            Application(
                **stated | {"desk": desk, "received_at": now - timedelta(minutes=7 * number)},
                data_key=key,
                receipt_number=_new_number(),
                submission_key=f"volume-{number}",
                page_secret_digest=f"volume-{number}",
            )
            for number, key in zip(numbers, held, strict=True)
        )
        ApplicationChoice.objects.bulk_create(
            ApplicationChoice(application=application, question=question, value=value)
            for application in applications
            for question, value in chosen
        )
        people = Person.objects.bulk_create(Person(**known | {"desk": desk}, data_key=key) for key in held)
        made = Case.objects.bulk_create(
            Case(
                desk=desk,
                person=person,
                application=application,
                status=STATUSES[number % 100],
                end_reason="delivered" if STATUSES[number % 100] == "closed" else "",
                received_at=application.received_at,
                received_on=application.received_on,
            )
            for number, person, application in zip(numbers, people, applications, strict=True)
        )
        CaseTransition.objects.bulk_create(
            CaseTransition(subject=case, from_status="", to_status=to, at=case.received_at, actor="member", by=by)
            for case in made
            for to in ("received", case.status)
        )
        referrals = Referral.objects.bulk_create(
            _referral(number, case, centre, by)
            for number, case in zip(numbers, made, strict=True)
            if number % REFERRED_EACH == 0
        )
        ReferralTransition.objects.bulk_create(
            ReferralTransition(
                subject=one, from_status="draft", to_status="sent", at=one.sent_at, actor="member", by=by
            )
            for one in referrals
        )


def _new_number() -> str:
    """A receipt number that none before it has; among so many, one in ten runs would draw one twice."""
    from foundation.identifiers import new_receipt_number

    while (number := new_receipt_number()) in _given:
        pass
    _given.add(number)
    return number


_given: set[str] = set()


def _referral(number: int, case: Any, centre: Any, by: Any) -> Any:
    from referrals.models import Referral

    at = case.received_at
    waits = number % WAITING_EACH == 0
    ended: dict[str, Any] = (
        {"status": "sent"} if waits else {"status": "closed", "outcome": "ongoing_support", "closed_at": at}
    )
    answered = {} if waits else {"viewed_at": at, "answered_at": at}
    return Referral(
        case=case, centre=centre, data_key=case.person.data_key, way="portal", number=_new_number(), created_by=by,
        created_at=at, sent_at=at, due_on=at.date(), **answered, **ended,
    )  # fmt: skip
