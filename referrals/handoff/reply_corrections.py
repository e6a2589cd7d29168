"""Taking back an answer that was entered in error, whoever entered it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError, NotAllowed
from foundation.models import Actor
from organisations.models import Member
from organisations.roles import Permission
from referrals.handoff import steps, taken_back
from referrals.handoff.moving import (
    NOT_FOLLOWED_UP,
    check_may_answer,
    check_may_live_again,
    check_newest,
    due_from,
    move,
)  # fmt: skip
from referrals.locks import hold_referral
from referrals.models import Referral, ReferralTransition
from referrals.rules import check_may
from referrals.states import (
    CORRECTED_REASON,
    REFERRAL_AWAITING,
    REFERRAL_CORRECTIONS,
    REFERRAL_LIVE,
    REFERRAL_RETURNED,
    ReferralStatus,
)

S = ReferralStatus
# How a case ended is the desk's and the person's; a centre meets this only where it ended while the page stood open.
_OVER_FOR_CENTRE = _("このつなぎは、もう続けられません。返事を直すときは、フードバンクに電話してください。")
# What an answer had set, as it was before: taken back together with the answer.
_AS_BEFORE: dict[str, dict[str, Any]] = {
    S.ACCEPTED: {"answered_at": None},
    S.DECLINED: {"answered_at": None, "decline_reason": ""},
    S.CONTACTED: {"contacted_at": None},
    S.CLOSED: {"closed_at": None, "outcome": ""},
    S.HANDED_OVER: {},
}


@transaction.atomic
def correct_reply(*, referral: Referral, why: str, by: Member, seen: int) -> None:
    """Take back the last answer, which was entered in error; the right one is then given as any other.

    Whoever may give the answer may take it back: the centre in its portal, staff where they wrote it down. Both steps
    stay in the history, the second with the reason. Raises DomainError without a reason, and where the referral
    would live again beside another to the same centre or without consent.
    """
    hold_referral(referral)
    way = steps.standing(referral)
    actor = _check_may_take_back(referral, by, way)
    check_newest(referral, seen)
    if not why.strip():
        raise DomainError(_("どこがまちがいだったかを書いてください。"))
    if referral.status not in REFERRAL_CORRECTIONS:
        raise NotAllowed()
    before = [step.to_status for step in way[:-1]]
    if _lives_again(referral, before[-1]):
        refused = taken_back.OVER if actor == Actor.CENTRE_REPLY else _OVER_FOR_CENTRE
        check_may_live_again(referral, to=before[-1], refused=refused)
    changes = {**_AS_BEFORE[referral.status], **_as_it_waits_again(referral, before)}
    move(
        referral,
        before[-1],
        by=by,
        seen=seen,
        actor=actor,
        reason=CORRECTED_REASON,
        note=why.strip(),
        table=REFERRAL_CORRECTIONS,
        **changes,
    )


def _as_it_waits_again(referral: Referral, before: list[str]) -> dict[str, Any]:
    """What else goes back with an answer, for a referral that has come the way ``before``."""
    changes: dict[str, Any] = {}
    if before[-1] not in REFERRAL_RETURNED:
        changes |= NOT_FOLLOWED_UP
    if S.VIEWED not in before:
        changes["viewed_at"] = None  # it was the answer that told of it
    if before[-1] == S.ON_HOLD:
        changes["on_hold_until"] = clock.today()  # the day may be over: it is looked at anew
    if before[-1] in REFERRAL_AWAITING:
        changes["due_on"] = due_from(clock.now())  # the right answer needs its time too
    return changes


def may_be_taken_back(referral: Referral, by: Member, *, stands: bool) -> bool:
    """Whether there is an answer that ``by`` may take back; what lives again needs a consent that ``stands``."""
    way = steps.standing(referral)  # asked of every referral, so that each page takes the same queries
    before = way[-2].to_status if len(way) > 1 else ""
    if before not in REFERRAL_CORRECTIONS.get(referral.status, ()):
        return False
    if before in REFERRAL_LIVE and not stands:
        return False
    try:
        _check_may_take_back(referral, by, way)
        if _lives_again(referral, before):
            check_may_live_again(referral, to=before)
    except DomainError:
        return False
    return True


def _lives_again(referral: Referral, before: str) -> bool:
    return referral.status not in REFERRAL_LIVE and before in REFERRAL_LIVE


def _check_may_take_back(referral: Referral, by: Member, way: Sequence[ReferralTransition]) -> str:
    """Raise NotAllowed unless ``by`` may take back the last answer of ``way``; returns as whom it is recorded."""
    if way and way[-1].actor == Actor.CENTRE_REPLY:
        check_may(by, Permission.HAND_OFF, referral.case)
        return Actor.CENTRE_REPLY
    return check_may_answer(referral, by)
