"""A click on a staff screen: what was typed is never lost, and a double click is told from two people who disagree."""

import pytest
from django.urls import reverse

from referrals.desk import parcels
from referrals.models import Parcel, Referral
from referrals.states import ReferralStatus
from tests.factories import members, referrals
from tests.factories.cases import case, fresh, town
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def packed(reading):
    """A case that a packer has just packed, and the page another browser of the same account had open before."""
    place = town()
    packer = members.packer(place.desk)
    found = case(status="approved", by=place.caseworker)
    client = signed_in(packer)
    before = found.version
    parcels.pack(case=fresh(found), contents="米 2kg", by=packer, seen=before)
    return client, found, before


def press_pack(packed, contents: str):
    client, found, before = packed
    address = reverse("desk:parcel", args=[found.public_id])
    return client.post(address, {"move": "pack", "seen": before, "contents": contents, "weight": ""})


def test_the_same_click_twice_is_no_error(packed):
    assert press_pack(packed, " 米 2kg ").status_code == 302
    assert Parcel.objects.count() == 1


def test_other_contents_from_the_same_account_are_not_said_to_be_recorded_and_not_lost(packed):
    page = press_pack(packed, "パン、缶詰")
    assert page.status_code == 409
    assert "箱づめを記録しました" not in text(page)
    assert "書いていた内容" in text(page)
    assert "パン、缶詰" in text(page)
    assert Parcel.objects.get().contents == "米 2kg"


@pytest.mark.parametrize(("note", "status"), [("町外の方", 302), ("ちがうひとこと", 409)])
def test_an_answer_given_twice_counts_once_and_other_words_are_asked_about(client, note, status):
    centre = referrals.portal_centre()
    counsellor = members.counsellor(centre)
    sent = referrals.handed_off(centre, to=ReferralStatus.VIEWED)
    client.force_login(counsellor)
    address = reverse("portal:answer", args=[sent.public_id])
    typed = {"answer": "decline", "seen": sent.version, "reason": "other"}
    assert client.post(address, {**typed, "note": "町外の方"}).status_code == 302
    page = client.post(address, {**typed, "note": note})
    assert page.status_code == status
    assert status == 302 or note in page.content.decode()
    assert Referral.objects.get(pk=sent.pk).history.filter(to_status="declined").count() == 1


def test_a_form_sent_back_for_a_missing_answer_tells_what_another_did_meanwhile():
    place = town()
    found = case(status="in_review", by=place.caseworker)
    address, before = reverse("desk:case_move", args=[found.public_id]), found.version
    client, other = signed_in(place.caseworker), signed_in(members.caseworker(place.desk, "担当 二郎"))
    assert other.post(address, {"move": "approve", "seen": before}).status_code == 302
    asked = client.post(address, {"move": "end", "seen": before, "end": "", "note": "本人と話した"})
    assert asked.status_code == 409
    assert "担当 二郎が" in text(asked)
    assert "is-invalid" in text(asked)
    assert "本人と話した" in text(asked)
    form = next(form for form in read(text(asked))[0] if "end" in form.names)
    assert client.post(address, {**form.values, "move": "end", "end": "declined.no_stock"}).status_code == 302
