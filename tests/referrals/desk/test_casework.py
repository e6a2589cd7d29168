"""What caseworkers do with a case: each step checked, counted and written down."""

import pytest

from foundation import access
from foundation.errors import Conflict, DomainError, NotAllowed
from organisations.roles import Role
from referrals import notes
from referrals.desk import casework, parcels
from referrals.handoff import replies, stopping
from referrals.models import Case, CaseNote, CaseTransition
from referrals.reasons import END_REASONS
from referrals.states import CASE_ENDS, CASE_TRANSITIONS, CaseStatus
from tests.factories.applications import centre_in, desk_in
from tests.factories.cases import advance, case, fresh, referral, town
from tests.factories.members import caseworker, counsellor, member, packer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


def test_a_case_goes_from_received_to_closed_each_step_with_author_and_time():
    by = caseworker(desk_in(), "担当 一郎")
    done = case(status="closed", by=by)
    steps = list(CaseTransition.objects.filter(subject=done).select_related("by"))
    assert [step.to_status for step in steps] == [
        "received", "in_review", "approved", "packed", "sent", "delivered", "closed",
    ]  # fmt: skip
    assert {step.by for step in steps[1:]} == {by}
    assert [step.from_status for step in steps[1:]] == [step.to_status for step in steps[:-1]]
    assert all(step.at for step in steps)
    assert (done.end_reason, done.version) == ("delivered", 7)


@pytest.mark.parametrize("status", [s for s in CaseStatus if CaseStatus.APPROVED not in CASE_TRANSITIONS[s]])
def test_approving_where_it_makes_no_sense_is_refused(status):
    by = caseworker(desk_in())
    found = case(status=status, by=by)
    with pytest.raises(DomainError):
        casework.approve(case=found, by=by, seen=found.version)
    assert fresh(found).status == status


class TestTheEnd:
    @pytest.mark.parametrize("to", ["declined", "withdrawn", "duplicate"])
    def test_comes_early_with_a_reason(self, to):
        by = caseworker(desk_in())
        found = case()
        reason = END_REASONS[to][0]
        casework.end(case=found, to=to, reason=reason, by=by, seen=found.version)
        assert (fresh(found).status, fresh(found).end_reason) == (to, reason)
        assert CaseTransition.objects.filter(subject=found).last().reason == reason

    @pytest.mark.parametrize(
        ("to", "reason"),
        [("declined", ""), ("declined", "delivered"), ("closed", "no_stock"), ("approved", "other"), ("", "other")],
    )
    def test_needs_a_reason_that_belongs_to_it(self, to, reason):
        by = caseworker(desk_in())
        found = case(status="in_review", by=by)
        with pytest.raises(DomainError, match="理由"):
            casework.end(case=found, to=to, reason=reason, by=by, seen=found.version, note="x")
        assert fresh(found).status == "in_review"

    def test_other_needs_words_which_become_a_note(self):
        by = caseworker(desk_in())
        found = case()
        with pytest.raises(DomainError, match="メモ"):
            casework.end(case=found, to="declined", reason="other", by=by, seen=1, note="  ")
        casework.end(case=found, to="declined", reason="other", by=by, seen=1, note=" 別の団体が送る ")
        assert [note.text for note in CaseNote.objects.filter(case=found)] == ["別の団体が送る"]

    @pytest.mark.parametrize(("to", "reason"), [("withdrawn", "not_needed"), ("declined", "no_stock")])
    def test_without_food_leaves_a_live_referral_only_where_that_is_said(self, to, reason):
        place = town()
        sent = referral(place, status="accepted")
        found = advance(sent.case, "approved", by=place.caseworker)
        say = {"to": to, "reason": reason, "by": place.caseworker, "seen": found.version}
        with pytest.raises(DomainError, match="つなぎが続いています"):
            casework.end(case=found, **say)
        assert fresh(found).status == "approved"
        casework.end(case=found, **say, hand_off_goes_on=True)
        assert (fresh(found).status, fresh(found).end_reason) == (to, reason)
        sent.refresh_from_db()
        assert sent.status == "accepted"

    def test_stops_the_packed_box_while_the_hand_off_goes_on_to_its_outcome(self):
        place = town()
        sent = referral(place)
        found = advance(sent.case, "packed", by=place.caseworker)
        box = found.parcels.get()
        casework.end(
            case=fresh(found), to="withdrawn", reason="not_needed", by=place.caseworker, seen=found.version,
            hand_off_goes_on=True, box="unpacked",
        )  # fmt: skip
        box.case = fresh(found)
        with pytest.raises(Conflict):
            parcels.send(parcel=box, by=packer(place.desk), seen=found.version)
        with pytest.raises(NotAllowed):
            parcels.send(parcel=box, by=packer(place.desk), seen=box.case.version)
        box.refresh_from_db()
        assert box.status == "unpacked"
        stopping.expire(referral=sent)
        replies.record_reply(referral=sent, to="accepted", by=place.caseworker, seen=sent.version)
        sent.refresh_from_db()
        assert sent.status == "accepted"

    @pytest.mark.parametrize("to", sorted(CASE_ENDS))
    def test_asks_back_over_a_consent_that_nobody_has_acted_on(self, to):
        place = town()
        found = case(consenting=place.centre)
        found = advance(found, "delivered", by=place.caseworker) if to == "closed" else found
        say = {"to": to, "reason": END_REASONS[to][0], "by": place.caseworker, "seen": found.version}
        with pytest.raises(DomainError, match="まだ、つないでいません"):
            casework.end(case=found, **say)
        casework.end(case=found, **say, without_hand_off=True)
        assert (fresh(found).status, fresh(found).end_reason) == (to, END_REASONS[to][0])

    def test_may_come_when_the_food_arrived_and_the_referral_goes_on(self):
        place = town()
        sent = referral(place, status="accepted")
        assert advance(sent.case, "closed", by=place.caseworker).status == "closed"
        sent.refresh_from_db()
        assert sent.is_live

    def test_as_duplicate_leaves_the_referral_to_the_centre_it_was_handed_to(self):
        place = town()
        sent = referral(place, status="accepted")
        assert advance(sent.case, "duplicate", by=place.caseworker).status == "duplicate"
        sent.refresh_from_db()
        assert sent.is_live

    @pytest.mark.parametrize("status", ["approved", "packed"])
    def test_as_duplicate_may_come_after_the_decision(self, status):
        by = caseworker(desk_in())
        found = case(status=status, by=by)
        casework.end(case=found, to="duplicate", reason="same_application", by=by, seen=found.version, box="unpacked")
        assert fresh(found).status == "duplicate"
        assert {parcel.status for parcel in found.parcels.all()} <= {"unpacked"}

    @pytest.mark.parametrize("box", ["to_unpack", "unpacked"])
    def test_asks_what_becomes_of_a_packed_box(self, box):
        by = caseworker(desk_in())
        found = case(status="packed", by=by)
        say = {"to": "withdrawn", "reason": "not_needed", "by": by, "seen": found.version}
        with pytest.raises(DomainError, match="箱をどうするか"):
            casework.end(case=found, **say)
        assert fresh(found).status == "packed"
        casework.end(case=fresh(found), **say, box=box)
        assert [parcel.status for parcel in found.parcels.all()] == [box]

    def test_asks_nothing_of_the_kind_without_a_box(self):
        by = caseworker(desk_in())
        found = case(status="approved", by=by)
        casework.end(case=found, to="withdrawn", reason="not_needed", by=by, seen=found.version)
        assert fresh(found).status == "withdrawn"

    @pytest.mark.parametrize("ended", sorted(CASE_ENDS))
    def test_is_the_end(self, ended):
        by = caseworker(desk_in())
        found = case(status=ended, by=by)
        for verb in (casework.start_review, casework.approve):
            with pytest.raises(NotAllowed):
                verb(case=found, by=by, seen=found.version)


class TestTwoCaseworkers:
    def test_the_second_is_told_who_did_what_and_when(self):
        desk = desk_in()
        first, second = caseworker(desk, "担当 一郎"), caseworker(desk, "担当 二郎")
        mine, theirs = case(), None
        theirs = fresh(mine)
        casework.approve(case=mine, by=first, seen=1)
        with pytest.raises(Conflict) as told:
            casework.end(case=theirs, to="declined", reason="no_stock", by=second, seen=1)
        assert (str(told.value.who), str(told.value.what)) == ("担当 一郎", "発送決定")
        assert "担当 一郎" in str(told.value)
        assert "発送決定" in str(told.value)
        assert fresh(mine).status == "approved"

    def test_an_old_page_does_nothing_even_when_the_case_is_loaded_anew(self):
        by = caseworker(desk_in())
        found = case(status="in_review", by=by)
        with pytest.raises(Conflict):
            casework.approve(case=fresh(found), by=by, seen=1)
        assert fresh(found).status == "in_review"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_exactly_one_wins(at_once):
    desk = desk_in()
    first, second = caseworker(desk), caseworker(desk)
    found = case()

    def approving(by):
        casework.approve(case=Case.objects.get(pk=found.pk), by=by, seen=1)

    def ending(by):
        with access.scope(actor="test", purpose="race"):
            casework.end(case=fresh(found), to="declined", reason="no_stock", by=by, seen=1)

    results = at_once(lambda: approving(first), lambda: ending(second))
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]
    now = fresh(found)
    assert now.version == 2
    assert CaseTransition.objects.filter(subject=found).count() == 2
    assert now.status == ("approved" if results[0] is None else "declined")


class TestNotes:
    def test_are_kept_with_author_and_time_and_are_sealed(self):
        by = caseworker(desk_in())
        found = case()
        note = notes.write_note(case=found, text=" 電話した。\n午後にもう一度。 ", by=by)
        kept = CaseNote.objects.get(pk=note.pk)
        assert (kept.text, kept.by, bool(kept.at)) == ("電話した。\n午後にもう一度。", by, True)
        assert kept.data_key == found.person.data_key

    def test_say_something(self):
        by = caseworker(desk_in())
        with pytest.raises(DomainError, match="メモが空"):
            notes.write_note(case=case(), text=" \n ", by=by)

    def test_a_double_click_writes_one(self):
        by = caseworker(desk_in())
        found = case()
        for _ in range(2):
            notes.write_note(case=found, text="電話した", by=by)
        notes.write_note(case=found, text="電話した。留守", by=by)
        assert CaseNote.objects.filter(case=found).count() == 2

    def test_the_same_words_by_somebody_else_are_a_note_of_their_own(self):
        desk = desk_in()
        found = case()
        for by in (caseworker(desk), caseworker(desk)):
            notes.write_note(case=found, text="電話した", by=by)
        assert CaseNote.objects.filter(case=found).count() == 2


class TestWhoMay:
    @pytest.mark.parametrize(
        "verb",
        [
            lambda found, by: casework.start_review(case=found, by=by, seen=1),
            lambda found, by: casework.approve(case=found, by=by, seen=1),
            lambda found, by: casework.end(case=found, to="declined", reason="no_stock", by=by, seen=1),
            lambda found, by: notes.write_note(case=found, text="x", by=by),
        ],
    )
    def test_only_caseworkers_of_the_very_desk(self, verb):
        desk, elsewhere = desk_in(), desk_in(name="よそのフードバンク")
        found = case()
        others = [
            caseworker(elsewhere), packer(desk), counsellor(centre_in()),
            member(Role.PROGRAMME_MANAGER, at=desk), member(Role.ADMINISTRATOR, at=desk), member(),
        ]  # fmt: skip
        for by in others:
            with pytest.raises(NotAllowed):
                verb(found, by)
        assert fresh(found).version == 1
        assert not CaseNote.objects.exists()

    def test_a_stopped_account_may_do_nothing(self):
        by = caseworker(desk_in())
        by.is_active = False
        with pytest.raises(NotAllowed):
            casework.approve(case=case(), by=by, seen=1)
