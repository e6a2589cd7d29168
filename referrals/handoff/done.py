"""What was done about a referral without moving it, in its history.

What members tick off on it is kept there when it has to be done anew.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict
from foundation.models import Actor
from organisations.models import Member
from referrals.models import Referral, ReferralTransition
from referrals.states import CLOSED_IN_ERROR, FOLLOWED_UP, NEVER_LEFT, TOLD, TOLD_OF_LESS, TOLD_OF_MISTAKE


def keep(referral: Referral, changes: Mapping[str, Any]) -> None:
    """Write down what ``changes`` would wipe from ``referral``, with who did it and when; its status stays.

    Inside the transaction of the verb, before the change.
    """
    told = what_was_told(referral)
    done = (
        (FOLLOWED_UP, "followed_up_at", referral.followed_up_by_id),
        (told, "told_at", referral.told_by_id),
    )
    for what, when, by in done:
        at = getattr(referral, when)
        if at is not None and changes.get(when, at) is None:
            ReferralTransition.objects.create(
                subject=referral, from_status=referral.status, to_status=referral.status, reason=what, at=at,
                by_id=by, actor=Actor.MEMBER,
            )  # fmt: skip


def note(referral: Referral, what: str, *, at: datetime, by: Member | None = None) -> None:
    """Write down in the history what a word of the person's, or of ``by``, did to one whose status stays; likewise."""
    ReferralTransition.objects.create(
        subject=referral, from_status=referral.status, to_status=referral.status, reason=what, at=at,
        by=by, actor=Actor.MEMBER if by else Actor.PERSON,
    )  # fmt: skip


def what_was_told(referral: Referral) -> str:
    """What ticking it off said: how the centre was told, or that nothing had left that it could be told of."""
    if referral.never_left:
        return NEVER_LEFT
    if referral.mistake:
        return TOLD_OF_MISTAKE
    return TOLD_OF_LESS if referral.narrowed else TOLD


def found_in_error(referral: Referral) -> Conflict | None:
    """Who took back what had stopped or closed it, where nothing happened since."""
    last = ReferralTransition.objects.filter(subject=referral).select_related("by").order_by("pk").last()
    if last is None or last.reason != CLOSED_IN_ERROR:
        return None
    what = _("記録のまちがいの取り消し")
    return Conflict(who=str(last.by), what=what, at=last.at, to=CLOSED_IN_ERROR, by_id=last.by_id)
