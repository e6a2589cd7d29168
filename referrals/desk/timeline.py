"""One timeline of a case: what happened to it, its parcels and referrals, what was consented and noted, and who did it.

All steps and notes come in one query, whatever their number; the rest is what the case's page has loaded already.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.coded import UNKNOWN, word
from foundation.history import NAMES_OF_NOBODY
from foundation.models import Actor
from foundation.text.wording import side_by_side
from outreach.models import ApplicationAddendum
from referrals.desk import corrections, parcel_corrections
from referrals.handoff import timeline as of_handoff
from referrals.handoff.timeline import Happening, Opener, Row, Words, rows
from referrals.models import (
    Case,
    CaseNote,
    CaseTransition,
    ConsentEntry,
    Parcel,
    ParcelTransition,
    PersonCorrection,
    Referral,
    ReferralTransition,
)  # fmt: skip
from referrals.reasons import EndReason, ReturnReason
from referrals.states import (
    CASE_CORRECTIONS,
    CASE_ENDS,
    HAND_OFF_GOES_ON,
    NOT_HANDED_ON,
    PUT_RIGHT,
    SEND_AGAIN,
    CaseStatus,
    ParcelStatus,
)
from referrals.words.case import CASE, DELIVERY_UNDONE, RETURN_UNDONE, SENDING_UNDONE, UNDONE
from referrals.words.parcel import CAME_BACK_BECAUSE, PARCEL, PARCEL_PUT_RIGHT, SENT_AGAIN, SENT_WITH_NUMBER

# A parcel's steps that take back another.
_PARCEL_UNDONE: dict[tuple[str, str], Words] = {
    (ParcelStatus.DELIVERED, ParcelStatus.SENT): DELIVERY_UNDONE,
    (ParcelStatus.SENT, ParcelStatus.PACKED): SENDING_UNDONE,
    (ParcelStatus.RETURNED, ParcelStatus.SENT): RETURN_UNDONE,
}
KINDS = ("case", "parcel", "referral", "note", "correction")  # in the order of what happened in the same moment

_OF_HAND_OFF = {NOT_HANDED_ON: _("窓口にはつながずに"), HAND_OFF_GOES_ON: _("荷物だけ。つなぎは続けて")}


def of_case(
    case: Case,
    *,
    parcels: Iterable[Parcel],
    referrals: Iterable[Referral],
    consents: Iterable[ConsentEntry],
    addenda: Iterable[ApplicationAddendum],
    result_told_by: set[int],
) -> list[Happening]:
    """Everything that happened in ``case``, newest first (decrypts the notes).

    ``result_told_by``: the centres whose result the desk may hear, by key; of others it is not shown.
    """
    by_key = {referral.pk: referral for referral in referrals}
    tracking = {parcel.pk: parcel.tracking_number for parcel in parcels}
    found: list[tuple[datetime, int, Happening]] = []
    for order, entry in enumerate(
        [
            *_from_steps(case, by_key, tracking, result_told_by),
            *map(of_handoff.of_consent, consents),
            *map(_addendum, addenda),
            *(entry for referral in by_key.values() for entry in of_handoff.follow_up(referral)),
        ]
    ):
        found.append((entry.at, order, entry))
    return [entry for _at, _order, entry in sorted(found, key=lambda row: row[:2], reverse=True)]


def _from_steps(
    case: Case, referrals: dict[int, Referral], tracking: dict[int, str], told_by: set[int]
) -> Iterator[Happening]:
    history = _history(case)
    opener = Opener(history, known=case.person.data_key)
    for step in reversed(history):  # a number that was put right stands where it was written down as it was then
        if step.kind == "parcel" and step.reason == PUT_RIGHT:
            was = parcel_corrections.read(opener.words(ParcelTransition, "note", step)).get("was", {})
            tracking[step.about] = was.get("tracking_number", tracking.get(step.about, ""))
    for step in history:
        if step.kind == "note":
            yield Happening(step.at, _("メモ"), step.member or "", note=opener.words(CaseNote, "text", step))
        elif step.kind == "correction":
            changes = corrections.as_words(opener.words(PersonCorrection, "changes", step))
            yield Happening(step.at, corrections.CORRECTED, step.member or "", note=changes)
        elif step.kind == "parcel":
            yield _of_parcel(step, tracking.get(step.about, ""), opener.words(ParcelTransition, "note", step))
        elif step.kind == "referral":
            if step.about in referrals:  # one sent since they were loaded is there on the next look
                yield from of_handoff.of_row(referrals[step.about], step, told_by=told_by, opener=opener)
        elif not _follows_a_parcel(step):
            yield Happening(step.at, _case_words(case, step), _who(case, step))


def _history(case: Case) -> list[Row]:
    """The histories of the case, its parcels and referrals, and its notes, in one query."""
    histories = rows(CaseTransition, "case", "subject_id", subject=case).union(
        rows(ParcelTransition, "parcel", "subject_id", subject__case=case),
        rows(ReferralTransition, "referral", "subject_id", subject__case=case),
        rows(CaseNote, "note", "case_id", words="text", case=case),
        rows(PersonCorrection, "correction", "case_id", words="changes", person=case.person_id),
        all=True,
    )
    return sorted((Row(*row) for row in histories), key=lambda s: (s.at, KINDS.index(s.kind), s.key))


def _who(case: Case, step: Row) -> Words:
    if step.member:
        return step.member
    if step.actor == Actor.PERSON and not step.from_status and case.application.applying_for == "other":
        return _("代わりの方")
    return NAMES_OF_NOBODY[step.actor]


def _follows_a_parcel(step: Row) -> bool:
    """The case moved because its parcel did, which has a line of its own."""
    if step.from_status in CASE_ENDS:
        return False  # an end that was taken back
    parcel_ways = {CaseStatus.PACKED, CaseStatus.SENT, CaseStatus.DELIVERED}
    came_back = step.to_status == CaseStatus.APPROVED and step.from_status in parcel_ways
    return step.to_status in parcel_ways or came_back


def _case_words(case: Case, step: Row) -> Words:
    row = CASE.get(step.to_status)
    if step.to_status in CASE_CORRECTIONS.get(step.from_status, ()):
        was, now = word(CaseStatus, step.from_status), word(CaseStatus, step.to_status)
        return format_lazy(str(UNDONE), was=was, now=now)
    if row is None:
        return UNKNOWN
    return format_lazy(
        str(row.happened),
        way=case.application.get_channel_display(),
        end=word(CaseStatus, step.to_status),
        reason=_why_ended(step.reason),
    )


def _why_ended(reason: str) -> Words:
    """The reason of an end, and what was said then of the hand-off."""
    code, *asked = reason.split(".")
    return side_by_side((word(EndReason, code), *(_OF_HAND_OFF[one] for one in asked if one in _OF_HAND_OFF)))


def _of_parcel(step: Row, tracking_number: str, note: Any) -> Happening:
    if step.reason == PUT_RIGHT:
        return Happening(step.at, PARCEL_PUT_RIGHT, step.member or "", note=parcel_corrections.as_words(note))
    return Happening(step.at, _parcel_words(step, tracking_number), step.member or "", note=str(note))


def _parcel_words(step: Row, tracking_number: str) -> Words:
    status = step.to_status
    if step.reason == SEND_AGAIN:
        return SENT_AGAIN
    if status == ParcelStatus.RETURNED and step.reason in ReturnReason:
        return format_lazy(str(CAME_BACK_BECAUSE), reason=ReturnReason(step.reason).label)
    if (step.from_status, status) in _PARCEL_UNDONE:
        return _PARCEL_UNDONE[step.from_status, status]
    if status == ParcelStatus.SENT and tracking_number:
        return format_lazy(str(SENT_WITH_NUMBER), number=tracking_number)
    row = PARCEL.get(status)
    return row.happened if row else UNKNOWN


def _addendum(addendum: ApplicationAddendum) -> Happening:
    return Happening(addendum.added_at, _("申込みにあとから書きたしました"), NAMES_OF_NOBODY[Actor.PERSON])
