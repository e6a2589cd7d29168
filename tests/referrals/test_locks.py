"""What holds a row between reading and writing: without each of these locks two people would undo one another."""

from functools import partial

import pytest

from foundation import access
from foundation.errors import Conflict, DomainError
from foundation.models import OutboxMessage
from referrals import notes, person_index
from referrals.desk import casework, corrections, parcels, undoing
from referrals.handoff import answering, centre_notices, consents, packet, replies, sending, stopping
from referrals.models import Case, PersonIndex, Referral
from tests.factories import members, referrals
from tests.factories.cases import case, consent, fresh, referral, town
from tests.interleaving import in_between, on_postgresql
from tests.referrals import verbs

pytestmark = [*on_postgresql, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


def withdrawing(found: Case, centre):
    return partial(consents.withdraw_consent, case=fresh(found), recipient=centre, channel="web")


def handing_off(found: Case, place):
    found = fresh(found)
    return partial(
        sending.send, case=found, centre=place.centre, way="telephone", by=place.caseworker, seen=found.version
    )


def stands_without_consent(found: Case) -> bool:
    return found.referrals.live().exists() and not found.person.consents.live().exists()


def test_two_withdrawals_are_one_in_the_ledger(place):
    found = case(consenting=place.centre)
    met = in_between(withdrawing(found, place.centre), (consents, "_enter"), withdrawing(found, place.centre))
    assert (len(met.first), met.second) == (2, [])
    assert found.person.consents.filter(given=False).count() == 2


def test_a_withdrawal_comes_after_the_consent_that_is_being_written_down(place):
    found = case(consenting=place.centre)
    recording = partial(consent, fresh(found), place.centre, by=place.caseworker)
    met = in_between(recording, (consents, "_enter"), withdrawing(found, place.centre))
    assert met.first is None
    assert met.second
    assert not found.person.consents.live().exists()


def test_a_withdrawal_stops_the_referral_that_is_being_sent(place):
    found = case(consenting=place.centre)
    met = in_between(handing_off(found, place), (packet, "freeze"), withdrawing(found, place.centre))
    assert isinstance(met.first, Referral)
    assert Referral.objects.get().status == "revoked"


def test_a_withdrawal_stops_the_referral_that_a_late_answer_brings_back(place):
    sent = referral(place, status="expired")
    accepting = partial(replies.record_reply, referral=sent, to="accepted", by=place.caseworker, seen=sent.version)
    met = in_between(accepting, (replies, "move"), withdrawing(sent.case, place.centre))
    assert met.first is None
    assert not stands_without_consent(sent.case)


def test_a_withdrawal_does_not_fail_for_an_answer_in_the_same_moment():
    centre = referrals.portal_centre()
    sent = referrals.handed_off(centre, to="viewed")
    counsellor = members.counsellor(centre)
    accepting = partial(answering.accept, referral=Referral.objects.get(), by=counsellor, seen=sent.version)
    met = in_between(withdrawing(sent.case, centre), (stopping, "move"), accepting)
    assert len(met.first) == 2
    assert isinstance(met.second, DomainError)
    assert Referral.objects.get().status == "revoked"


@pytest.mark.parametrize("to", ["withdrawn.not_needed", "duplicate.same_application", "declined.no_stock"])
def test_a_case_that_ends_leaves_no_referral_that_was_sent_meanwhile(place, to):
    found = fresh(case(consenting=place.centre))
    status, reason = to.split(".")
    by = {"by": place.caseworker, "seen": found.version, "without_hand_off": True}
    ending = partial(casework.end, case=found, to=status, reason=reason, **by)
    met = in_between(ending, (casework, "_move"), handing_off(found, place))
    assert met.first is None
    assert isinstance(met.second, DomainError)
    assert not found.referrals.exists()


def test_two_referrals_to_one_centre_are_one(place):
    found = case(consenting=place.centre)
    met = in_between(handing_off(found, place), (packet, "freeze"), handing_off(found, place))
    assert isinstance(met.second, DomainError)
    assert found.referrals.count() == 1


def test_a_note_clicked_twice_is_one(place):
    found = case(by=place.caseworker)
    writing = [partial(notes.write_note, case=fresh(found), text="電話した", by=place.caseworker) for _ in range(2)]
    met = in_between(writing[0], (notes, "add_note"), writing[1])
    assert met.first == met.second
    assert found.notes.count() == 1


def test_of_two_corrections_at_once_the_second_is_told_who_was_first(place):
    found = case(by=place.caseworker)
    stands = corrections.stands(fresh(found))

    def correcting(name):
        facts = {"now": stands | {"name": name}, "why": "電話できいた", "by": place.caseworker, "seen": 0}
        return partial(corrections.correct, case=fresh(found), **facts)

    met = in_between(correcting("見本 一"), (person_index, "entries_of"), correcting("見本 二"))
    assert met.first is None
    assert isinstance(met.second, Conflict)
    assert fresh(found).person.name == "見本 一"
    assert corrections.length(found) == 1


@pytest.mark.parametrize("step", ["undo_sending", "undo_return", "undo_delivery"])
def test_of_two_who_take_a_step_back_the_second_is_told_who_was_first(place, step):
    found = case(status="delivered" if step == "undo_delivery" else "sent", by=place.caseworker)
    if step == "undo_return":
        parcels.take_back(parcel=found.parcels.get(), by=place.caseworker, seen=found.version, reason="refused")
    undoing_it = partial(verbs.do, step, found, place)
    met = in_between(undoing_it, (undoing, "_move_both"), undoing_it)
    assert [type(came) for came in (met.first, met.second)] == [type(None), Conflict]


def test_who_names_a_person_waits_for_nobody_who_holds_them(place):
    found = case(by=place.caseworker)
    writing = partial(casework.write_note, case=fresh(found), text="電話した", by=place.caseworker)
    naming = partial(notes.add_note, case=fresh(found), text="もうひとつ", by=place.caseworker)
    met = in_between(writing, (notes, "add_note"), naming)
    assert not met.second_waited


def test_a_person_indexed_anew_twice_is_found_once(place):
    found = case(by=place.caseworker)
    entries = PersonIndex.objects.count()
    anew = [partial(person_index.index_anew, fresh(found).person) for _ in range(2)]
    met = in_between(anew[0], (person_index, "entries_of"), anew[1])
    assert (met.first, met.second) == (None, None)
    assert PersonIndex.objects.count() == entries


def test_what_is_put_into_the_portal_was_not_stopped_in_that_moment():
    centre = referrals.portal_centre()
    with access.scope(actor="test", purpose="sending"):
        found = referrals.consented_case(centre)
        worker = members.caseworker(found.desk)
        sent = sending.send(case=found, centre=centre, way="portal", by=worker, seen=found.version)
    OutboxMessage.objects.all().delete()

    def delivering():
        with centre_notices.outbox.transaction.atomic():
            centre_notices.deliver_to_portal(sent.public_id, 0)

    met = in_between(delivering, (centre_notices.PortalEntry.objects, "get_or_create"), withdrawing(found, centre))
    assert met.second_waited
    assert Referral.objects.get().status == "revoked"
