"""Whatever desk, centre, person and clock do to a referral, in whatever order: no rule is broken, nothing fails."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from foundation import access, clock
from foundation.errors import DomainError
from referrals.handoff import answering, consents, replies, reply_corrections, sending, stopping, voiding
from referrals.handoff.visibility import PacketFor, consent_stands, packet_for_centre
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.outcomes import DeclineReason, Outcome
from referrals.states import (
    REFERRAL_CORRECTIONS,
    REFERRAL_LATE_ANSWERS,
    REFERRAL_LATE_STOPS,
    REFERRAL_OVER,
    REFERRAL_STOPPED,
    REFERRAL_TRANSITIONS,
    ReferralStatus,
)
from referrals.tasks import expire_unanswered
from tests.factories import members, referrals
from tests.factories.cases import ALL_FIELDS

S = ReferralStatus
ACTS = {
    "open": lambda at, r: answering.open_and_read(referral=r, by=at.counsellor),
    "accept": lambda at, r: answering.accept(referral=r, by=at.counsellor, seen=r.version),
    "decline": lambda at, r: answering.decline(referral=r, reason=DeclineReason.FULL, by=at.counsellor, seen=r.version),
    "contact": lambda at, r: answering.note_first_contact(referral=r, by=at.counsellor, seen=r.version),
    "hold": lambda at, r: answering.hold(
        referral=r, until=clock.today() + timedelta(days=9), why="x", by=at.whoever_answers, seen=r.version
    ),
    "resume": lambda at, r: answering.resume(referral=r, by=at.whoever_answers, seen=r.version),
    "close": lambda at, r: answering.close(referral=r, outcome=Outcome.MOVED, by=at.counsellor, seen=r.version),
    "reply accepted": lambda at, r: replies.record_reply(referral=r, to=S.ACCEPTED, by=at.worker, seen=r.version),
    "reply contacted": lambda at, r: replies.record_reply(referral=r, to=S.CONTACTED, by=at.worker, seen=r.version),
    "reply declined": lambda at, r: replies.record_reply(
        referral=r, to=S.DECLINED, reason=DeclineReason.FULL, by=at.worker, seen=r.version
    ),
    "reply closed": lambda at, r: replies.record_reply(
        referral=r, to=S.CLOSED, outcome=Outcome.MOVED, by=at.worker, seen=r.version
    ),
    "reply handed over": lambda at, r: replies.record_reply(referral=r, to=S.HANDED_OVER, by=at.worker, seen=r.version),
    "correct": lambda at, r: reply_corrections.correct_reply(
        referral=r, why="x", by=at.whoever_answers, seen=r.version
    ),
    "follow up": lambda at, r: replies.follow_up(referral=r, note="x", by=at.worker, seen=r.version),
    "tell": lambda at, r: replies.record_told(referral=r, note="x", by=at.worker, seen=r.version),
    "find that it never left": lambda at, r: replies.record_told(
        referral=r, note="x", by=at.worker, seen=r.version, had_left=False
    ),
    "wrong centre": lambda at, r: stopping.mark_wrong_centre(referral=r, why="x", by=at.worker, seen=r.version),
    "withdraw": lambda at, r: consents.withdraw_consent(case=r.case, recipient=r.centre, channel="web"),
    "consent": lambda at, r: consents.record_consent(
        case=r.case, recipient=r.centre, fields=ALL_FIELDS, hear_result=True, channel="telephone", by=at.worker
    ),
    "consent and hear nothing": lambda at, r: consents.record_consent(
        case=r.case, recipient=r.centre, fields=ALL_FIELDS, hear_result=False, channel="telephone", by=at.worker
    ),
    "consent to less": lambda at, r: consents.record_consent(
        case=r.case, recipient=r.centre, fields=["name", "reach"], hear_result=True, channel="telephone", by=at.worker
    ),
    "void what was written last": lambda at, r: at.void(r),
    "send again": lambda at, r: at.send_again(),
    "weeks pass": lambda at, r: at.weeks_pass(),
}


class Place:
    """One case, its referrals to one centre, and everybody who may do something to them."""

    def __init__(self, way: str) -> None:
        self.way = way
        sent = referrals.handed_off(way=way)
        self.case_id = sent.case_id
        self.worker = members.caseworker(sent.case.desk)
        self.counsellor = members.counsellor(sent.centre)
        self.whoever_answers = self.worker if way == Way.TELEPHONE else self.counsellor
        self.now = clock.now()

    def newest(self) -> Referral:
        related = ("case__person__data_key", "case__desk", "centre", "packet")
        return Referral.objects.select_related(*related).filter(case=self.case_id).latest("pk")

    def void(self, referral: Referral) -> None:
        written = voiding.entries(referral.case)
        if written:
            seen = consents.length(referral.case.person)
            voiding.void(case=referral.case, number=written[0][0], why="x", by=self.worker, seen=seen)

    def send_again(self) -> None:
        case = Case.objects.for_handing_off().get(pk=self.case_id)
        centre = self.newest().centre
        sending.send(case=case, centre=centre, way=self.way, by=self.worker, seen=case.version)

    def weeks_pass(self) -> None:
        self.now += timedelta(weeks=3)
        with clock.at(self.now):
            expire_unanswered()


def holds(referral: Referral, before: Referral | None) -> None:
    rows = list(referral.history.order_by("pk"))
    steps = [row for row in rows if row.from_status != row.to_status]
    assert all(row.reason for row in rows if row not in steps), "what moves nothing says what was done"
    assert steps[-1].to_status == referral.status
    for earlier, later in pairwise(steps):
        assert later.from_status == earlier.to_status
        tables = (REFERRAL_TRANSITIONS, REFERRAL_LATE_ANSWERS, REFERRAL_LATE_STOPS, REFERRAL_CORRECTIONS)
        assert any(later.to_status in table.get(later.from_status, ()) for table in tables)
    assert bool(referral.outcome) == (referral.status == S.CLOSED)
    assert bool(referral.decline_reason) == (referral.status == S.DECLINED)
    assert (referral.on_hold_until is not None) == (referral.status == S.ON_HOLD)
    if referral.status in REFERRAL_STOPPED:
        assert packet_for_centre(referral) in (PacketFor.WITHDRAWN, PacketFor.NOT_MEANT, PacketFor.STOPPED_IN_ERROR)
    if referral.never_left:
        assert (referral.viewed_at, referral.answered_at) == (None, None)
        assert not referral.is_live
    if referral.must_be_told:
        assert not referral.is_live
    if referral.withdrawn_at:
        closed = PacketFor.NARROWED if referral.narrowed else PacketFor.WITHDRAWN
        assert packet_for_centre(referral) is (PacketFor.STOPPED_IN_ERROR if referral.mistake else closed)
    elif (
        referral.status in REFERRAL_OVER
        and not referral.never_left
        and (referral.viewed_at or referral.way == Way.TELEPHONE)
    ):
        said = referral.case.person.consents.spoken().filter(purpose="tell_centre", recipient=referral.centre)
        assert said.order_by("pk").last().given, "who holds the packet was told of every withdrawal"
    if before and before.pk == referral.pk:
        assert referral.version - before.version in (0, 1)
    if referral.is_live:
        assert consent_stands(referral), "no referral goes on without consent"
    live = Referral.objects.live().filter(case=referral.case_id, centre=referral.centre_id)
    assert live.count() <= 1


@pytest.mark.django_db
@pytest.mark.parametrize("way", Way.values)
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try takes a while: shown as found, not shrunk
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(acts=some.lists(some.sampled_from(sorted(ACTS)), min_size=4, max_size=14))
def test_no_order_of_acts_breaks_a_rule(way, acts):
    with access.scope(actor="test", purpose="test"), transaction.atomic():
        place = Place(way)
        for name in acts:
            before = place.newest()
            try:
                with clock.at(place.now), transaction.atomic():
                    ACTS[name](place, before)
            except DomainError:
                pass  # a refusal is an answer; anything else is a fault
            for known in Referral.objects.filter(case=place.case_id):
                holds(known, before)
        transaction.set_rollback(True)
