"""Consents that nobody has acted on: whoever gave one waits to be put in touch with a centre."""

from django.db.models import Exists, F, OuterRef

from outreach.application.answers import HandOffWish
from referrals.models import CaseTransition, ConsentEntry, Packet, Referral
from referrals.models.consent import ConsentQuerySet, Purpose
from referrals.models.referral import Mistake
from referrals.states import CASE_WITHOUT_HAND_OFF, NOT_HANDED_ON, REFERRAL_STOPPED, ReferralStatus


def unused_consents() -> ConsentQuerySet:
    """Live consents to telling a centre that no referral stands on, of cases that may still be handed on.

    A case that was ended without handing it on, which is asked then, waits no more unless they consent anew.
    """
    # A sum has no index: of the two that would do, SQLite takes that of the centre, with every referral it ever got.
    handed = Referral.objects.alias(to=F("centre_id") + 0).filter(case=OuterRef("case"), to=OuterRef("recipient"))
    standing = handed.exclude(status__in=REFERRAL_STOPPED).filter(withdrawn_at__isnull=True)
    left = CaseTransition.objects.filter(
        subject=OuterRef("case"), reason__contains=f".{NOT_HANDED_ON}", at__gte=OuterRef("at")
    )
    # What a withdrawal stopped that was recorded in error is begun anew by somebody, or never.
    used = Packet.objects.filter(consent=OuterRef("pk")).exclude(
        referral__mistake=Mistake.WITHDRAWAL, referral__status=ReferralStatus.REVOKED
    )
    return (
        ConsentEntry.objects.live()
        .filter(~Exists(used), ~Exists(standing), purpose=Purpose.TELL_CENTRE)
        .filter(~Exists(left))
        .exclude(case__status__in=CASE_WITHOUT_HAND_OFF)
    )


def waiting() -> ConsentQuerySet:
    """Those of them whose person asked that the centre call."""
    return unused_consents().filter(case__application__hand_off_wish=HandOffWish.CALL_ME)
