"""Which notices a step of a referral causes: a table beside the transitions, read by ``moving.move``."""

from collections.abc import Callable
from dataclasses import dataclass

from foundation.models import Actor
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import ReferralStatus

# Kinds of outbox messages; centre_notices and desk_notices deliver each.
PORTAL_ENTRY = "portal_entry"
CENTRE_NOTICE = "centre_notice"
ANSWER_NOTICE = "answer_notice"
REVOKED_NOTICE = "revoked_notice"
WRONG_CENTRE_NOTICE = "wrong_centre_notice"
NARROWED_NOTICE = "narrowed_notice"
TELLING_NOTICE = "telling_notice"
CORRECTED_NOTICE = "corrected_notice"
IN_ERROR_NOTICE = "in_error_notice"

When = Callable[[Referral, str], bool]


@dataclass(frozen=True)
class Notice:
    """One message of the outbox, and ``when`` it is sent: asked with the referral and who moved it."""

    kind: str
    when: When


def in_portal(referral: Referral, _actor: str) -> bool:
    """The centre works in the portal."""
    return referral.way == Way.PORTAL


def by_mail(referral: Referral, _actor: str) -> bool:
    """A mail reaches the centre; else a member has to tell it."""
    return referral.way == Way.PORTAL and referral.centre.can_be_mailed


def by_hand(referral: Referral, actor: str) -> bool:
    """No mail reaches the centre: a member has to tell it."""
    return not by_mail(referral, actor)


def not_by_the_desk(_referral: Referral, actor: str) -> bool:
    """The centre or the clock moved it; what the desk wrote down itself it needn't be told."""
    return actor != Actor.CENTRE_REPLY


S = ReferralStatus
_ANSWER = (Notice(ANSWER_NOTICE, not_by_the_desk),)
REFERRAL_NOTICES: dict[str, tuple[Notice, ...]] = {
    S.SENT: (Notice(PORTAL_ENTRY, in_portal), Notice(CENTRE_NOTICE, by_mail)),
    S.ACCEPTED: _ANSWER,
    S.DECLINED: _ANSWER,
    S.CONTACTED: _ANSWER,
    S.ON_HOLD: _ANSWER,
    S.CLOSED: _ANSWER,
    S.EXPIRED: _ANSWER,
    S.REVOKED: (Notice(REVOKED_NOTICE, by_mail), Notice(TELLING_NOTICE, by_hand)),
    # Who finds that it went to the wrong centre is at the desk already: nobody there needs a mail.
    S.ENTERED_IN_ERROR: (Notice(WRONG_CENTRE_NOTICE, by_mail),),
}
# An answer taken back is told like an answer, whatever it goes back to.
CORRECTION_NOTICES = _ANSWER
# A consent to less closes what is over as a withdrawal does; it says nothing against speaking with the person.
NARROWING_NOTICES = (Notice(NARROWED_NOTICE, by_mail), Notice(TELLING_NOTICE, by_hand))


def due(referral: Referral, *, to: str, actor: str, corrects: bool = False, narrows: bool = False) -> list[str]:
    """The kinds of messages that a step causes, in order."""
    notices = CORRECTION_NOTICES if corrects else NARROWING_NOTICES if narrows else REFERRAL_NOTICES.get(to, ())
    return [notice.kind for notice in notices if notice.when(referral, actor)]
