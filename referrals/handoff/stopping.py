"""How a referral stops without an answer: consent withdrawn, the wrong centre, no reply in time."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError
from foundation.models import Actor
from foundation.work import outbox
from organisations.models import Member, Organisation
from organisations.roles import Permission
from referrals.handoff import done, notice_table, visibility
from referrals.handoff.moving import move
from referrals.handoff.notice_table import by_hand
from referrals.locks import hold_referral, lock_of
from referrals.models import Person, Referral
from referrals.models.referral import Mistake, ReferralQuerySet
from referrals.rules import check_may
from referrals.states import (
    CLOSED_FOR_LESS,
    CLOSED_IN_ERROR,
    CLOSED_ON_WITHDRAWAL,
    CONSENT_VOIDED,
    REFERRAL_LATE_STOPS,
    REFERRAL_TRANSITIONS,
    ReferralStatus,
)  # fmt: skip

S = ReferralStatus
# What a referral that was over had set: of the wrong centre's answer nothing is left to do, and it is told anew.
_NOTHING_ANSWERED: dict[str, Any] = {
    "outcome": "", "closed_at": None, "decline_reason": "", "followed_up_at": None, "followed_up_by": None,
    "withdrawn_at": None, "narrowed": False, "told_at": None, "told_by": None, "never_left": False,
    "mistake": "",
}  # fmt: skip


@transaction.atomic
def revoke_towards(*, person: Person, centre: Organisation, by: Member | None) -> None:
    """Carry a withdrawal to ``centre``: live referrals are revoked, and the centre is told.

    It is told too of what is over and still in its hands. By mail where it works in the portal and can be mailed;
    else a member has to tell it, which stays to be done until they have recorded it (``record_told``).
    """
    now = clock.now()
    live = Referral.objects.live().filter(case__person=person, centre=centre)
    # Held, so that an answer given in this very moment can't make the withdrawal fail.
    for referral in live.select_for_update(of=("self",), no_key=True):
        move(
            referral,
            S.REVOKED,
            by=by,
            actor=Actor.MEMBER if by else Actor.PERSON,
            must_be_told=by_hand(referral, ""),
            withdrawn_at=now,
        )
    close_held(person=person, centre=centre)


@transaction.atomic
def close_held(*, person: Person, centre: Organisation, beyond: Collection[str] | None = None) -> None:
    """Close what is over and still in the hands of ``centre``, which is told; what came of it stays.

    ``beyond`` are the fields of a narrower consent, which still covers a packet that told no more than they. What such
    a consent has closed a later withdrawal closes again: only now the person may not be spoken with any more.
    """
    now = clock.now()
    held = Referral.objects.held_by_centre()
    narrows = beyond is not None
    if not narrows:
        held |= Referral.objects.narrowed() | Referral.objects.stopped_in_error()
    held = held.filter(case__person=person, centre=centre)
    for referral in held.select_related("centre", "packet").select_for_update(of=("self",), no_key=True):
        if beyond is not None and set(referral.packet.fields) <= set(beyond):
            continue
        # What came of it stays as it is: it was over. The page of another member is as true as before.
        to_be_told: dict[str, Any] = {"must_be_told": by_hand(referral, ""), "told_at": None, "told_by": None}
        done.keep(referral, to_be_told)
        Referral.objects.filter(pk=referral.pk).update(withdrawn_at=now, narrowed=narrows, mistake="", **to_be_told)
        done.note(referral, CLOSED_FOR_LESS if narrows else CLOSED_ON_WITHDRAWAL, at=now)
        for kind in notice_table.due(referral, to=S.REVOKED, actor=Actor.PERSON, narrows=narrows):
            outbox.enqueue(kind, subject=referral.public_id)


@transaction.atomic
def mark_wrong_centre(*, referral: Referral, why: str, by: Member, seen: int) -> None:
    """Stop a referral that went to the wrong centre, whatever it has answered: the packet closes, and it is told.

    It stays in the record of provision, and leaves the statistics; the case may go to the right centre straight
    away. What the centre answered stays in the history alone, and what had been taken up by sending it comes back to
    the desk. Raises DomainError without a reason.
    """
    check_may(by, Permission.HAND_OFF, referral.case)
    if not why.strip():
        raise DomainError(_("どこがまちがいだったかを書いてください。"))
    hold_referral(referral)
    move(
        referral,
        S.ENTERED_IN_ERROR,
        by=by,
        seen=seen,
        table={**REFERRAL_TRANSITIONS, **REFERRAL_LATE_STOPS},
        note=why.strip(),
        must_be_told=by_hand(referral, ""),
        **_NOTHING_ANSWERED,
    )
    _take_up_again(referral)


def _take_up_again(referral: Referral) -> None:
    """Give the desk back what it had taken up by sending ``referral`` alone, which went wrong."""
    not_taken_up: dict[str, Any] = {"followed_up_at": None, "followed_up_by": None}
    # Of the moment of sending: what a member took up in words of their own stays taken up.
    for before in Referral.objects.filter(case=referral.case_id, followed_up_at=referral.created_at):
        done.keep(before, not_taken_up)
        Referral.objects.filter(pk=before.pk).update(version=F("version") + 1, **not_taken_up)


def stop_for_consent_in_error(*, person: Person, centre: Organisation, by: Member) -> None:
    """Stop what stands on no consent, now that one was recorded in error, and close what ``centre`` holds on it.

    Of what somebody withdrew, or agreed anew to less, the centre was told before. Inside the transaction of the verb.
    """
    stands = Referral.objects.live() | Referral.objects.held_by_centre()
    found = stands.filter(case__person=person, centre=centre).select_related("case", "centre", "packet")
    for referral in found.select_for_update(of=("self",), no_key=True):
        if visibility.consent_stands(referral):
            continue
        changes = {**_NOTHING_ANSWERED, "mistake": Mistake.CONSENT, "must_be_told": by_hand(referral, "")}
        move(
            referral, S.ENTERED_IN_ERROR, by=by, reason=CONSENT_VOIDED,
            table={**REFERRAL_TRANSITIONS, **REFERRAL_LATE_STOPS}, **changes,
        )  # fmt: skip
        _take_up_again(referral)


def note_withdrawal_in_error(
    *, person: Person, centre: Organisation, since: datetime, until: datetime | None, by: Member
) -> None:
    """Mark what a withdrawal of ``since`` has stopped or closed, before one of ``until``: it was recorded in error.

    It stays stopped. Inside the transaction of the verb.
    """
    stopped = Referral.objects.filter(case__person=person, centre=centre, withdrawn_at__gte=since, narrowed=False)
    if until is not None:
        stopped = stopped.filter(withdrawn_at__lt=until)
    for referral in _held(stopped):
        _note_in_error(referral, by=by)


def note_narrowing_in_error(*, person: Person, centre: Organisation, by: Member) -> None:
    """Mark what was closed although the consent that stands now is older and covers it; likewise."""
    for referral in _held(Referral.objects.filter(case__person=person, centre=centre, narrowed=True)):
        if visibility.consent_stood_when_closed(referral):
            _note_in_error(referral, by=by)


def _held(found: ReferralQuerySet) -> ReferralQuerySet:
    return found.select_related("case", "centre", "packet").select_for_update(of=("self",), no_key=True)


def _note_in_error(referral: Referral, *, by: Member) -> None:
    """Who had been told to stop is told that it was a mistake: by mail, or by a member, who has it to do again."""
    now = clock.now()
    was_told = referral.told_at is not None and not referral.never_left
    changes: dict[str, Any] = {"told_at": None, "told_by": None} if was_told else {}
    done.keep(referral, changes)
    changes |= {"mistake": Mistake.WITHDRAWAL, "narrowed": False, "version": F("version") + 1}
    Referral.objects.filter(pk=referral.pk).update(**changes)
    done.note(referral, CLOSED_IN_ERROR, at=now, by=by)
    if was_told:
        outbox.enqueue(notice_table.TELLING_NOTICE, subject=referral.public_id)
    elif notice_table.by_mail(referral, "") and not referral.must_be_told:
        outbox.enqueue(notice_table.IN_ERROR_NOTICE, subject=referral.public_id)


@transaction.atomic
def expire(*, referral: Referral) -> None:
    """No answer by the due date: the referral returns to the desk."""
    lock_of(referral.case)
    move(referral, S.EXPIRED, by=None, actor=Actor.CLOCK)
