"""What a centre does with a referral: open it, take the person on or not, speak with them, hold it, close it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError, NotAllowed
from foundation.models import Actor
from organisations.models import Member
from referrals.handoff import steps, visibility
from referrals.handoff.moving import (
    check_centre,
    check_consent,
    check_may_answer,
    check_newest,
    check_result_may_be_told,
    move,
    needs_words,
)  # fmt: skip
from referrals.locks import hold_referral
from referrals.models import Referral
from referrals.outcomes import CENTRE_DECLINE_REASONS, DeclineReason, Outcome
from referrals.states import REFERRAL_TRANSITIONS, ReferralStatus

S = ReferralStatus
LONGEST_HOLD = timedelta(days=366)


@transaction.atomic
def open_and_read(*, referral: Referral, by: Member) -> None:
    """The centre's "open and read"; opening again changes nothing."""
    check_centre(referral, by)
    hold_referral(referral)
    check_consent(referral)
    if referral.status == S.SENT:
        move(referral, S.VIEWED, by=by, viewed_at=clock.now())


@transaction.atomic
def accept(*, referral: Referral, by: Member, seen: int) -> None:
    """The centre takes the person on."""
    check_centre(referral, by)
    hold_referral(referral)
    check_consent(referral)
    _check_opened(referral)
    move(referral, S.ACCEPTED, by=by, seen=seen, answered_at=clock.now())


@transaction.atomic
def decline(*, referral: Referral, reason: str, by: Member, seen: int, note: str = "") -> None:
    """The centre can't take the person on; the desk has the ball again, with the reason."""
    check_centre(referral, by)
    hold_referral(referral)
    _check_opened(referral)
    if reason not in CENTRE_DECLINE_REASONS:
        raise DomainError(_("受けられない理由を選んでください。"))
    decline_with(referral, reason=reason, note=note, by=by, seen=seen)


@transaction.atomic
def note_first_contact(*, referral: Referral, by: Member, seen: int) -> None:
    """The centre has spoken with the person for the first time."""
    check_centre(referral, by)
    hold_referral(referral)
    check_consent(referral)
    move(referral, S.CONTACTED, by=by, seen=seen, contacted_at=clock.now())


@transaction.atomic
def close(*, referral: Referral, outcome: str, by: Member, seen: int, note: str = "") -> None:
    """The centre says what came of it; no close without an outcome."""
    check_centre(referral, by)
    hold_referral(referral)
    close_with(referral, outcome=outcome, note=note, by=by, seen=seen)


@transaction.atomic
def hold(*, referral: Referral, until: date, why: str, by: Member, seen: int) -> None:
    """Put a referral that was taken on aside until a day, with the reason; it stays live.

    Why is what the centre tells of the person: staff who write down a hold from paper give the reason only with the
    second consent, and without it the day alone. Raises DomainError for a day that is not to come, or without a
    reason where there may be one.
    """
    actor = check_may_answer(referral, by)
    hold_referral(referral)
    check_consent(referral)
    if until <= clock.today():
        raise DomainError(_("保留にする日は、明日よりあとの日を選んでください。"))
    if until > clock.today() + LONGEST_HOLD:
        raise DomainError(_("保留にできるのは、長くて1年です。1年以内の日を選んでください。"))
    written_down = actor == Actor.CENTRE_REPLY
    if written_down and why.strip():
        check_result_may_be_told(referral)
    if not why.strip() and not (written_down and not visibility.result_may_be_told(referral)):
        raise DomainError(_("保留にする理由を書いてください。"))
    move(referral, S.ON_HOLD, by=by, actor=actor, seen=seen, note=why.strip(), on_hold_until=until)


@transaction.atomic
def resume(*, referral: Referral, by: Member, seen: int) -> None:
    """Go on with a referral that was on hold, from where it stood."""
    actor = check_may_answer(referral, by)
    hold_referral(referral)
    check_consent(referral)
    check_newest(referral, seen)
    if referral.status != S.ON_HOLD:
        raise NotAllowed()
    move(referral, steps.stands(referral)[-2], by=by, actor=actor, seen=seen)


def decline_with(
    referral: Referral,
    *,
    reason: str,
    note: str,
    by: Member,
    seen: int,
    actor: str = Actor.MEMBER,
    table: Mapping[str, Collection[str]] = REFERRAL_TRANSITIONS,
    at: datetime | None = None,
) -> None:
    """Move to declined with the reason, answered ``at`` that moment (now); for verbs that have checked who may."""
    if reason not in DeclineReason:
        raise DomainError(_("受けられない理由を選んでください。"))
    needs_words(reason, note)
    move(
        referral, S.DECLINED, by=by, seen=seen, actor=actor, table=table, reason=reason,
        decline_reason=reason, answered_at=at or clock.now(), note=note.strip(),
    )  # fmt: skip


def close_with(
    referral: Referral,
    *,
    outcome: str,
    note: str,
    by: Member,
    seen: int,
    actor: str = Actor.MEMBER,
    at: datetime | None = None,
) -> None:
    """Move to closed with the outcome, at the moment ``at`` (now); for verbs that have checked who may."""
    if outcome not in Outcome:
        raise DomainError(_("結果を選んでください。結果がないまま終えることはできません。"))
    needs_words(outcome, note)
    move(
        referral, S.CLOSED, by=by, seen=seen, actor=actor, reason=outcome,
        outcome=outcome, closed_at=at or clock.now(), note=note.strip(),
    )  # fmt: skip


def _check_opened(referral: Referral) -> None:
    if referral.viewed_at is None:
        raise NotAllowed(_("内容を開いて読んでから、返事をしてください。"))
