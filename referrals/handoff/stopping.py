"""How a referral stops without an answer: consent withdrawn, the wrong centre, no reply in time."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.models import Actor
from organisations.models import Member, Organisation
from organisations.roles import Permission
from referrals.handoff.moving import move
from referrals.handoff.notice_table import by_hand
from referrals.locks import lock
from referrals.models import Person, Referral
from referrals.rules import check_may
from referrals.states import ReferralStatus

S = ReferralStatus


@transaction.atomic
def revoke_towards(*, person: Person, centre: Organisation, by: Member | None) -> None:
    """Revoke the person's live referrals to ``centre``, since consent was withdrawn; the centre is told.

    By mail where it works in the portal and can be mailed; else a member has to tell it, which stays to be
    done until they have recorded it (``follow_up``).
    """
    live = Referral.objects.live().filter(case__person=person, centre=centre)
    # Held, so that an answer given in this very moment can't make the withdrawal fail.
    for referral in live.select_for_update(of=("self",)):
        move(
            referral,
            S.REVOKED,
            by=by,
            actor=Actor.MEMBER if by else Actor.PERSON,
            must_be_told=by_hand(referral, ""),
        )


@transaction.atomic
def mark_wrong_centre(*, referral: Referral, why: str, by: Member, seen: int) -> None:
    """Stop a referral that went to the wrong centre: the packet closes to it at once, and it is told.

    It stays in the record of provision, and leaves the statistics; the case may go to the right centre straight
    away. Raises DomainError without a reason.
    """
    check_may(by, Permission.HAND_OFF, referral.case)
    if not why.strip():
        raise DomainError(_("どこがまちがいだったかを書いてください。"))
    lock(referral.case.person)
    move(
        referral, S.ENTERED_IN_ERROR, by=by, seen=seen, note=why.strip(), must_be_told=by_hand(referral, ""),
    )  # fmt: skip


@transaction.atomic
def expire(*, referral: Referral) -> None:
    """No answer by the due date: the referral returns to the desk."""
    move(referral, S.EXPIRED, by=None, actor=Actor.CLOCK)
