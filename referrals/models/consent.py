"""The consent ledger: append-only; what stands now is computed, never stored."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.coded import CodeField
from foundation.models.append_only import AppendOnly, AppendOnlyQuerySet


class Purpose(models.TextChoices):
    TELL_CENTRE = "tell_centre", _("窓口に伝える")
    HEAR_RESULT = "hear_result", _("窓口から結果を聞く")


class ConsentChannel(models.TextChoices):
    WEB = "web", _("本人が画面で")
    TELEPHONE = "telephone", _("電話で読みあげて")
    PAPER = "paper", _("書面で")


class StatedBy(models.TextChoices):
    PERSON = "person", _("本人")


class ConsentQuerySet(AppendOnlyQuerySet):
    def spoken(self):
        """What the person said: neither an entry that was recorded in error nor the one that takes it back."""
        # Not "joined to none that takes it back": of such a join databases believe that next to nothing is left. That
        # what takes back is somebody's says nothing new, but leads to the few there are.
        taken_back = ConsentEntry.objects.filter(voids=OuterRef("pk"), voids__isnull=False)
        return self.filter(~Exists(taken_back), voids__isnull=True)

    def not_withdrawn(self):
        """The newest of what was said to its purpose and recipient, when it is given; perhaps expired by now."""
        # As "nothing was said since", not as "equal to the newest", which a database asks of every entry by itself.
        since = ConsentEntry.objects.spoken().filter(
            person=OuterRef("person"),
            purpose=OuterRef("purpose"),
            recipient=OuterRef("recipient"),
            pk__gt=OuterRef("pk"),
        )
        return self.spoken().filter(~Exists(since), given=True)

    def live(self):
        """The entries that stand now: not withdrawn and not expired."""
        unexpired = Q(expires_on__isnull=True) | Q(expires_on__gte=clock.today())
        return self.not_withdrawn().filter(unexpired)


class ConsentEntry(AppendOnly):
    """One consent given or withdrawn: purpose, recipient, fields, words, who stated, who recorded, when."""

    person = models.ForeignKey("referrals.Person", models.PROTECT, related_name="consents")
    case = models.ForeignKey("referrals.Case", models.PROTECT, related_name="consents")
    purpose = CodeField(_("目的"), max_length=16, choices=Purpose.choices)
    recipient = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name=_("相手")
    )
    fields = models.JSONField(_("項目"), default=list)
    given = models.BooleanField(_("同意"))
    text_version = models.CharField(_("同意文の版"), max_length=16)
    channel = CodeField(_("方法"), max_length=12, choices=ConsentChannel.choices)
    stated_by = CodeField(_("述べた人"), max_length=8, choices=StatedBy.choices)
    recorded_by = models.ForeignKey(
        "organisations.Member",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("書きとった人"),
    )
    stated_on = models.DateField(_("本人が述べた日"))
    at = models.DateTimeField(_("日時"))
    # An entry that takes back another, which was recorded in error; its own ``given`` says nothing.
    voids = models.OneToOneField("self", models.RESTRICT, null=True, blank=True, related_name="voided_by")
    expires_on = models.DateField(_("期限"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意")
        verbose_name_plural = _("同意")
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "purpose", "recipient", "-id"], name="consent_newest")]
        constraints = [
            models.CheckConstraint(
                name="consent_not_on_screen_is_recorded",
                condition=Q(channel="web") | Q(recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_void_gives_nothing",
                condition=Q(voids__isnull=True) | Q(given=False, recorded_by__isnull=False),
            ),
        ]

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < clock.today()

    def __str__(self) -> str:
        return f"{self.purpose} {'+' if self.given else '-'} {self.recipient_id}"
