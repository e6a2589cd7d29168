"""Cases for tests, in any state, reached by the verbs as in real life."""

from dataclasses import dataclass
from datetime import timedelta

from foundation import access, clock
from organisations.models import Member, Organisation
from outreach.application.disclosable import Group, keys_of
from referrals.desk import casework, corrections, parcels
from referrals.desk.addenda import newest
from referrals.handoff import answering, consents, replies, sending, stopping
from referrals.models import Case, Parcel, Referral
from referrals.models.consent import ConsentChannel
from referrals.models.referral import Way
from referrals.states import CaseStatus, ReferralStatus
from tests.factories.applications import centre_in, desk_in, submit
from tests.factories.members import caseworker, counsellor

ALL_FIELDS = keys_of(Group.values)


@dataclass
class Town:
    """A food bank and the support centre of 札幌市, each with one member."""

    desk: Organisation
    centre: Organisation
    caseworker: Member
    counsellor: Member


def town(**centre_facts) -> Town:
    """Where most tests play; ``centre_facts`` as uses_portal, email and email_confirmed_on."""
    desk, centre = desk_in(), centre_in(**centre_facts)
    return Town(desk, centre, caseworker(desk, "担当 一郎"), counsellor(centre, "相談 花子"))


def case(*, status: str = CaseStatus.RECEIVED, by: Member | None = None, **answers) -> Case:
    """A case of a new applicant (``answers`` go to the application) in ``status``; ``by`` does what it takes."""
    with access.scope(actor="test", purpose="test"):
        found = submit(**answers).application.case
        return advance(found, status, by=by) if status != CaseStatus.RECEIVED else fresh(found)


def advance(found: Case, status: str, *, by: Member | None = None) -> Case:
    """Bring a received case to ``status`` by the shortest way."""
    by = by or caseworker(found.desk)
    found = fresh(found)
    if status in (CaseStatus.DECLINED, CaseStatus.WITHDRAWN, CaseStatus.DUPLICATE):
        reason = {"declined": "no_stock", "withdrawn": "not_needed", "duplicate": "same_application"}[status]
        asked = {"read": all_read(found), "without_hand_off": True}
        casework.end(case=found, to=status, reason=reason, by=by, seen=found.version, **asked)
        return fresh(found)
    for step in _STEPS[: _ORDER.index(status) + 1]:
        step(found, by)
    return fresh(found)


def fresh(found: Case) -> Case:
    """The case as a new request would load it."""
    return Case.objects.for_handing_off().get(pk=found.pk)


def consent(found: Case, centre: Organisation, *, by: Member, fields: list[str] | None = None, **stated) -> None:
    """A consent given on the telephone to telling ``centre`` all fields, or those named."""
    facts = {"hear_result": True, "channel": ConsentChannel.TELEPHONE, **stated}
    with access.scope(actor="test", purpose="test"):
        consents.record_consent(case=found, recipient=centre, fields=fields or ALL_FIELDS, by=by, **facts)


def referral(
    place: Town, *, status: str = ReferralStatus.SENT, way: str = Way.TELEPHONE, hear_result: bool = True, **answers
) -> Referral:
    """A referral of a new case to the town's centre, in ``status``, with or without the second consent."""
    with access.scope(actor="test", purpose="test"):
        found = case(**answers)
        consent(found, place.centre, by=place.caseworker, hear_result=hear_result)
        found = fresh(found)
        sent = sending.send(case=found, centre=place.centre, way=way, by=place.caseworker, seen=found.version)
        return _bring(sent, status, place)


def _bring(sent: Referral, status: str, place: Town) -> Referral:
    """From sent to ``status``, as the centre would have it recorded by the desk."""
    if status == ReferralStatus.EXPIRED:
        stopping.expire(referral=sent)
    elif status == ReferralStatus.REVOKED:
        consents.withdraw_consent(
            case=sent.case, recipient=place.centre, channel=ConsentChannel.TELEPHONE, by=place.caseworker
        )
    elif status == ReferralStatus.DECLINED:
        _reply(sent, place, to=status, reason="full")
    elif status == ReferralStatus.ENTERED_IN_ERROR:
        stopping.mark_wrong_centre(referral=sent, why="町をまちがえた", by=place.caseworker, seen=sent.version)
    elif status == ReferralStatus.HANDED_OVER:
        _reply(sent, place, to=ReferralStatus.VIEWED)
        _reply(sent, place, to=status)
    elif status == ReferralStatus.ON_HOLD:
        _reply(sent, place, to=ReferralStatus.ACCEPTED)
        until = clock.today() + timedelta(days=30)
        answering.hold(referral=sent, until=until, why="入院中", by=place.caseworker, seen=sent.version)
    else:
        for step in _REPLIES[: _REPLIES.index(status) + 1]:
            _reply(sent, place, to=step, outcome="first_interview" if step == ReferralStatus.CLOSED else "")
    return Referral.objects.get(pk=sent.pk)


def _reply(sent: Referral, place: Town, **said: str) -> None:
    if said["to"] != ReferralStatus.SENT:
        replies.record_reply(referral=sent, by=place.caseworker, seen=sent.version, **said)


_R, _C = ReferralStatus, CaseStatus
_REPLIES = [_R.SENT, _R.VIEWED, _R.ACCEPTED, _R.CONTACTED, _R.CLOSED]
_ORDER = [_C.IN_REVIEW, _C.APPROVED, _C.PACKED, _C.SENT, _C.DELIVERED, _C.CLOSED]


def _last(found: Case) -> Parcel:
    parcel = found.parcels.order_by("pk").last()
    parcel.case = found
    return parcel


def all_read(found: Case) -> int:
    """As from a page with all that was added."""
    return newest(found.application.addenda.all())


def all_shown(found: Case) -> dict[str, int]:
    """As from a parcel's page of now."""
    return {"read": all_read(found), "corrected": corrections.length(found)}


_STEPS = [
    lambda c, by: casework.start_review(case=c, by=by, seen=c.version, read=all_read(c)),
    lambda c, by: casework.approve(case=c, by=by, seen=c.version, read=all_read(c)),
    lambda c, by: parcels.pack(
        case=c, contents="米 2kg、缶詰 3個", weight_grams=5200, by=by, seen=c.version, **all_shown(c)
    ),
    lambda c, by: parcels.send(
        parcel=_last(c), tracking_number="1234-5678-9012", by=by, seen=c.version, **all_shown(c)
    ),
    lambda c, by: parcels.deliver(parcel=_last(c), by=by, seen=c.version),
    lambda c, by: casework.end(
        case=c, to="closed", reason="delivered", by=by, seen=c.version, read=all_read(c), without_hand_off=True
    ),
]
