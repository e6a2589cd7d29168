"""Cases: a desk's work on one application, and its history."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.coded import CodeField
from foundation.crypto.fields import EncryptedText
from foundation.crypto.sealed_as import SealedAsField
from foundation.erased import ERASED
from foundation.identifiers import PublicIdField
from foundation.models import Transition
from organisations.models import Organisation, Place
from organisations.roles import Permission
from outreach.application.answers import ApplyingFor, ReachBy, ReceiveBy
from referrals.models.consent import Purpose
from referrals.reasons import EndReason
from referrals.states import CASE_ENDS, CASE_WITHOUT_HAND_OFF, NOT_HANDED_ON, CaseStatus

# Where a box is picked up, in words: arranged by the desk, which tells the person.
PICKUP = ("pickup_name", "pickup_address", "pickup_hours")
# While a parcel is to be packed, sent or awaited; before and after, packers see nothing of a case but a box to unpack.
PACKABLE = frozenset({CaseStatus.APPROVED, CaseStatus.PACKED, CaseStatus.SENT})

# While it may still be arranged where a box is picked up.
BEFORE_SENDING = frozenset({CaseStatus.RECEIVED, CaseStatus.IN_REVIEW, CaseStatus.APPROVED, CaseStatus.PACKED})


class CaseQuerySet(models.QuerySet):
    def for_desk(self, member):
        """The cases ``member`` may work on: those of the desks where a role lets them."""
        return self.filter(desk__in=member.organisations_with(Permission.WORK_CASES))

    def for_handing_off(self):
        """With all that routing and the packet read of a case."""
        return self.select_related(
            "desk", "person__data_key", "application__data_key", "application__centre"
        ).prefetch_related("application__choices")

    def at_packing_desks(self, member):
        """Every case of the desks where ``member`` packs; what may be shown of it is ``for_packing``."""
        return self.filter(desk__in=member.organisations_with(Permission.PACK_PARCELS))

    def for_packing(self, member):
        """The cases whose parcel ``member`` may pack or send."""
        return self.at_packing_desks(member).filter(status__in=PACKABLE)

    def open(self):
        return self.exclude(status__in=CASE_ENDS)


class Case(models.Model):
    """One case (ケース). ``version`` rises with every change of status."""

    public_id = PublicIdField()
    desk = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="cases", verbose_name=_("フードバンク")
    )
    person = models.ForeignKey("referrals.Person", models.PROTECT, related_name="cases", verbose_name=_("人"))
    application = models.OneToOneField(
        "outreach.Application", models.PROTECT, related_name="case", verbose_name=_("申込み")
    )
    status = CodeField(_("状態"), max_length=12, choices=CaseStatus.choices, default=CaseStatus.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    # The newest addendum a member had on the page when they wrote a note or took a step; by its key, 0: none.
    addenda_read = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    end_reason = CodeField(_("終わった理由"), max_length=20, choices=EndReason.choices, blank=True)
    received_at = models.DateTimeField(_("受付日時"))
    received_on = models.DateField(_("受付日"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("ケース")
        verbose_name_plural = _("ケース")
        indexes = [
            models.Index(fields=["desk", "status", "-received_at", "-id"], name="case_queue"),
            models.Index(fields=["desk", "-received_at", "-id"], name="case_all_of_desk"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_end_has_a_reason",
                condition=(Q(status__in=CASE_ENDS) & ~Q(end_reason="")) | (~Q(status__in=CASE_ENDS) & Q(end_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def destination(self) -> Place:
        """The place that the person's address is of: where box and letters go."""
        return self.application.sending_place or self.person.place

    @property
    def put_right(self) -> dict[str, Any]:
        """What the desk has corrected of how to reach the person, by the Statement's names (decrypts)."""
        return {name: value for name, value in self.written_down.items() if name not in PICKUP}

    @property
    def written_down(self) -> dict[str, Any]:
        """The same with what nobody states and the desk alone knows: where the box is picked up (decrypts)."""
        held = self.person.reaching
        return {} if held is ERASED else held or {}

    def known(self, name: str) -> Any:
        """An answer about how to reach the person as known now: as the desk has put it right, else as stated."""
        written_down = self.written_down
        if name in written_down:
            return written_down[name]
        return "" if name in PICKUP else self.application.stated(name)

    @property
    def picks_up(self) -> bool:
        """Whether the box waits for the person at a courier's office or a window."""
        return self.application.receive_by != ReceiveBy.HOME

    @property
    def pickup(self) -> dict[str, str]:
        """Where and when they pick it up (decrypts); empty as long as nobody has arranged it."""
        known = {name.removeprefix("pickup_"): str(self.written_down.get(name, "")) for name in PICKUP}
        return known if self.picks_up and known["name"] else {}

    @property
    def lacks_pickup(self) -> bool:
        """Whether a box is to go out that they pick up, and nobody knows where yet (decrypts)."""
        return self.status in BEFORE_SENDING and self.picks_up and not self.pickup

    @property
    def cannot_telephone(self) -> bool:
        return self.known("cannot_telephone")

    @property
    def reader_cannot_telephone(self) -> bool:
        """Whether whoever reads the receipt and the page can't: a helper who filled the form in may well call."""
        return self.cannot_telephone and self.application.applying_for == ApplyingFor.SELF

    @property
    def is_contacted(self) -> bool:
        """Whether they chose any way to be contacted, rather than none."""
        return ReachBy.NONE not in self.known("reach_by")

    @property
    def may_be_rung(self) -> bool:
        """Whether they chose to be telephoned: a number given for messages is for nobody to ring, a courier least."""
        return "phone" in self.known("reach_by") and not self.cannot_telephone

    @property
    def has_ended(self) -> bool:
        return self.status in CASE_ENDS

    def tells_centre(self, centre: Organisation | None) -> bool:
        """Whether it is still at work and the person's consent that ``centre`` be told stands (a query)."""
        tells = self.person.consents.live().filter(purpose=Purpose.TELL_CENTRE, recipient=centre)
        return not self.has_ended and tells.exists()

    @property
    def box_came_back(self) -> bool:
        """Whether a box came back and nobody has decided yet what becomes of it (a query, where one may have)."""
        return self.status == CaseStatus.APPROVED and self.parcels.came_back().exists()

    @property
    def awaits_food(self) -> bool:
        """Whether a box is still to come: neither has the case ended nor the box arrived."""
        return not self.has_ended and self.status != CaseStatus.DELIVERED


class CaseTransition(Transition):
    subject = models.ForeignKey(Case, models.CASCADE, related_name="history")
    sealed_as = SealedAsField()
    note = EncryptedText(blank=True, seal="referrals.casetransition.note")

    class Meta(Transition.Meta):
        # Few of the steps bear on who waits to be handed on (referrals.handoff.unused).
        indexes = [
            models.Index(fields=["subject"], name="case_left", condition=Q(reason__contains=f".{NOT_HANDED_ON}")),
            models.Index(
                fields=["subject"], name="case_taken_back", condition=Q(to_status__in=sorted(CASE_WITHOUT_HAND_OFF))
            ),
            models.Index(
                fields=["subject", "id"], name="case_end_undone", condition=Q(from_status__in=sorted(CASE_ENDS))
            ),
        ]
