"""Who may see what of a referral: telling the centre and hearing the result are two consents."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import Conflict
from referrals.models import Referral
from referrals.models.consent import ConsentEntry, ConsentQuerySet, Purpose
from referrals.models.referral import ReferralQuerySet, Way
from referrals.outcomes import REASONS_ABOUT_THE_REFERRAL
from referrals.states import REFERRAL_RETURNED, REFERRAL_STOPPED, ReferralStatus
from referrals.words import ANSWERED, MISTAKES, REFERRAL, UNKNOWN_STATUS


class PacketFor(Enum):
    """What a centre may do with the packet of a referral in its portal."""

    WITHDRAWN = "the person withdrew: nothing is shown, and what was printed is to be destroyed"
    NARROWED = "the person agreed anew, to less: nothing of it is shown, and what was printed is to be destroyed"
    NOT_MEANT = "it went to the wrong centre: nothing is shown, and what was printed is to be destroyed"
    STOPPED_IN_ERROR = "a withdrawal was recorded in error: it stays closed, and nobody says that the person withdrew"
    GIVEN_BACK = "the centre declined or didn't answer in time: the desk has the ball, nothing is shown"
    UNOPENED = "nobody opened it yet: it opens by a POST"
    READABLE = "opened, and consent stands"


def packet_for_centre(referral: Referral) -> PacketFor:
    """Whether the centre may read the packet of ``referral`` now."""
    if referral.status == ReferralStatus.ENTERED_IN_ERROR:
        return PacketFor.NOT_MEANT
    if referral.narrowed:
        return PacketFor.NARROWED
    if referral.mistake:
        return PacketFor.STOPPED_IN_ERROR
    if referral.status == ReferralStatus.REVOKED or referral.withdrawn_at or not consent_stands(referral):
        return PacketFor.WITHDRAWN
    if referral.status in REFERRAL_RETURNED:
        return PacketFor.GIVEN_BACK
    if referral.viewed_at is None:
        return PacketFor.UNOPENED
    return PacketFor.READABLE


def consent_stands(referral: Referral) -> bool:
    """Whether a live consent names the centre of ``referral`` and covers every field of its packet."""
    live = _live(referral, Purpose.TELL_CENTRE)
    return live is not None and set(referral.packet.fields) <= set(live.fields)


def consent_stood_when_closed(referral: Referral) -> bool:
    """The same of a consent that is older than what closed ``referral``: nothing that counts has closed it."""
    live = _live(referral, Purpose.TELL_CENTRE)
    older = live is not None and referral.withdrawn_at is not None and live.at < referral.withdrawn_at
    return older and consent_stands(referral)


class Gone(Enum):
    """Why no consent to telling its centre stands behind a referral any more."""

    WITHDRAWN = "withdrawn"
    IN_ERROR = "in_error"  # none was ever given: what was recorded was voided
    LAPSED = "lapsed"


def why_consent_is_gone(referral: Referral) -> Gone | None:
    """None where one stands, to whatever it is; nobody goes on with what came back and has none (two queries)."""
    if _live(referral, Purpose.TELL_CENTRE):
        return None
    said = ConsentEntry.objects.spoken().filter(
        person=referral.case.person_id, purpose=Purpose.TELL_CENTRE, recipient=referral.centre_id
    )
    newest = said.order_by("pk").last()
    if newest is None:
        return Gone.IN_ERROR
    return Gone.LAPSED if newest.given else Gone.WITHDRAWN


def fields_covered(referral: Referral) -> set[str]:
    """The fields of its packet's consent that the live consent names too."""
    live = _live(referral, Purpose.TELL_CENTRE)
    return set(live.fields) & set(referral.packet.consent.fields) if live else set()


def result_may_be_told(referral: Referral) -> bool:
    """Whether the desk may learn what came of it, beyond "received" and "answered".

    Needs the person's live consent that this centre tells the food bank its result.
    """
    return _live(referral, Purpose.HEAR_RESULT) is not None


def _live(referral: Referral, purpose: Purpose) -> ConsentEntry | None:
    """The live consent of this purpose towards the centre; a newer entry takes the place of the older."""
    return (
        ConsentEntry.objects.live()
        .filter(person=referral.case.person_id, purpose=purpose, recipient=referral.centre_id)
        .first()
    )


@dataclass(frozen=True)
class Answer:
    """What the desk is shown of a referral: the state's code and word, the detail, whether more is kept back."""

    code: str
    label: str | Promise
    detail: str | Promise = ""
    withheld: bool = False


_TAKEN_UP = (ReferralStatus.ACCEPTED, ReferralStatus.CONTACTED)
_TOLD_AS_ANSWERED = frozenset(
    {ReferralStatus.ACCEPTED, ReferralStatus.CONTACTED, ReferralStatus.ON_HOLD, ReferralStatus.CLOSED}
)


def answer_for_desk(referral: Referral, *, result_is_told: bool) -> Answer:
    """What the desk may see of ``referral``; ``result_is_told`` is ``result_may_be_told`` of it.

    That a referral was declined is always seen, since the desk has the ball again; the reason only with the
    second consent, or when it says nothing about the person. Until when one on paper is on hold is seen too, since
    the desk wrote it down; never why.
    """
    if referral.mistake and referral.status in REFERRAL_STOPPED:
        return Answer(referral.status, MISTAKES[referral.mistake].desk)
    if referral.on_hold_until and (result_is_told or referral.way == Way.TELEPHONE):
        day = date_format(referral.on_hold_until, "DATE_FORMAT")
        return Answer(referral.status, REFERRAL[referral.status].desk, format_lazy(_("{day}まで"), day=day))
    code, label = told_as(referral.status, result_is_told=result_is_told)
    if referral.way == Way.TELEPHONE and code in REFERRAL:
        label = REFERRAL[code].desk_on_paper or label
    if referral.status == ReferralStatus.DECLINED:
        told = result_is_told or referral.decline_reason in REASONS_ABOUT_THE_REFERRAL
        return Answer(code, label, referral.get_decline_reason_display() if told else "", withheld=not told)
    withheld = referral.status in _TOLD_AS_ANSWERED and not result_is_told
    return Answer(code, label, "" if withheld else referral.get_outcome_display(), withheld=withheld)


def holds_over_for_desk() -> ReferralQuerySet:
    """Referrals on hold until a day that has come, as far as the desk may know that they are on hold."""
    known = Q(way=Way.TELEPHONE) | Q(heard__isnull=False)
    return Referral.objects.hold_over(clock.today()).alias(heard=_heard()).filter(known)


def returned_to_desk() -> ReferralQuerySet:
    """Referrals that came back and wait for the desk, as far as it may know what came of them."""
    known = ~Q(status=ReferralStatus.CLOSED) | Q(heard__isnull=False)
    return Referral.objects.returned().alias(heard=_heard()).filter(known)


def to_hand_over() -> ReferralQuerySet:
    """Referrals on paper that a centre took up and will tell nothing more of: the desk ends them, or nobody does."""
    taken_up = Referral.objects.filter(way=Way.TELEPHONE, status__in=_TAKEN_UP)
    return taken_up.filter(~Exists(_heard_from_the_centre()))


def waits_for_desk(referral: Referral, *, result_is_told: bool) -> bool:
    """The same of one referral; ``result_is_told`` is ``result_may_be_told`` of it."""
    return referral.waits_for_desk and (result_is_told or referral.status != ReferralStatus.CLOSED)


def _heard_from_the_centre() -> ConsentQuerySet:
    """The live consent, of the referral that is asked about, that its centre tells the result."""
    # By the person's case, not by the case's person: so no case is joined to ask a few referrals.
    return ConsentEntry.objects.live().filter(
        purpose=Purpose.HEAR_RESULT, person__cases=OuterRef("case"), recipient=OuterRef("centre")
    )


def _heard() -> Subquery:
    """The same as a column, for an "or": beside one, PostgreSQL takes "exists" to be asked of every consent at once."""
    return Subquery(_heard_from_the_centre().values("pk")[:1])


def first_as_told(referral: Referral, first: Conflict) -> Conflict:
    """Who was first with it, in no more than the desk may learn of the centre's answer."""
    if first.to not in _TOLD_AS_ANSWERED or result_may_be_told(referral):
        return first
    code, label = told_as(first.to, result_is_told=False)
    return Conflict(who=first.who, what=label, at=first.at, to=code, by_id=first.by_id, told=first.told)


def told_as(status: str, *, result_is_told: bool) -> tuple[str, str | Promise]:
    """The code and word under which the desk sees a referral's status."""
    if status in _TOLD_AS_ANSWERED and not result_is_told:
        return ANSWERED
    row = REFERRAL.get(status)
    return status, row.desk if row else UNKNOWN_STATUS
