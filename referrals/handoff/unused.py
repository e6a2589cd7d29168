"""Consents that nobody has acted on: whoever gave one waits to be put in touch with a centre."""

from django.db.models import Exists, F, OuterRef, Q

from referrals.handoff import taken_back
from referrals.models import ConsentEntry, Referral, ReferralTransition
from referrals.models.consent import ConsentQuerySet, Purpose
from referrals.models.referral import Mistake, ReferralQuerySet
from referrals.states import (
    NOT_HANDED_ON,
    REFERRAL_RETURNED,
    REFERRAL_STOPPED,
    ReferralStatus,
)  # fmt: skip


def untold_consents() -> ConsentQuerySet:
    """Live consents to telling a centre on which nothing was told yet, or nothing that stands: what the person reads.

    What an older consent told and still lives goes on under the newer one.
    """
    return _untold(ConsentEntry.objects.filter(purpose=Purpose.TELL_CENTRE))


def _untold(entries: ConsentQuerySet) -> ConsentQuerySet:
    used = _reached(Referral.objects.filter(packet__consent=OuterRef("pk")))
    return entries.live().filter(~Exists(_handed_to_recipient().live()), ~Exists(used))


def unused_consents() -> ConsentQuerySet:
    """Of the untold ones those that wait for the desk: no referral stands, and the case may still be handed on.

    A case that was ended without handing it on, which is asked then, waits no more unless they consent anew, it is
    handed on to that centre all the same, what that centre already had goes wrong, or the end is taken back.
    """
    standing = _handed_to_recipient().exclude(status__in=REFERRAL_STOPPED).filter(withdrawn_at__isnull=True)
    # What came back and was taken up before they consented is over: the newer word is about something new.
    standing = _reached(standing).exclude(followed_up_at__lt=OuterRef("at"))
    went_on = ReferralTransition.objects.filter(  # since the end, at the entry's centre
        subject__case=OuterRef("subject"), subject__centre=OuterRef(OuterRef("recipient")), at__gt=OuterRef("at")
    )
    asked = taken_back.ends_of(OuterRef("case")).filter(reason__contains=f".{NOT_HANDED_ON}")
    left = asked.filter(~Exists(went_on), at__gte=OuterRef("at"))
    # In the order in which databases ask: nearly all that were ever given were handed on, or left at the end.
    waiting = ConsentEntry.objects.filter(~Exists(standing), purpose=Purpose.TELL_CENTRE, given=True)
    return _untold(waiting.filter(~Exists(left), taken_back.leaves_open(OuterRef("case"))))


def _handed_to_recipient() -> ReferralQuerySet:
    """What of a consent's case went to its recipient, whatever it stands on."""
    # A sum has no index: of the two that would do, SQLite takes that of the centre, with every referral it ever got.
    return Referral.objects.alias(to=F("centre_id") + 0).filter(case=OuterRef("case"), to=OuterRef("recipient"))


def _reached(referrals: ReferralQuerySet) -> ReferralQuerySet:
    """Without what went to the wrong centre, and what was taken up by handing on anew, which then went wrong."""
    mistaken_since = Referral.objects.filter(
        case=OuterRef("case"),
        centre=OuterRef("centre"),
        status=ReferralStatus.ENTERED_IN_ERROR,
        created_at__gt=OuterRef("followed_up_at"),
    )
    # What was stopped or closed in error is begun anew by somebody, or never; what had come back was with the desk.
    came_back = Q(status__in=REFERRAL_RETURNED) | Q(followed_up_at__isnull=False)
    reached = referrals.exclude(Q(status=ReferralStatus.REVOKED) | ~came_back, mistake=Mistake.WITHDRAWAL)
    return reached.exclude(status=ReferralStatus.ENTERED_IN_ERROR).filter(~Exists(mistaken_since))
