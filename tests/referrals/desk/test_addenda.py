"""What somebody adds after the receipt reaches the desk, and stays marked until a caseworker looked at it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from foundation import clock
from outreach.application.addenda import add_addendum
from referrals import notes
from referrals.desk import parcels
from tests.factories.cases import advance, case, fresh, town
from tests.factories.referrals import deliver_outbox
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
QUEUE = reverse("desk:queue")
MORNING = datetime(2026, 6, 3, 0, tzinfo=UTC)


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def at(hours):
    return clock.at(MORNING + timedelta(hours=hours))


def add(found, hours, words="家賃がはらえません"):
    with at(hours):
        add_addendum(application=found.application, own_words=words)


def marked(desk):
    return desk.get(QUEUE, {"tab": "supplemented"}).context["page"].items


def test_marks_the_case_in_the_queue_and_on_its_page(desk, place):
    with at(0):
        found, other = case(), case()
    add(found, 1)
    assert marked(desk) == [found]
    assert text(desk.get(QUEUE)).count("status-supplemented") == 1
    shown = text(desk.get(reverse("desk:case", args=[found.public_id])))
    assert "このしるしは消えます" in shown
    assert 'id="addenda"' in shown
    assert "このしるしは消えます" not in text(desk.get(reverse("desk:case", args=[other.public_id])))


def test_a_note_clears_it_and_a_further_addendum_brings_it_back(desk, place):
    with at(0):
        found = case()
    add(found, 1)
    with at(2):
        notes.write_note(case=found, text="読んだ", by=place.caseworker)
    assert marked(desk) == []
    add(found, 3, "もうひとつ")
    assert marked(desk) == [found]


@pytest.mark.parametrize("status", ["in_review", "approved", "declined"])
def test_moving_the_case_clears_it(desk, place, status):
    with at(0):
        found = case()
    add(found, 1)
    with at(2):
        advance(found, status, by=place.caseworker)
    assert marked(desk) == []


def test_what_was_done_before_does_not(desk, place):
    with at(0):
        found = case(status="approved", by=place.caseworker)
        notes.write_note(case=found, text="電話した", by=place.caseworker)
    add(found, 1)
    assert marked(desk) == [found]


def test_nor_does_packing_since_a_packer_reads_no_addendum(desk, place):
    with at(0):
        found = case(status="approved", by=place.caseworker)
    add(found, 1)
    with at(2):
        parcel = parcels.pack(case=found, contents="米", by=place.caseworker, seen=found.version)
        parcels.unpack(parcel=parcel, by=place.caseworker, seen=found.version)
    assert fresh(found).status == "approved"
    assert marked(desk) == [found]


def test_an_ended_case_is_marked_too(desk, place):
    with at(0):
        found = case(status="closed", by=place.caseworker)
    add(found, 1)
    assert marked(desk) == [found]


def test_the_desk_gets_a_mail_that_says_nothing_of_it(place):
    place.desk.email, place.desk.email_confirmed_on = "desk@example.org", "2026-04-01"
    place.desk.save()
    found = case(name="見本 花子")
    deliver_outbox()
    mail.outbox.clear()
    for _ in range(2):  # a double click is one addendum and one mail
        add(found, 1)
    deliver_outbox()
    (message,) = mail.outbox
    assert message.to == ["desk@example.org"]
    assert "?tab=supplemented" in message.body
    for said in ("見本 花子", "家賃", found.application.receipt_number):
        assert said not in message.subject + message.body
