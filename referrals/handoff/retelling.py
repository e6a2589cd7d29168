"""A referral that goes on after all: whoever was told that it had come back is told anew, which a member records."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import NotAllowed
from foundation.models import Actor
from organisations.models import Member
from organisations.roles import Permission
from referrals import notes
from referrals.handoff import since
from referrals.locks import hold_referral
from referrals.models import Referral, ReferralTransition
from referrals.rules import check_may
from referrals.states import PERSON_TOLD


@transaction.atomic
def record_person_told(*, referral: Referral, note: str, by: Member, seen: int) -> None:
    """A member has told the person that the referral goes on after all; ``note`` says how.

    Raises Conflict when somebody was first, NotAllowed where the person was told nothing that is no longer so.
    """
    check_may(by, Permission.HAND_OFF, referral.case)
    hold_referral(referral)
    newer = since.person_told_since(referral, seen)
    if newer:
        raise newer
    if not Referral.objects.goes_on_after_all().filter(pk=referral.pk).exists():
        raise NotAllowed(_("このつなぎに、いま対応することはありません。"))
    notes.write_note(case=referral.case, text=note, by=by)
    Referral.objects.filter(pk=referral.pk).update(version=seen + 1)
    ReferralTransition.objects.create(
        subject=referral, from_status=referral.status, to_status=referral.status, reason=PERSON_TOLD,
        at=clock.now(), by=by, actor=Actor.MEMBER,
    )  # fmt: skip
