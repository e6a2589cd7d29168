"""What packers do: pack a parcel, send it, note that it arrived or came back; the case moves along."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock, history
from foundation.errors import Conflict, DomainError, NotAllowed
from foundation.models import Actor
from organisations.models import Member
from organisations.roles import Permission
from referrals.desk import addenda, destination
from referrals.locks import hold, hold_parcel
from referrals.models import Case, CaseTransition, Parcel, ParcelTransition
from referrals.reasons import ReturnReason
from referrals.rules import check_may
from referrals.states import CASE_AFTER_PARCEL, CASE_WITH_PARCEL, PARCEL_TRANSITIONS, SEND_AGAIN, ParcelStatus
from referrals.words.parcel import SENT_AGAIN

PICKUP_UNKNOWN = _(
    "どの営業所・窓口で受けとるかが、まだ書かれていません。ケースの担当が「名前・連絡先を直す」で書くと、発送できます。"
)
WAITS_FOR_DESK = _(
    "前の箱が戻ってきています。ケースの担当が、あて先をたしかめて「もう一度送る」を記録すると、箱づめできます。"
)


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
    if case.parcels.filter(status=ParcelStatus.RETURNED, send_again_at__isnull=True).exists():
        raise DomainError(WAITS_FOR_DESK)
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
    hold_parcel(parcel)
    if parcel.case.picks_up and not parcel.case.pickup:
        raise DomainError(PICKUP_UNKNOWN)
    _move(parcel, ParcelStatus.SENT, by, seen, tracking_number=tracking_number)
    _check_beside(parcel.case, corrected, read)


@transaction.atomic
def deliver(*, parcel: Parcel, by: Member, seen: int) -> None:
    """Note that the parcel arrived."""
    _move(parcel, ParcelStatus.DELIVERED, by, seen)


@transaction.atomic
def take_back(*, parcel: Parcel, by: Member, seen: int, reason: str, words: str = "") -> None:
    """Note that the parcel came back and why: the case waits for somebody at the desk, then for packing again.

    DomainError without a reason, or without ``words`` where the reason is another one.
    """
    if reason not in ReturnReason:
        raise DomainError(_("戻ってきたわけをえらんでください。"))
    if reason == ReturnReason.OTHER and not words.strip():
        raise DomainError(_("「その他」のときは、わけを書いてください。"))
    _move(parcel, ParcelStatus.RETURNED, by, seen, **_words(parcel, reason, words.strip()))


@transaction.atomic
def send_again(*, parcel: Parcel, found_out: str, by: Member, seen: int) -> None:
    """Decide that another box is packed for one that came back; ``found_out`` of person and address stays readable.

    ``seen`` is the case's version. DomainError without ``found_out``, NotAllowed where nothing waits.
    """
    check_may(by, Permission.WORK_CASES, parcel.case)
    if not found_out.strip():
        raise DomainError(_("たしかめたことを書いてください。"))
    hold_parcel(parcel)
    history.check_seen(parcel.case, seen=seen, history=CaseTransition)
    if Parcel.objects.came_back().filter(pk=parcel.pk).update(send_again_at=clock.now()) != 1:
        raise _decided_before(parcel)
    note_of(parcel, SEND_AGAIN, found_out.strip(), by)


def _decided_before(parcel: Parcel) -> DomainError:
    last = parcel.history.filter(reason=SEND_AGAIN).select_related("by").order_by("-pk").first()
    return Conflict(who=str(last.by), what=SENT_AGAIN, at=last.at, by_id=last.by_id) if last else NotAllowed()


def note_of(parcel: Parcel, reason: str, words: str, by: Member) -> None:
    """A row of the parcel's history that moves nothing, within the transaction of a verb that has checked who may."""
    ParcelTransition.objects.create(
        subject=parcel, from_status=parcel.status, to_status=parcel.status, at=clock.now(), by=by,
        actor=Actor.MEMBER, **_words(parcel, reason, words),
    )  # fmt: skip


@transaction.atomic
def unpack(*, parcel: Parcel, by: Member, seen: int) -> None:
    """Take a packed parcel apart: the case waits for packing again."""
    _move(parcel, ParcelStatus.UNPACKED, by, seen)


def stop_for_end(*, case: Case, box: str, by: Member) -> None:
    """What becomes of the packed box of a case that ends; called inside the transaction that ends it.

    ``box`` is the status it gets: unpacked already, or to be unpacked, which whoever packs confirms. Until then it is
    on their list. Raises DomainError where there is a box and nobody said.
    """
    for parcel in case.parcels.filter(status=ParcelStatus.PACKED):
        if box not in (ParcelStatus.TO_UNPACK, ParcelStatus.UNPACKED):
            raise DomainError(_("箱づめの済んだ箱があります。その箱をどうするかを、えらんでください。"))
        _move_parcel(parcel, box, by)


@transaction.atomic
def confirm_unpacked(*, parcel: Parcel, by: Member) -> None:
    """Confirm that the box of an ended case was not sent and is taken apart."""
    check_may(by, Permission.PACK_PARCELS, parcel.case)
    hold_parcel(parcel)
    if parcel.status != ParcelStatus.TO_UNPACK:
        raise NotAllowed()
    _move_parcel(parcel, ParcelStatus.UNPACKED, by)


def _check_beside(case: Case, corrected: int, read: int) -> None:
    destination.check_label(case, corrected)
    addenda.check_read(case, read, told=addenda.ASK_FIRST)


def _words(parcel: Parcel, reason: str, words: str) -> dict[str, Any]:
    """A reason by its code and, sealed under the person's key, in words."""
    return {"reason": reason, "note": words, "data_key": parcel.case.person.data_key if words else None}


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
