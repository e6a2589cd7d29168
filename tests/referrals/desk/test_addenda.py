"""What somebody adds after the receipt reaches the desk, and stays marked until a caseworker looked at it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from foundation import clock
from outreach.application.addenda import add_addendum
from referrals import notes
from referrals.desk import parcels
from tests.factories.cases import case, fresh, town
from tests.factories.referrals import deliver_outbox
from tests.forms import read
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
        return add_addendum(application=found.application, own_words=words).pk


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


def form_with(desk, found, field):
    """The form of the case's page that holds ``field``, as it stands."""
    page = text(desk.get(reverse("desk:case", args=[found.public_id])))
    return next(form for form in read(page)[0] if field in form.names).values


def send(desk, found, form, **typed):
    return desk.post(reverse("desk:case_move", args=[found.public_id]), {**form, **typed}, follow=True)


def decide(desk, found, form):
    return send(desk, found, form, move="approve")


def test_a_note_clears_it_and_a_further_addendum_brings_it_back(desk):
    found = case()
    add(found, 1)
    send(desk, found, form_with(desk, found, "text"), text="読んだ")
    assert marked(desk) == []
    add(found, 3, "もうひとつ")
    assert marked(desk) == [found]


@pytest.mark.parametrize("move", ["start_review", "approve", "end"])
def test_moving_the_case_clears_it(desk, move):
    found = case()
    add(found, 1)
    form = form_with(desk, found, "end" if move == "end" else "seen")
    typed = {"end": "declined.no_stock"} if move == "end" else {}
    assert send(desk, found, form, move=move, **typed).status_code == 200
    assert fresh(found).status != "received"
    assert marked(desk) == []


class TestWhatCameAfterThePageWasOpened:
    """However late somebody presses, what was not on their page is not read."""

    def test_stops_the_decision_until_it_was_before_them(self, desk, place):
        found = case(status="in_review", by=place.caseworker)
        form = form_with(desk, found, "seen")
        add(found, 1, "子どもに卵アレルギーがあります")
        refused = decide(desk, found, form)
        assert refused.status_code == 409
        assert "ご本人が2026年6月3日 10:00に書きたしました" in text(refused)
        assert "子どもに卵アレルギー" in text(refused)
        assert fresh(found).status == "in_review"
        assert marked(desk) == [found]
        again = next(
            form
            for form in read(text(refused))[0]
            if {"seen", "read"} == {*form.names} - {"move", "csrfmiddlewaretoken"}
        )
        assert "発送を決めました" in text(decide(desk, found, again.values))
        assert marked(desk) == []

    def test_stops_an_end_and_keeps_the_words(self, desk):
        found = case()
        form = form_with(desk, found, "end")
        add(found, 1)
        refused = send(desk, found, form, end="declined.other", note="県外の方")
        assert refused.status_code == 409
        assert "県外の方" in text(refused)
        assert fresh(found).status == "received"

    def test_is_told_on_coming_back_after_a_sign_in(self, desk, place):
        found = case(status="in_review", by=place.caseworker)
        form, path = form_with(desk, found, "seen"), reverse("desk:case_move", args=[found.public_id])
        desk.session.flush()
        desk.post(path, {**form, "move": "approve"})
        add(found, 1)
        desk.force_login(place.caseworker)
        assert "ご本人が2026年6月3日 10:00に書きたしました" in text(desk.get(path))

    def test_stays_unread_after_a_note_which_is_kept(self, desk):
        found = case()
        add(found, 1)
        form = form_with(desk, found, "text")
        add(found, 2, "もうひとつ")
        shown = text(send(desk, found, form, text="電話した"))
        assert "メモを保存しました" in shown
        assert "このしるしは消えます" in shown
        assert marked(desk) == [found]

    def test_stays_unread_when_the_case_is_taken_up(self, desk):
        found = case()
        form = form_with(desk, found, "seen")
        add(found, 1)
        send(desk, found, form, move="start_review")
        assert fresh(found).status == "in_review"
        assert marked(desk) == [found]

    def test_stays_unread_after_a_note_from_another_page(self, desk, place):
        found = case()
        add(found, 1)
        notes.write_note(case=found, text="窓口に電話した", by=place.caseworker)
        assert marked(desk) == [found]

    @pytest.mark.parametrize("read", ["999999999", str(10**30), "-1", "x"])
    def test_is_not_read_by_a_number_nobody_was_shown(self, desk, place, read):
        found = case()
        send(desk, found, {}, move="note", text="電話した", read=read)
        add(found, 1)
        assert marked(desk) == [found]

    def test_is_read_once_even_when_an_older_page_is_pressed_afterwards(self, desk):
        found = case()
        add(found, 1)
        old = form_with(desk, found, "text")
        add(found, 2, "もうひとつ")
        send(desk, found, form_with(desk, found, "text"), text="読んだ")
        send(desk, found, old, text="電話した")
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
    added = add(found, 1)
    with at(2):
        parcel = parcels.pack(case=found, contents="米", by=place.caseworker, seen=found.version, read=added)
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
