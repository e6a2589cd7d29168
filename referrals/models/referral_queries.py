"""Which referrals: those that live, wait for an answer, came back, have to be told of; and how one travels."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from organisations.roles import Permission
from referrals.outcomes import OUTCOMES_TO_TAKE_UP
from referrals.states import (
    FOLLOWED_UP,
    PERSON_TOLD,
    REFERRAL_AWAITING,
    REFERRAL_LIVE,
    REFERRAL_OVER,
    REFERRAL_RETURNED,
    ReferralStatus,
)


class Way(models.TextChoices):
    PORTAL = "portal", _("つなぎ画面（ポータル）")
    TELEPHONE = "telephone", _("電話と印刷した紙")


CAME_BACK = Q(status__in=REFERRAL_RETURNED) | Q(status="closed", outcome__in=sorted(OUTCOMES_TO_TAKE_UP))


class Mistake(models.TextChoices):
    """What was recorded in error of the person's consent, so that a referral stopped.

    A consent to less, which closes what is over, closes it as a withdrawal does, and is marked as one.
    """

    CONSENT = "consent", _("同意の記録のまちがい")
    WITHDRAWAL = "withdrawal", _("同意の撤回の記録のまちがい")


class ReferralQuerySet(models.QuerySet):
    def live(self):
        return self.filter(status__in=REFERRAL_LIVE)

    def awaiting_answer(self):
        return self.filter(status__in=REFERRAL_AWAITING)

    def returned(self):
        """Declined, expired, or closed with nobody supported, and not followed up yet: the desk has the ball again.

        Of an outcome the desk may not have heard: ``visibility.returned_to_desk``.
        """
        return self.filter(CAME_BACK, followed_up_at__isnull=True)

    def goes_on_after_all(self):
        """Live again after the desk had followed it up: what the person was told then is no longer so."""
        steps = apps.get_model("referrals", "ReferralTransition").objects
        told = steps.filter(subject=OuterRef("subject"), reason=PERSON_TOLD, pk__gt=OuterRef("pk"))
        taken_up = steps.filter(~Exists(told), subject=OuterRef("pk"), reason=FOLLOWED_UP)
        return self.live().filter(Exists(taken_up))

    def to_be_told(self):
        """Stopped or withdrawn, and nobody told the centre yet, which no mail reaches: a member has to."""
        return self.filter(must_be_told=True, told_at__isnull=True)

    def held_by_centre(self):
        """Over, but the centre has read it, or holds it on paper: a withdrawal has to reach it still."""
        may_be_held = Q(way=Way.TELEPHONE) | Q(viewed_at__isnull=False) | Q(answered_at__isnull=False)
        return self.filter(may_be_held, status__in=REFERRAL_OVER, withdrawn_at__isnull=True, never_left=False)

    def stopped_in_error(self):
        """Stopped, or closed when over, by a withdrawal or a consent to less that was recorded in error.

        Not what never left the house: there nobody has anything.
        """
        return self.filter(mistake=Mistake.WITHDRAWAL, never_left=False)

    def reached_by_withdrawal(self):
        """Whose centre is told when the person withdraws now: it lives, or is over and still in the centre's hands."""
        return self.live() | self.held_by_centre() | self.narrowed() | self.stopped_in_error()

    def narrowed(self):
        """Closed by a newer consent to less; whoever held it may still speak with the person."""
        return self.filter(narrowed=True, never_left=False)

    def hold_over(self, today):
        """On hold until a day that has come."""
        return self.filter(status=ReferralStatus.ON_HOLD, on_hold_until__lte=today)

    def overdue(self, today):
        return self.awaiting_answer().filter(due_on__lt=today)

    def for_desk(self, member):
        return self.filter(case__desk__in=member.organisations_with(Permission.WORK_CASES))

    def for_centre(self, member):
        """What ``member`` may reach in the portal: delivered there, to a centre where they answer."""
        return self.filter(centre__in=member.organisations_with(Permission.ANSWER_REFERRALS)).in_portal()

    def in_portal(self):
        """Delivered to its centre's portal; a revoked one too, which shows only that it was revoked."""
        return self.filter(portal_entry__isnull=False)
