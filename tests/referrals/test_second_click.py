"""A second click is no error; the same button over other words, another day or another way is no second click."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError
from referrals.handoff import packet
from referrals.models import Person, Referral
from tests.factories.cases import case, consent, fresh, referral, town
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def desk(place):
    return signed_in(place.caseworker)


class TestAConsentOnPaper:
    def on(self, found, place, days_ago):
        day = clock.today() - timedelta(days=days_ago)
        consent(fresh(found), place.centre, by=place.caseworker, channel="paper", stated_on=day)

    def days(self, found):
        told = found.person.consents.filter(purpose="tell_centre").order_by("pk")
        return [(clock.today() - entry.stated_on).days for entry in told]

    def test_of_the_same_date_is_written_down_once(self, place):
        found = case(hand_off_wish="")
        for _click in range(2):
            self.on(found, place, 9)
        assert self.days(found) == [9]

    def test_whose_date_is_put_right_at_once_has_the_right_one(self, place):
        found = case(hand_off_wish="")
        self.on(found, place, 9)
        self.on(found, place, 5)
        assert self.days(found) == [9, 5]

    def test_whose_date_would_be_before_what_was_said_is_refused_within_the_minute_too(self, place):
        found = case(hand_off_wish="")
        self.on(found, place, 5)
        with pytest.raises(DomainError, match="本人の返事を記録してあります"):
            self.on(found, place, 9)


def test_a_withdrawal_on_paper_is_not_said_to_be_recorded_because_one_by_telephone_was(desk, place):
    found = case(consenting=place.centre)
    address = reverse("desk:consent_withdraw", args=[found.public_id])
    typed = {"centre": place.centre.public_id, "seen": found.person.consents.count()}
    for _click in range(2):
        page = text(desk.post(address, {**typed, "channel": "telephone"}, follow=True))
        assert "同意の撤回を記録しました" in page
    page = text(desk.post(address, {**typed, "channel": "paper"}, follow=True))
    assert "同意の撤回を記録しました" not in page
    assert "への同意の撤回を書きとりました" in page


def test_a_reply_of_another_day_is_not_said_to_be_recorded(desk, place):
    with clock.at(clock.now() - timedelta(days=9)):
        sent = referral(place)
    address = reverse("desk:referral_reply", args=[sent.public_id])
    typed = {"seen": sent.version, "to": "accepted", "replied_on": clock.today() - timedelta(days=3), "note": ""}
    for _click in range(2):
        assert desk.post(address, typed).status_code == 302
    page = desk.post(address, {**typed, "replied_on": clock.today() - timedelta(days=1)})
    assert page.status_code == 409, "the first day stands, and whoever typed another is told"


def test_what_was_put_right_beside_on_another_page_is_not_lost_under_a_success(desk):
    found = case(phone="+819012345678")
    address = reverse("desk:case_correct", args=[found.public_id])
    form = next(f for f in read(text(desk.get(address)))[0] if "why" in f.names)
    typed = form.values | {"phone": "090-8765-4321", "why": "電話で"}
    for _click in range(2):
        assert desk.post(address, typed).status_code == 302
    page = desk.post(address, typed | {"safe_times": "昼だけ"})
    assert page.status_code == 409
    assert "昼だけ" in text(page)
    assert Person.objects.get(pk=found.person_id).safe_times != "昼だけ"


def test_another_packet_than_was_sent_is_not_said_to_be_sent(desk, place):
    found = case(consenting=place.centre)
    seen = packet.fingerprint(packet.preview(found, found.person.consents.live().first()))
    address = reverse("desk:referral_new", args=[found.public_id])
    typed = {"centre": place.centre.public_id, "seen": found.version, "previewed": seen, "way": "telephone"}
    for _click in range(2):
        assert desk.post(address, typed).status_code == 302
    page = desk.post(address, typed | {"previewed": "0" * 64})
    assert page.status_code == 409
    assert Referral.objects.filter(case=found).count() == 1
