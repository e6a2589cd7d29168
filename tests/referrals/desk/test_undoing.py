"""What was pressed in error is taken back: the case stands where it stood, and both steps stay readable."""

import pytest

from foundation.errors import Conflict, DomainError, NotAllowed
from referrals.desk import casework, parcels, undoing
from referrals.models import Case, Parcel
from referrals.states import CASE_CORRECTIONS, CASE_ENDS, CASE_TRANSITIONS, CaseStatus
from tests.factories.applications import desk_in
from tests.factories.cases import case, fresh
from tests.factories.members import caseworker, packer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
ENDS = {"declined": "no_stock", "withdrawn": "not_needed", "duplicate": "same_application", "closed": "delivered"}
ENDED_FROM = [(status, end) for status in CaseStatus for end in sorted(CASE_TRANSITIONS[status] & CASE_ENDS)]
VERBS = [
    undoing.undo_end, undoing.undo_approval, undoing.undo_sending, undoing.undo_return, undoing.undo_delivery,
]  # fmt: skip


@pytest.fixture
def by():
    return caseworker(desk_in())


def undo(verb, found, by, why="べつのケースだった"):
    found = fresh(found)
    verb(case=found, why=why, by=by, seen=found.version)
    return fresh(found)


def ended(found, end, by):
    casework.end(case=found, to=end, reason=ENDS[end], by=by, seen=found.version, box="unpacked")
    return fresh(found)


def came_back(by):
    found = case(status="sent", by=by)
    parcel = found.parcels.get()
    parcels.take_back(parcel=parcel, by=by, seen=found.version, reason="nobody_there")
    return fresh(found)


@pytest.mark.parametrize(("status", "end"), ENDED_FROM)
def test_an_ended_case_stands_where_it_stood_before(by, status, end):
    before = "in_review" if end == "duplicate" else {"packed": "approved"}.get(status, status)
    now = undo(undoing.undo_end, ended(case(status=status, by=by), end, by), by)
    assert (now.status, now.end_reason) == (before, "")
    assert [step.to_status for step in now.history.all()][-2:] == [end, before]
    assert now.notes.select_related("data_key").last().text == "べつのケースだった"
    assert before in CASE_CORRECTIONS[end]


def test_a_case_that_is_ended_again_goes_back_to_where_it_stood_the_last_time(by):
    once = undo(undoing.undo_end, ended(case(), "declined", by), by)
    casework.approve(case=once, by=by, seen=once.version)
    assert undo(undoing.undo_end, ended(fresh(once), "declined", by), by).status == "approved"


def test_a_decision_is_taken_back_and_may_be_made_again(by):
    now = undo(undoing.undo_approval, case(status="approved", by=by), by)
    assert now.status == "in_review"
    casework.approve(case=now, by=by, seen=now.version)
    parcels.pack(case=fresh(now), contents="米", by=by, seen=now.version)
    assert Parcel.objects.get().status == "packed"


def test_what_was_not_sent_is_packed_and_can_be_unpacked_or_sent(by):
    now = undo(undoing.undo_sending, case(status="sent", by=by), by)
    assert (now.status, Parcel.objects.get().status) == ("packed", "packed")
    parcels.unpack(parcel=now.parcels.get(), by=by, seen=now.version)
    assert fresh(now).status == "approved"


def test_what_did_not_come_back_is_on_its_way_and_arrives(by):
    now = undo(undoing.undo_return, came_back(by), by)
    assert (now.status, Parcel.objects.get().status) == ("sent", "sent")
    parcels.deliver(parcel=now.parcels.get(), by=by, seen=now.version)
    assert fresh(now).status == "delivered"


def test_a_return_stands_once_another_box_was_packed(by):
    found = came_back(by)
    back = found.parcels.get()
    back.case = found
    parcels.send_again(parcel=back, found_out="たしかめた", by=by, seen=found.version)
    parcel = parcels.pack(case=found, contents="米", by=by, seen=found.version)
    parcels.unpack(parcel=parcel, by=by, seen=parcel.case.version)
    with pytest.raises(NotAllowed):
        undo(undoing.undo_return, found, by)


def test_what_did_not_arrive_is_on_its_way_again(by):
    now = undo(undoing.undo_delivery, case(status="delivered", by=by), by)
    assert (now.status, Parcel.objects.get().status) == ("sent", "sent")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", ["received", "in_review", "packed"])
def test_where_there_is_nothing_to_take_back_nothing_is(by, verb, status):
    found = case(status=status, by=by)
    with pytest.raises(NotAllowed):
        undo(verb, found, by)
    assert fresh(found).version == found.version


@pytest.mark.parametrize("verb", VERBS)
def test_a_reason_is_asked_for_and_an_old_page_takes_nothing_back(by, verb):
    found = case(status="closed", by=by)
    with pytest.raises(DomainError, match="なぜとりけすのか"):
        undo(verb, found, by, why=" ")
    with pytest.raises(Conflict):
        verb(case=found, why="x", by=by, seen=found.version - 1)
    with pytest.raises(NotAllowed, match="役割"):
        undo(verb, found, packer(found.desk))
    assert Case.objects.get(pk=found.pk).version == found.version


def test_a_box_that_nobody_unpacked_yet_stands_packed_again_and_is_the_only_one(by):
    found = case(status="packed", by=by)
    casework.end(case=found, to="withdrawn", reason="not_needed", by=by, seen=found.version, box="to_unpack")
    now = undo(undoing.undo_end, fresh(found), by)
    box = Parcel.objects.get()
    assert (now.status, box.status) == ("packed", "packed")
    assert not Parcel.objects.filter(status="to_unpack").exists()
    box.case = now
    parcels.send(parcel=box, by=by, seen=now.version)
    assert fresh(now).status == "sent"


def test_a_box_that_was_unpacked_for_the_end_is_packed_anew(by):
    found = case(status="packed", by=by)
    casework.end(case=found, to="withdrawn", reason="not_needed", by=by, seen=found.version, box="to_unpack")
    parcels.confirm_unpacked(parcel=Parcel.objects.select_related("case__desk").get(), by=by)
    now = undo(undoing.undo_end, fresh(found), by)
    assert (now.status, Parcel.objects.get().status) == ("approved", "unpacked")
