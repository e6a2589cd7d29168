"""After a withdrawal that no mail can tell the centre of: a member is asked to, until they recorded it."""

import pytest
from django.core import mail
from django.urls import reverse

from referrals.handoff import consents, replies, sending
from referrals.models import CaseNote, Referral
from tests.factories.cases import consent, fresh, referral, town
from tests.factories.members import caseworker
from tests.factories.referrals import deliver_outbox
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
QUEUE = reverse("desk:queue")
TELL = "窓口への連絡が要る"


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


def withdrawn(place, *, by=None, **facts):
    """A referral that was withdrawn, on the person's own page unless a member wrote it down."""
    sent = referral(place, **facts)
    consents.withdraw_consent(
        case=sent.case, recipient=place.centre, channel="telephone" if by else "web", by=by
    )  # fmt: skip
    return Referral.objects.get(pk=sent.pk)


def in_tab(desk):
    return desk.get(QUEUE, {"tab": "to_tell"}).context["page"].items


def record(desk, sent, note="担当の方に伝えた"):
    address = reverse("desk:referral_told", args=[sent.public_id])
    return desk.post(address, {"seen": sent.version, "note": note, "had_left": "yes"}, follow=True)


@pytest.mark.parametrize("who", ["the person", "a member"])
def test_stands_in_the_queue_and_as_the_next_step_until_it_is_recorded(desk, place, who):
    sent = withdrawn(place, by=place.caseworker if who == "a member" else None)
    case_page = reverse("desk:case", args=[sent.case.public_id])
    assert in_tab(desk) == [sent.case]
    assert TELL in text(desk.get(QUEUE))
    assert "窓口に伝えて記録する" in text(desk.get(case_page))
    shown = text(desk.get(reverse("desk:referral", args=[sent.public_id])))
    assert "とりやめを窓口に伝える" in shown
    assert "011-000-0002" in shown
    assert "窓口に伝えたことを記録しました" in text(record(desk, sent))
    assert in_tab(desk) == []
    for address in (case_page, reverse("desk:referral", args=[sent.public_id])):
        assert "窓口に伝えて記録する" not in text(desk.get(address))
        assert "つなぎのとりやめを伝えました" in text(desk.get(address))
    assert CaseNote.objects.get().text == "担当の方に伝えた"


def test_asks_how_the_centre_was_told_and_takes_a_double_click(desk, place):
    sent = withdrawn(place)
    assert "いつ、だれに伝えたか" in text(record(desk, sent, note=" "))
    assert in_tab(desk)
    for _ in range(2):
        assert "窓口に伝えたことを記録しました" in text(record(desk, sent))
    assert CaseNote.objects.count() == 1


def test_a_colleague_told_it_first(desk, place):
    sent = withdrawn(place)
    replies.record_told(referral=sent, note="電話した", by=caseworker(place.desk, "担当 二郎"), seen=sent.version)
    response = record(desk, sent)
    assert response.status_code == 409
    assert "担当 二郎" in text(response)


@pytest.mark.parametrize(
    ("facts", "way", "to_be_told"),
    [
        ({"uses_portal": True, "email": "a@example.org", "email_confirmed_on": "2026-04-01"}, "portal", False),
        ({"uses_portal": True, "email": "a@example.org", "email_confirmed_on": "2026-04-01"}, "telephone", True),
        ({"uses_portal": True, "email": "a@example.org"}, "portal", True),
        ({}, "telephone", True),
    ],
)
def test_only_where_no_mail_tells_the_centre(facts, way, to_be_told):
    place = town(**facts)
    sent = withdrawn(place, way=way)
    assert bool(in_tab(signed_in(place.caseworker))) == sent.is_to_be_told == to_be_told


def test_sending_again_after_a_new_consent_leaves_the_first_to_be_told(desk, place):
    sent = withdrawn(place)
    consent(fresh(sent.case), place.centre, by=place.caseworker)
    again = fresh(sent.case)
    sending.send(case=again, centre=place.centre, way="telephone", by=place.caseworker, seen=again.version)
    assert in_tab(desk) == [sent.case]


def test_the_desk_gets_a_mail_that_names_nobody(place):
    place.desk.email, place.desk.email_confirmed_on = "desk@example.org", "2026-04-01"
    place.desk.save()
    sent = withdrawn(place, name="見本 花子")
    mail.outbox.clear()
    deliver_outbox()
    (message,) = [one for one in mail.outbox if "電話で伝えて" in one.subject]
    assert message.to == ["desk@example.org"]
    assert "?tab=to_tell" in message.body
    for told in ("見本 花子", place.centre.name, sent.number, sent.case.application.receipt_number):
        assert told not in message.body + message.subject


def test_no_mail_asks_for_what_was_done_already(place):
    place.desk.email, place.desk.email_confirmed_on = "desk@example.org", "2026-04-01"
    place.desk.save()
    sent = withdrawn(place)
    replies.record_told(referral=sent, note="電話した", by=place.caseworker, seen=sent.version)
    mail.outbox.clear()
    deliver_outbox()
    assert not [one for one in mail.outbox if "電話で伝えて" in one.subject]


def test_a_centre_with_a_confirmed_address_keeps_its_mail():
    place = town(uses_portal=True, email="centre@example.org", email_confirmed_on="2026-04-01")
    sent = referral(place, way="portal")
    deliver_outbox()
    mail.outbox.clear()
    consents.withdraw_consent(case=sent.case, recipient=place.centre, channel="web")
    deliver_outbox()
    (message,) = mail.outbox
    assert message.to == ["centre@example.org"]
    assert "とりやめ" in message.subject
