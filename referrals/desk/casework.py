"""What caseworkers do with a case: take it up, decide, end it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import history
from foundation.errors import DomainError
from organisations.models import Member
from organisations.roles import Permission
from referrals import notes
from referrals.desk import addenda, parcels
from referrals.handoff.unused import unused_consents
from referrals.locks import hold
from referrals.models import Case, CaseTransition
from referrals.reasons import END_REASONS
from referrals.rules import check_may
from referrals.states import CASE_DECISIONS, CASE_ENDINGS, HAND_OFF_GOES_ON, NOT_HANDED_ON, CaseStatus

# Ends after which the centre goes on with what it was sent, unasked: the food arrived; it was handed on all the same.
REFERRAL_GOES_ON = frozenset({CaseStatus.CLOSED, CaseStatus.DUPLICATE})


@transaction.atomic
def start_review(*, case: Case, by: Member, seen: int, read: int = 0) -> None:
    """Take up a case that was received; ``read`` is the newest addendum on the page, 0 where there was none."""
    check_may(by, Permission.WORK_CASES, case)
    hold(case)
    _move(case, to=CaseStatus.IN_REVIEW, table=CASE_DECISIONS, by=by, seen=seen)
    addenda.mark_read(case, read)


@transaction.atomic
def approve(*, case: Case, by: Member, seen: int, read: int = 0) -> None:
    """Decide that a parcel goes out. Raises Conflict when something was added after ``read``: it may be an allergy."""
    check_may(by, Permission.WORK_CASES, case)
    hold(case)
    _move(case, to=CaseStatus.APPROVED, table=CASE_DECISIONS, by=by, seen=seen)
    addenda.check_read(case, read)
    addenda.mark_read(case, read)


@transaction.atomic
def end(
    *,
    case: Case,
    to: str,
    reason: str,
    by: Member,
    seen: int,
    note: str = "",
    read: int = 0,
    without_hand_off: bool = False,
    hand_off_goes_on: bool = False,
    box: str = "",
) -> None:
    """End a case as closed, declined, withdrawn or duplicate; every end has a reason.

    Raises Conflict when something was added after ``read``, the newest addendum on the page; DomainError when the
    reason does not belong to that end. Two things are asked back, likewise: a consent that no referral was sent on is
    left only ``without_hand_off``; and where food is not sent, a live referral goes on only when that is said
    (``hand_off_goes_on``). It does so unasked where the food arrived, and for a duplicate. ``box`` says what becomes
    of one that is packed and not sent (``parcels.stop_for_end``).
    """
    check_may(by, Permission.WORK_CASES, case)
    if reason not in END_REASONS.get(to, ()):
        raise DomainError(_("理由を選んでください。"))
    if reason == "other" and not note.strip():
        raise DomainError(_("「その他」のときは、理由をメモに書いてください。"))
    hold(case)  # or a referral could be sent in this very moment
    lives = case.referrals.live().exists()
    if lives and to not in REFERRAL_GOES_ON and not hand_off_goes_on:
        raise DomainError(
            _(
                "つなぎが続いています。荷物だけをやめるときは「つなぎは続ける」に印をつけてください。"
                "つなぎもやめるときは、先に同意の撤回を記録してください。"
            )
        )
    unused = unused_consents().filter(case=case).exists()
    if unused and not without_hand_off:
        raise DomainError(
            _(
                "窓口に伝える同意があり、まだ、つないでいません。先に窓口につないでください。"
                "つながないときは「つながずに終える」に印をつけてください。"
            )
        )
    goes_on = lives and to != CaseStatus.CLOSED  # where the food arrived nothing is stopped
    asked = [HAND_OFF_GOES_ON] * goes_on + [NOT_HANDED_ON] * unused
    how = ".".join([reason, *asked])
    _move(case, to=to, table=CASE_ENDINGS, by=by, seen=seen, reason=how, end_reason=reason)
    addenda.check_read(case, read)
    addenda.mark_read(case, read)
    parcels.stop_for_end(case=case, box=box, by=by)
    if note.strip():
        notes.add_note(case=case, text=note.strip(), by=by)


@transaction.atomic
def write_note(*, case: Case, text: str, by: Member, read: int = 0) -> None:
    """Add a note; the addenda up to ``read`` were on its page, and what was added later stays unread."""
    notes.write_note(case=case, text=text, by=by)
    addenda.mark_read(case, read)


def _move(
    case: Case,
    *,
    to: str,
    table: Mapping[str, Collection[str]],
    by: Member,
    seen: int,
    reason: str = "",
    **changes: Any,
) -> None:
    history.move(
        case, to=to, table=table, history=CaseTransition,
        by=by, seen=seen, reason=reason, **changes,
    )  # fmt: skip
