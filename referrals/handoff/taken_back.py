"""What may still be handed on from a case that was taken back, or is somebody's second one."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.clock import TOKYO
from foundation.errors import NotAllowed
from referrals.models import Case, CaseTransition, ConsentEntry, Referral
from referrals.models.consent import ConsentQuerySet, Purpose
from referrals.states import CASE_ENDS, CASE_WITHOUT_HAND_OFF, HAND_OFF_GOES_ON

OVER = _(
    "このケースは、取下げか重複で終えてあるので、前の同意ではつなげません。"
    "本人がつないでほしいと言ったら、あらためて同意を聞いて記録してください。"
)


def leaves_open(case: OuterRef | int) -> Combinable:
    """Of a consent: that it lets ``case`` be handed on, or no end of the case says otherwise (for a filter).

    The end says otherwise to whatever was agreed to before it, unless the box alone was stopped. Whoever consents
    after it, by a word of their own of that day or later, wants to be put in touch all the same; and so may somebody
    whose consent was hidden at the end by a word recorded in error, so that nobody was asked about it.
    """
    before = Q(at__gte=OuterRef("at")) | Q(day__gt=OuterRef("stated_on"))
    came_to_light = ConsentEntry.objects.filter(
        person=OuterRef(OuterRef("person")),
        purpose=OuterRef(OuterRef("purpose")),
        recipient=OuterRef(OuterRef("recipient")),
        voids__at__lte=OuterRef("at"),
        at__gt=OuterRef("at"),
    )
    return ~Exists(_bars(case).filter(before).filter(~Exists(came_to_light)))


def was_taken_back_since(case: Case, day: date) -> bool:
    """Whether a word of that day lets nobody be handed on, whenever it is written down."""
    return _bars(case.pk).filter(day__gt=day).exists()


def _bars(case: OuterRef | int) -> QuerySet[Any]:
    """The end after which nobody is handed on by what was agreed to before, with its day in Tokyo."""
    bars = ends_of(case).filter(to_status__in=CASE_WITHOUT_HAND_OFF).exclude(reason__contains=f".{HAND_OFF_GOES_ON}")
    return bars.annotate(day=TruncDate("at", tzinfo=TOKYO))


def ends_of(case: OuterRef | int) -> QuerySet[CaseTransition]:
    """The end at which ``case`` stands: one that was taken back is none (for a filter)."""
    taken_back = CaseTransition.objects.filter(
        subject=OuterRef("subject"), pk__gt=OuterRef("pk"), from_status__in=CASE_ENDS
    )
    return CaseTransition.objects.filter(~Exists(taken_back), subject=case, to_status__in=CASE_ENDS)


def consents_to_hand_on(case: Case) -> ConsentQuerySet:
    """The live consents to telling a centre by which ``case`` may be handed on."""
    live = ConsentEntry.objects.live().filter(person=case.person_id, purpose=Purpose.TELL_CENTRE)
    return live.filter(leaves_open(case.pk))


def may_be_handed_on(referral: Referral) -> bool:
    """Whether a consent stands by which it could be sent today (a query)."""
    return consents_to_hand_on(referral.case).filter(recipient=referral.centre).exists()


def check_may_be_handed_on(referral: Referral, *, refused: Promise) -> None:
    """Raise NotAllowed where the case was taken back since whatever consent stands to telling its centre."""
    if not may_be_handed_on(referral):
        raise NotAllowed(refused)
