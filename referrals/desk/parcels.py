"""What packers do: pack a parcel, send it, note that it arrived or came back; the case moves along."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock, history
from foundation.errors import DomainError
from organisations.models import Member
from organisations.roles import Permission
from referrals.desk import addenda, destination
from referrals.locks import hold, hold_parcel
from referrals.models import Case, CaseTransition, Parcel, ParcelTransition
from referrals.rules import check_may
from referrals.states import (
    CASE_AFTER_PARCEL,
    CASE_WITH_PARCEL,
    PARCEL_TRANSITIONS,
    ParcelStatus,
)  # fmt: skip


@transaction.atomic
def pack(
    *,
    case: Case,
    contents: str,
    by: Member,
    seen: int,
    weight_grams: int | None = None,
    corrected: int = 0,
    read: int = 0,
) -> Parcel:
    """Pack a parcel for an approved case.

    ``corrected`` is how many corrections of the person the packer's page showed, ``read`` the newest addendum it told
    of. Raises Conflict when the label was put right or something was added since, DomainError without contents.
    """
    check_may(by, Permission.PACK_PARCELS, case)
    if not contents.strip():
        raise DomainError(_("箱の中身を書いてください。"))
    hold(case)
    _move_case(case, ParcelStatus.PACKED, by, seen)
    _check_beside(case, corrected, read)
    now = clock.now()
    parcel = Parcel.objects.create(
        case=case, contents=contents.strip(), weight_grams=weight_grams, packed_at=now, packed_by=by
    )
    ParcelTransition.objects.create(
        subject=parcel, from_status="", to_status=ParcelStatus.PACKED, at=now, by=by, actor="member"
    )
    return parcel


@transaction.atomic
def send(
    *, parcel: Parcel, by: Member, seen: int, tracking_number: str = "", corrected: int = 0, read: int = 0
) -> None:
    """Hand the parcel to the courier or to the person; ``seen`` is the case's version, the rest as in ``pack``."""
    _move(parcel, ParcelStatus.SENT, by, seen, tracking_number=tracking_number)
    _check_beside(parcel.case, corrected, read)


@transaction.atomic
def deliver(*, parcel: Parcel, by: Member, seen: int) -> None:
    """Note that the parcel arrived."""
    _move(parcel, ParcelStatus.DELIVERED, by, seen)


@transaction.atomic
def take_back(*, parcel: Parcel, by: Member, seen: int) -> None:
    """Note that the parcel came back: the case waits for packing again."""
    _move(parcel, ParcelStatus.RETURNED, by, seen)


@transaction.atomic
def unpack(*, parcel: Parcel, by: Member, seen: int) -> None:
    """Take a packed parcel apart: the case waits for packing again."""
    _move(parcel, ParcelStatus.UNPACKED, by, seen)


def unpack_for_end(*, case: Case, by: Member) -> None:
    """A case that ends leaves no packed box behind; called inside the transaction that ends it."""
    for parcel in case.parcels.filter(status=ParcelStatus.PACKED):
        _move_parcel(parcel, ParcelStatus.UNPACKED, by)


def _check_beside(case: Case, corrected: int, read: int) -> None:
    destination.check_label(case, corrected)
    addenda.check_read(case, read, told=addenda.ASK_FIRST)


def _move(parcel: Parcel, to: str, by: Member, seen: int, **changes: Any) -> None:
    check_may(by, Permission.PACK_PARCELS, parcel.case)
    hold_parcel(parcel)
    _move_case(parcel.case, to, by, seen)  # first: it is the case whose version was seen
    _move_parcel(parcel, to, by, **changes)


def _move_parcel(parcel: Parcel, to: str, by: Member, **changes: Any) -> None:
    history.move(parcel, to=to, table=PARCEL_TRANSITIONS, history=ParcelTransition, by=by, **changes)


def _move_case(case: Case, parcel_status: str, by: Member, seen: int) -> None:
    history.move(
        case,
        to=CASE_AFTER_PARCEL[parcel_status],
        table=CASE_WITH_PARCEL[parcel_status],
        history=CaseTransition,
        by=by,
        seen=seen,
    )
