"""Hand-offs for tests: made by the verbs that real life uses, as far along as a test needs."""

import itertools
from datetime import date, timedelta

from foundation import access, clock
from foundation.models import OutboxMessage
from foundation.work import outbox
from organisations.models import Member, Organisation
from referrals.handoff import answering, consents, sending, stopping
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.outcomes import DeclineReason, Outcome
from referrals.states import ReferralStatus
from tests.factories import applications
from tests.factories.members import caseworker, counsellor

S = ReferralStatus
_numbers = itertools.count(1)


def portal_centre(code: str = "011002", **facts) -> Organisation:
    """A centre that works in the portal and has confirmed its address."""
    confirmed = {"email": f"centre{next(_numbers)}@example.org", "email_confirmed_on": date(2026, 4, 1)}
    facts = {"uses_portal": True, **confirmed, **facts}
    return applications.centre_in(code, **facts)


def consented_case(centre: Organisation, **answers) -> Case:
    """A case of somebody who consents to telling ``centre`` and to hearing the result."""
    return applications.submit(consenting=centre, **answers).application.case


def deliver_outbox() -> None:
    """Do what waits in the outbox, as the worker would."""
    for message in OutboxMessage.objects.filter(done_at__isnull=True).order_by("pk"):
        outbox.deliver(message.pk)


def again(referral: Referral) -> Referral:
    """As another page reads it anew."""
    related = ("case__person__data_key", "case__desk", "centre", "packet")
    return Referral.objects.select_related(*related).get(pk=referral.pk)


def handed_off(
    centre: Organisation | None = None,
    *,
    to: str = S.SENT,
    way: str = Way.PORTAL,
    by_counsellor: Member | None = None,
    **answers,
) -> Referral:
    """A referral that was delivered to ``centre`` and has come as far as the status ``to``."""
    centre = centre or portal_centre()
    with access.scope(actor="test", purpose="handing off"):
        case = consented_case(centre, **answers)
        referral = sending.send(case=case, centre=centre, way=way, by=caseworker(case.desk), seen=case.version)
        deliver_outbox()
        move_on(referral, to=to, by=by_counsellor or counsellor(centre))
    return Referral.objects.get(pk=referral.pk)


def move_on(referral: Referral, *, to: str, by: Member) -> None:
    """Take a sent referral as far as ``to``."""
    if to in (S.VIEWED, S.ACCEPTED, S.CONTACTED, S.ON_HOLD, S.CLOSED, S.DECLINED):
        answering.open_and_read(referral=referral, by=by)
    if to in (S.ACCEPTED, S.CONTACTED, S.ON_HOLD, S.CLOSED):
        answering.accept(referral=referral, by=by, seen=referral.version)
    if to in (S.CONTACTED, S.CLOSED):
        answering.note_first_contact(referral=referral, by=by, seen=referral.version)
    if to == S.ON_HOLD:
        until = clock.today() + timedelta(days=30)
        answering.hold(referral=referral, until=until, why="入院中", by=by, seen=referral.version)
    if to == S.ENTERED_IN_ERROR:
        worker = caseworker(referral.case.desk)
        stopping.mark_wrong_centre(referral=referral, why="町をまちがえた", by=worker, seen=referral.version)
    if to == S.CLOSED:
        answering.close(referral=referral, outcome=Outcome.FIRST_INTERVIEW, by=by, seen=referral.version)
    if to == S.DECLINED:
        answering.decline(referral=referral, reason=DeclineReason.FULL, by=by, seen=referral.version)
    if to == S.EXPIRED:
        stopping.expire(referral=referral)
    if to == S.REVOKED:
        consents.withdraw_consent(case=referral.case, recipient=referral.centre, channel="web")
