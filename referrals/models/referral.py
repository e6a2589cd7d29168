"""Referrals: one hand-off of one case to one centre, and its history."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.coded import CodeField
from foundation.crypto.fields import EncryptedText
from foundation.crypto.sealed_as import SealedAsField
from foundation.identifiers import PublicIdField, ReceiptNumberField
from foundation.models import Transition
from referrals.models.referral_queries import CAME_BACK, Mistake, ReferralQuerySet, Way
from referrals.outcomes import OUTCOMES_TO_TAKE_UP, DeclineReason, Outcome
from referrals.states import (
    CORRECTED_REASON,
    REFERRAL_AWAITING,
    REFERRAL_LIVE,
    REFERRAL_OVER,
    REFERRAL_RETURNED,
    ReferralStatus,
)
from referrals.words import MISTAKES, NARROWED, REFERRAL, ClosedWords, ReferralWords

LONGEST_REMARK = 1000  # characters of a centre's own words beside its answer, whoever writes them down


class Referral(models.Model):
    """One referral (つなぎ). A centre reaches it only through ``centre.referrals``."""

    public_id = PublicIdField()
    number = ReceiptNumberField(_("つなぎ番号"))
    case = models.ForeignKey("referrals.Case", models.PROTECT, related_name="referrals")
    centre = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="referrals")
    data_key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    way = CodeField(_("送り方"), max_length=12, choices=Way.choices)
    status = CodeField(_("状態"), max_length=24, choices=ReferralStatus.choices, default=ReferralStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey("organisations.Member", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    due_on = models.DateField(_("返事の期限"), null=True, blank=True)
    sent_at = models.DateTimeField(_("送った日時"), null=True, blank=True)
    viewed_at = models.DateTimeField(_("開いた日時"), null=True, blank=True)
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    contacted_at = models.DateTimeField(_("はじめて連絡した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    decline_reason = CodeField(max_length=20, choices=DeclineReason.choices, blank=True)
    outcome = CodeField(_("つなぎの結果"), max_length=20, choices=Outcome.choices, blank=True)
    on_hold_until = models.DateField(_("保留にする日まで"), null=True, blank=True)
    # When the person withdrew the consent it stands on: while it lived, which stops it, or after it was over.
    withdrawn_at = models.DateTimeField(_("同意をとりやめた日時"), null=True, blank=True)
    # That it was a new consent, to less than the packet says: what was told is closed, the person may be spoken with.
    narrowed = models.BooleanField(_("伝える内容をへらした同意"), default=False, db_default=False)
    mistake = CodeField(
        _("記録のまちがい"), max_length=12, choices=Mistake.choices, blank=True, default="", db_default=""
    )
    # Set by a withdrawal, or a mistaken centre, that no mail can tell the centre of; a member tells it then.
    must_be_told = models.BooleanField(_("取りやめを窓口に伝える"), default=False)
    told_at = models.DateTimeField(_("取りやめを窓口に伝えた日時"), null=True, blank=True)
    told_by = models.ForeignKey("organisations.Member", models.PROTECT, null=True, blank=True, related_name="+")
    # Of one on paper that was stopped before the sheet was given to the centre, which so has nothing to be told.
    never_left = models.BooleanField(_("紙を渡す前に止めた"), default=False, db_default=False)
    followed_up_at = models.DateTimeField(_("戻ってきたあと対応した日時"), null=True, blank=True)
    followed_up_by = models.ForeignKey("organisations.Member", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("つなぎ")
        verbose_name_plural = _("つなぎ")
        indexes = [
            models.Index(fields=["centre", "-created_at", "-id"], name="referral_of_centre"),
            models.Index(fields=["centre", "status", "-created_at", "-id"], name="referral_queue"),
            models.Index(fields=["status", "due_on"], name="referral_due"),
            models.Index(
                fields=["centre", "-withdrawn_at"], name="referral_withdrawn", condition=Q(withdrawn_at__isnull=False)
            ),
            # What waits is few beside all that ever was: the desk's lists begin there.
            models.Index(
                fields=["case"], name="referral_returned", condition=CAME_BACK & Q(followed_up_at__isnull=True)
            ),
            models.Index(
                fields=["case"], name="referral_to_be_told", condition=Q(must_be_told=True, told_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "centre"], condition=Q(status__in=REFERRAL_LIVE), name="referral_one_live"
            ),
            models.CheckConstraint(
                name="referral_closed_with_outcome",
                condition=(Q(status="closed") & ~Q(outcome="") & Q(closed_at__isnull=False))
                | (~Q(status="closed") & Q(outcome="", closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_declined_with_reason",
                condition=(Q(status="declined") & ~Q(decline_reason=""))
                | (~Q(status="declined") & Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="referral_sent_has_time_and_due",
                condition=Q(status__in=["draft", "revoked", "entered_in_error"])
                | Q(sent_at__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_viewed_after_sent",
                condition=Q(viewed_at__isnull=True) | Q(viewed_at__gte=F("sent_at")),
            ),
            models.CheckConstraint(
                name="referral_followed_up_by_someone",
                condition=Q(followed_up_at__isnull=True, followed_up_by__isnull=True)
                | Q(followed_up_at__isnull=False, followed_up_by__isnull=False) & (CAME_BACK | Q(must_be_told=True)),
            ),
            models.CheckConstraint(
                name="referral_narrowed_when_over",
                condition=Q(narrowed=False) | Q(withdrawn_at__isnull=False, status__in=REFERRAL_OVER),
            ),
            models.CheckConstraint(
                name="referral_stopped_in_error",
                condition=Q(mistake="")
                | Q(mistake="consent", status="entered_in_error")
                | Q(mistake="withdrawal", withdrawn_at__isnull=False, narrowed=False),
            ),
            models.CheckConstraint(
                name="referral_told_of_a_withdrawal",
                condition=Q(must_be_told=False) | ~Q(status__in=REFERRAL_LIVE),
            ),
            models.CheckConstraint(
                name="referral_told_by_someone",
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False, must_be_told=True),
            ),
            models.CheckConstraint(
                name="referral_never_left_on_paper",
                condition=Q(never_left=False)
                | Q(way="telephone", told_at__isnull=False, viewed_at__isnull=True, answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="referral_on_hold_until_a_day",
                condition=Q(status="on_hold", on_hold_until__isnull=False)
                | (~Q(status="on_hold") & Q(on_hold_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_live(self) -> bool:
        return self.status in REFERRAL_LIVE

    @property
    def is_awaited(self) -> bool:
        """Whether the centre's answer is still to come."""
        return self.status in REFERRAL_AWAITING

    @property
    def waits_for_desk(self) -> bool:
        """Whether it came back, or nobody is supported by what came of it, and the desk hasn't followed it up yet."""
        return self.followed_up_at is None and self.came_back

    @property
    def came_back(self) -> bool:
        unsupported = self.status == ReferralStatus.CLOSED and self.outcome in OUTCOMES_TO_TAKE_UP
        return self.status in REFERRAL_RETURNED or unsupported

    @property
    def is_to_be_told(self) -> bool:
        """Whether a member still has to tell the centre that it was stopped, or withdrawn after it was over."""
        return self.must_be_told and self.told_at is None

    @property
    def hold_is_over(self) -> bool:
        """Whether it is on hold until a day that has come: somebody has to go on with it, or end it."""
        return self.on_hold_until is not None and self.on_hold_until <= clock.today()

    @property
    def is_withdrawn_when_over(self) -> bool:
        """Whether the person withdrew after the centre had answered for good, or never answered in time."""
        over = self.withdrawn_at is not None and self.status in REFERRAL_OVER
        return over and not self.narrowed and not self.mistake

    @property
    def went_to_the_wrong_centre(self) -> bool:
        """Whether that is why it was stopped, and not a consent that was recorded in error."""
        return self.status == ReferralStatus.ENTERED_IN_ERROR and not self.mistake

    @property
    def is_closed_in_error(self) -> bool:
        """Whether it was over and closed on a withdrawal, or a consent to less, that was recorded in error."""
        return self.mistake == Mistake.WITHDRAWAL and self.status in REFERRAL_OVER

    @property
    def to_tell_centre(self) -> str | Promise:
        """What a member has to tell the centre, as the desk reads it; "" when there is nothing."""
        if not self.is_to_be_told:
            return ""
        told = self.words_when_closed
        words = told.tell_centre_if_it_has_it if self.may_not_have_left else told.tell_centre
        return format_lazy(str(words), centre=self.centre.name)

    @property
    def may_not_have_left(self) -> bool:
        """Whether it was on paper of which nothing says that the centre got it: whoever prepared it has to be asked."""
        return self.way == Way.TELEPHONE and self.viewed_at is None and self.answered_at is None

    @property
    def words_when_closed(self) -> ReferralWords | ClosedWords:
        """How it reads once it is over or stopped: a withdrawal, or a consent to less, comes before what came of it."""
        if self.narrowed:
            return NARROWED
        if self.mistake:
            return MISTAKES[self.mistake]
        return REFERRAL[ReferralStatus.REVOKED if self.is_withdrawn_when_over else self.status]

    @property
    def is_on_its_way(self) -> bool:
        """Whether the sheet is ready and nothing says yet that it reached the centre."""
        return self.way == Way.TELEPHONE and self.status == ReferralStatus.SENT

    @property
    def note(self) -> str:
        """What the centre wrote with its last answer; it stands in the history (one query, decrypts)."""
        moves = self.history.select_related("data_key").exclude(from_status=F("to_status"))
        steps = moves.filter(to_status=self.status)
        step = steps.exclude(reason=CORRECTED_REASON).order_by("pk").last()
        return step.note if step else ""


class ReferralTransition(Transition):
    subject = models.ForeignKey(Referral, models.CASCADE, related_name="history")
    sealed_as = SealedAsField()
    note = EncryptedText(blank=True, seal="referrals.referraltransition.note")
