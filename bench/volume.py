"""A desk of many years: as many cases as asked for, in the proportions of the demonstration, loaded in bulk.

Rows are as the verbs leave them, but for outbox, access record, blind indexes (made of numbers, not of names), and the
steps of parcels.
"""

import hashlib
import itertools
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.handed_on import HandedOn

BATCH = 2000
# Of two hundred cases in the order of their age: nearly all have ended.
STATUSES = [
    *["closed"] * 180, *["declined"] * 8, *["withdrawn"] * 4, *["duplicate"] * 2,
    "received", "received", "delivered", "sent", "approved", "in_review",
]  # fmt: skip
END_REASONS = {
    "closed": "delivered", "declined": "no_stock", "withdrawn": "not_needed", "duplicate": "same_application",
}  # fmt: skip
PARCEL = {"closed": "delivered", "delivered": "delivered", "sent": "sent", "approved": "returned"}
RETURNED_EACH = 40  # one box in so many came back and was sent again
ADDED_EACH, UNREAD_EACH = 20, 2000  # so many added something; so many of those nobody has read yet
FINDS = 4  # entries of the index that only find, each person's own
SHARED = {"phone": 20, "email": 20, "name": 5, "kana": 4}  # one in so many has another's


def load(cases: int, *, desk: Any, centres: list[Any], by: Any, like: Any, told_like: Any) -> None:
    """Add ``cases`` cases to ``desk``, with people, choices, histories, and hand-offs to ``centres``.

    All are answered ``like`` a case, and the centres told ``told_like`` a referral; the first centre gets the most.
    """
    numbers = itertools.count()
    for start in range(0, cases, BATCH):
        _batch(list(itertools.islice(numbers, min(BATCH, cases - start))), desk, centres, by, like, told_like)


def _new_keys(kind: str, number: int) -> list[Any]:
    from foundation.crypto import box
    from foundation.crypto.ring import field_ring
    from foundation.models import DataKey

    ring_id, ring_key = field_ring().current
    keys = [DataKey(kind=kind, ring_key_id=ring_id) for _number in range(number)]
    for key in keys:
        key.wrapped = box.seal(ring_key, box.new_key(), aad=key.wrapping_aad())
    return DataKey.objects.bulk_create(keys)


def _batch(numbers: list[int], desk: Any, centres: list[Any], by: Any, like: Any, told_like: Any) -> None:
    from django.db import transaction

    from foundation import access, clock
    from outreach.models import Application, ApplicationAddendum, ApplicationChoice
    from referrals.models import Case, CaseTransition, Parcel, Person, PersonIndex

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
        handed_on = HandedOn(centres, by, told_like, _new_number, _new_keys)
        assert handed_on.rows
    chosen = list(like.application.choices.values_list("question", "value"))
    now = clock.now()
    with transaction.atomic():
        held = _new_keys("person", len(numbers))
        applications = Application.objects.bulk_create(
            Application(
                **stated | {"desk": desk, "received_at": now - timedelta(minutes=7 * (number + 1))},
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
        added = ApplicationAddendum.objects.bulk_create(
            ApplicationAddendum(
                application=application, data_key=key, added_at=application.received_at, own_words="もうひとつ。"
            )
            for number, application, key in zip(numbers, applications, held, strict=True)
            if number % ADDED_EACH == 0
        )
        unread = {one.pk for one in added[:: UNREAD_EACH // ADDED_EACH]}
        read = {one.application_id: one.pk for one in added if one.pk not in unread}
        people = Person.objects.bulk_create(Person(**known | {"desk": desk}, data_key=key) for key in held)
        PersonIndex.objects.bulk_create(
            entry for number, person in zip(numbers, people, strict=True) for entry in _entries(number, person)
        )
        made = Case.objects.bulk_create(
            Case(
                desk=desk,
                person=person,
                application=application,
                status=STATUSES[number % len(STATUSES)],
                end_reason=END_REASONS.get(STATUSES[number % len(STATUSES)], ""),
                received_at=application.received_at,
                received_on=application.received_on,
                addenda_read=read.get(application.pk, 0),
            )
            for number, person, application in zip(numbers, people, applications, strict=True)
        )
        left = {case.pk for number, case in zip(numbers, made, strict=True) if handed_on.add(number, case)}
        CaseTransition.objects.bulk_create(
            CaseTransition(subject=case, from_status=before, to_status=to, at=at, actor="member", by=by, reason=reason)
            for case in made
            for before, to, reason, at in _steps(case, left=case.pk in left)
        )
        Parcel.objects.bulk_create(
            Parcel(
                case=case, status=status, contents="米 5kg", packed_at=case.received_at, packed_by=by,
                send_again_at=case.received_at if again else None,
            )
            for number, case in zip(numbers, made, strict=True)
            for status, again in _parcels(number, case)
        )  # fmt: skip
        handed_on.save()


def _steps(case: Any, *, left: bool) -> Iterator[tuple[str, str, str, Any]]:
    yield "", "received", "", case.received_at
    if case.status != "received":
        reason = f"{case.end_reason}.not_handed_on" if left else case.end_reason
        yield "received", case.status, reason, case.received_at + timedelta(minutes=6)


def _parcels(number: int, case: Any) -> Iterator[tuple[str, bool]]:
    """The boxes of a case by their state, and whether another was sent after it."""
    if case.status in ("closed", "sent") and number % RETURNED_EACH == 0:
        yield "returned", True
    if case.status in PARCEL and (case.status != "approved" or number // len(STATUSES) % 4 == 0):
        yield PARCEL[case.status], False


def _entries(number: int, person: Any) -> Iterator[Any]:
    """What a person is found by; some share a number or a name with one before."""
    from referrals.models import PersonIndex

    draw = random.Random(number)  # noqa: S311 - the same in every run
    for kind, each in SHARED.items():
        whose = draw.randrange(number) if number and draw.randrange(each) == 0 else number
        yield PersonIndex(person=person, kind=kind, digest=_digest(kind, whose), made_with="volume")
    for which in range(FINDS):
        digest = _digest(f"finds/{which}", draw.randrange(1 + number // 10))
        yield PersonIndex(person=person, kind="kana_prefix", digest=digest, made_with="volume")


def _digest(kind: str, whose: int) -> str:
    return hashlib.sha256(f"{kind}/{whose}".encode()).hexdigest()


def _new_number() -> str:
    """A receipt number that none before it has; among so many, one in ten runs would draw one twice."""
    from foundation.identifiers import new_receipt_number

    while (number := new_receipt_number()) in _given:
        pass
    _given.add(number)
    return number


_given: set[str] = set()
