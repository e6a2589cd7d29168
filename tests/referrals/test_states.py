"""The tables of states: whole, without dead ends, and drawn as they are."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from referrals import reasons, states
from referrals.management.commands.draw_states import drawing
from referrals.models import Case, Referral
from referrals.states import CaseStatus, ParcelStatus, ReferralStatus
from tests.factories.cases import case, referral, town

TABLES = [
    (CaseStatus, states.CASE_TRANSITIONS, "received", states.CASE_ENDS),
    (ParcelStatus, states.PARCEL_TRANSITIONS, "packed", {"delivered", "returned", "unpacked"}),
    (
        ReferralStatus,
        states.REFERRAL_TRANSITIONS,
        "draft",
        {"closed", "declined", "expired", "revoked", "entered_in_error", "handed_over"},
    ),
]
NAMES = ["case", "parcel", "referral"]


@pytest.mark.parametrize(("statuses", "table", "first", "ends"), TABLES, ids=NAMES)
def test_every_state_is_reached_and_only_ends_have_no_way_on(statuses, table, first, ends):
    assert set(table) == set(statuses)
    reached, new = {first}, {first}
    while new:
        new = {to for status in new for to in table[status]} - reached
        reached |= new
    assert reached == set(statuses)
    assert {status for status in statuses if not table[status]} == set(ends)


def test_every_step_of_a_case_belongs_to_one_kind_of_verb():
    owners = [states.CASE_DECISIONS, states.CASE_ENDINGS, *states.CASE_WITH_PARCEL.values()]
    steps = [(before, to) for table in owners for before, after in table.items() for to in after]
    assert len(steps) == len(set(steps))
    assert set(steps) == {(before, to) for before, after in states.CASE_TRANSITIONS.items() for to in after}


def test_every_end_of_a_case_has_reasons_and_nothing_else_has():
    assert set(reasons.END_REASONS) == states.CASE_ENDS
    assert all(reasons.END_REASONS.values())


def test_a_box_that_waits_to_be_unpacked_moves_no_case():
    """Its case has ended: the end moves the box, and unpacking it then moves nothing."""
    assert ParcelStatus.TO_UNPACK not in states.CASE_AFTER_PARCEL
    assert states.PARCEL_TRANSITIONS[ParcelStatus.TO_UNPACK] == {ParcelStatus.UNPACKED}


@pytest.mark.parametrize("status", sorted(states.CASE_AFTER_PARCEL))
def test_a_case_can_follow_every_step_of_its_parcel(status):
    before = [s for s in states.CASE_AFTER_PARCEL if status in states.PARCEL_TRANSITIONS[s]]
    for earlier in [states.CASE_AFTER_PARCEL[s] for s in before] or [CaseStatus.APPROVED]:
        assert states.CASE_AFTER_PARCEL[status] in states.CASE_TRANSITIONS[earlier]


@pytest.mark.parametrize("stop", sorted(states.REFERRAL_STOPPED))
def test_a_live_referral_and_no_other_can_be_stopped_at_once(stop):
    can = {status for status in ReferralStatus if stop in states.REFERRAL_TRANSITIONS[status]}
    assert can == states.REFERRAL_LIVE


def test_the_wrong_centre_can_be_stopped_in_every_state_it_can_bring_about():
    stop = ReferralStatus.ENTERED_IN_ERROR
    can = {s for s in ReferralStatus if stop in states.REFERRAL_TRANSITIONS[s]} | set(states.REFERRAL_LATE_STOPS)
    assert can == set(ReferralStatus) - states.REFERRAL_STOPPED


def test_an_answer_goes_back_only_to_where_it_can_have_been_given():
    for answered, before in states.REFERRAL_CORRECTIONS.items():
        for status in before:
            after = states.REFERRAL_TRANSITIONS[status] | states.REFERRAL_LATE_ANSWERS.get(status, frozenset())
            assert answered in after, f"{answered} can't have followed {status}"


@pytest.mark.django_db
class TestTheTableGuards:
    """What a verb would never do is refused by the database too."""

    def refuses(self, rows, **changes):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changes)

    def test_no_end_without_a_reason(self):
        self.refuses(Case.objects.filter(pk=case().pk), status="closed")
        self.refuses(Case.objects.filter(pk=case().pk), end_reason="other")

    def test_no_referral_closed_without_an_outcome(self):
        rows = Referral.objects.filter(pk=referral(town(), status="contacted").pk)
        self.refuses(rows, status="closed")
        self.refuses(rows, outcome="moved")

    def test_no_referral_declined_without_a_reason(self):
        self.refuses(Referral.objects.filter(pk=referral(town()).pk), status="declined")

    def test_no_second_live_referral_to_the_same_centre(self):
        sent = referral(town())
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.create(
                case=sent.case, centre=sent.centre, data_key=sent.data_key, way=sent.way, status="sent",
                created_by=sent.created_by, created_at=sent.created_at, sent_at=sent.sent_at, due_on=sent.due_on,
            )  # fmt: skip

    def test_nobody_follows_up_what_has_not_come_back(self):
        sent = referral(town())
        rows = Referral.objects.filter(pk=sent.pk)
        self.refuses(rows, followed_up_at=sent.sent_at, followed_up_by=sent.created_by)


class TestTheDrawing:
    def test_is_the_one_in_the_documents(self):
        call_command("draw_states", "--check")

    def test_names_every_state_in_japanese(self):
        drawn = drawing()
        for statuses, *_rest in TABLES:
            assert all(f'state "{status.label}（{status.value}）"' in drawn for status in statuses)

    def test_a_stale_file_fails_the_check_and_drawing_mends_it(self, settings, tmp_path):
        settings.BASE_DIR = tmp_path
        with pytest.raises(CommandError, match="stale"):
            call_command("draw_states", "--check")
        call_command("draw_states", stdout=StringIO())
        call_command("draw_states", "--check")
        (tmp_path / "docs" / "states.md").write_text("old", encoding="utf-8")
        with pytest.raises(CommandError, match="stale"):
            call_command("draw_states", "--check")
