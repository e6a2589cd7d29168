"""Taking back what was pressed in error, by whoever works on the case: with a reason, and both steps stay readable.

Packers take nothing back themselves: of a case that has ended they see no more than a box to unpack, of one whose
parcel has arrived nothing, and the reason is kept as a note, which they don't read.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import history
from foundation.errors import DomainError, NotAllowed
from organisations.models import Member
from organisations.roles import Permission
from referrals import notes
from referrals.locks import hold
from referrals.models import Case, CaseTransition, Parcel, ParcelTransition
from referrals.rules import check_may
from referrals.states import CASE_CORRECTIONS, CASE_ENDS, PARCEL_CORRECTIONS, CaseStatus, ParcelStatus

IN_ERROR = "entered_in_error"  # the reason of each of these steps; why, says the note


@transaction.atomic
def undo_end(*, case: Case, why: str, by: Member, seen: int) -> None:
    """Take up again a case that was ended in error, where it stood before; one that was no duplicate is read anew.

    A box that was unpacked for the end stays so, and is packed again; one that still stands whole waits for the
    courier again, and is on no list of boxes to unpack any more. ``why`` is kept as a note; here and below
    DomainError without it, Conflict when somebody was first, NotAllowed when there is nothing of the kind to take back.
    """
    _check(case, why, by, seen)
    if case.status not in CASE_ENDS:
        raise NotAllowed()
    whole = case.parcels.filter(status=ParcelStatus.TO_UNPACK).order_by("pk").last()
    before = _stood_before(case)
    stands_packed = whole is not None and before == CaseStatus.PACKED
    to = CaseStatus.APPROVED if before == CaseStatus.PACKED and not stands_packed else before
    _move(case, to=to, by=by, seen=seen, end_reason="")
    if whole is not None and stands_packed:
        _move_parcel(whole, ParcelStatus.PACKED, by)
    _say_why(case, why, by)


@transaction.atomic
def undo_approval(*, case: Case, why: str, by: Member, seen: int) -> None:
    """Take back that a parcel goes out; what is packed already has to be unpacked first."""
    _check(case, why, by, seen)
    if case.status != CaseStatus.APPROVED:
        raise NotAllowed()
    _move(case, to=CaseStatus.IN_REVIEW, by=by, seen=seen)
    _say_why(case, why, by)


@transaction.atomic
def undo_sending(*, case: Case, why: str, by: Member, seen: int) -> None:
    """Take back that the parcel was sent: it is packed, and waits for the courier."""
    _check(case, why, by, seen)
    _move_both(case, ParcelStatus.SENT, ParcelStatus.PACKED, CaseStatus.PACKED, by, seen)
    _say_why(case, why, by)


@transaction.atomic
def undo_return(*, case: Case, why: str, by: Member, seen: int) -> None:
    """Take back that the parcel came back: it is on its way again. Not once another was packed."""
    _check(case, why, by, seen)
    _move_both(case, ParcelStatus.RETURNED, ParcelStatus.SENT, CaseStatus.SENT, by, seen, send_again_at=None)
    _say_why(case, why, by)


@transaction.atomic
def undo_delivery(*, case: Case, why: str, by: Member, seen: int) -> None:
    """Take back that the parcel arrived: it is on its way again."""
    _check(case, why, by, seen)
    _move_both(case, ParcelStatus.DELIVERED, ParcelStatus.SENT, CaseStatus.SENT, by, seen)
    _say_why(case, why, by)


def _check(case: Case, why: str, by: Member, seen: int) -> None:
    check_may(by, Permission.WORK_CASES, case)
    if not why.strip():
        raise DomainError(_("なぜとりけすのかを書いてください。"))
    hold(case)  # who is second hears who was first, whatever became of the parcel meanwhile
    history.check_seen(case, seen=seen, history=CaseTransition)


def _stood_before(case: Case) -> str:
    if case.status == CaseStatus.DUPLICATE:
        return CaseStatus.IN_REVIEW
    ended = CaseTransition.objects.filter(subject=case, to_status=case.status).order_by("-pk").first()
    if ended is None:
        raise NotAllowed()
    return ended.from_status


def _move(case: Case, *, to: str, by: Member, seen: int, **changes: Any) -> None:
    history.move(
        case, to=to, table=CASE_CORRECTIONS, history=CaseTransition, by=by, seen=seen, reason=IN_ERROR, **changes
    )


def _move_both(case: Case, stands: str, to: str, case_to: str, by: Member, seen: int, **changes: Any) -> None:
    last: Parcel | None = case.parcels.order_by("pk").last()
    if last is None or last.status != stands:
        raise NotAllowed()
    _move(case, to=case_to, by=by, seen=seen)
    _move_parcel(last, to, by, **changes)


def _move_parcel(parcel: Parcel, to: str, by: Member, **changes: Any) -> None:
    history.move(parcel, to=to, table=PARCEL_CORRECTIONS, history=ParcelTransition, by=by, reason=IN_ERROR, **changes)


def _say_why(case: Case, why: str, by: Member) -> None:
    notes.add_note(case=case, text=why.strip(), by=by)
