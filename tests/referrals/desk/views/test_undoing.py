"""Taking back, on a case's page, what was pressed in error: every end, a decision, a parcel's step."""

import pytest
from django.urls import reverse

from referrals.desk import case_file, parcels
from referrals.models import Case, Parcel
from tests.factories.cases import case, fresh, referral, town
from tests.factories.members import caseworker, packer
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
BACK = {
    "approved": ("undo_approval", "in_review"),
    "sent": ("undo_sending", "packed"),
    "delivered": ("undo_delivery", "sent"),
    "closed": ("undo_end", "delivered"),
    "declined": ("undo_end", "received"),
    "withdrawn": ("undo_end", "received"),
    "duplicate": ("undo_end", "in_review"),
}


@pytest.fixture
def place(reading):
    return town()


def pressed(client, found, why="電話で、まだだときいた"):
    """Fill in the form on the case's page and send it."""
    page = text(client.get(reverse("desk:case", args=[found.public_id])))
    form = next(form for form in read(page)[0] if "why" in form.names)
    return client.post(reverse("desk:case_move", args=[found.public_id]), {**form.values, "why": why})


@pytest.mark.parametrize("status", BACK)
def test_a_button_takes_it_back_with_its_reason_on_the_timeline(place, status):
    found, client = case(status=status, by=place.caseworker), signed_in(place.caseworker)
    assert pressed(client, found).status_code == 302
    assert Case.objects.get(pk=found.pk).status == BACK[status][1]
    told = case_file.of(fresh(found)).timeline
    assert any("をとりけして" in str(entry.text) for entry in told)
    assert any(entry.note == "電話で、まだだときいた" for entry in told)


def test_the_parcel_is_on_its_way_again_and_may_arrive_or_come_back(place):
    found = case(status="delivered", by=place.caseworker)
    pressed(signed_in(place.caseworker), found)
    assert Parcel.objects.get(case=found).status == "sent"
    page = text(signed_in(packer(place.desk)).get(reverse("desk:parcel", args=[found.public_id])))
    assert "戻ってきた" in page
    assert [str(entry.text) for entry in case_file.of(fresh(found)).timeline].count("荷物が届きました") == 1


def came_back(place):
    found = case(status="sent", by=place.caseworker)
    parcels.take_back(parcel=found.parcels.get(), by=place.caseworker, seen=found.version, reason="nobody_there")
    return fresh(found)


def test_a_return_that_was_none_is_offered_first_and_the_parcel_is_on_its_way_again(place):
    found = came_back(place)
    shown = text(signed_in(packer(place.desk)).get(reverse("desk:parcel", args=[found.public_id])))
    assert "前の箱が戻ってきています" in shown
    desk = signed_in(place.caseworker)
    assert "荷物が戻ってきました。どうするかが決まるまで" in text(
        desk.get(reverse("desk:case", args=[found.public_id]))
    )
    assert pressed(desk, found).status_code == 302
    assert Parcel.objects.get(case=found).status == "sent"
    assert any("「戻ってきた」をとりけして" in str(entry.text) for entry in case_file.of(fresh(found)).timeline)


def test_of_two_things_to_take_back_the_refused_one_keeps_its_words(place):
    found, client = came_back(place), signed_in(place.caseworker)
    address, kept = reverse("desk:case_move", args=[found.public_id]), "となりの方に届いた"
    refused = client.post(address, {"move": "undo_return", "seen": found.version - 1, "why": kept})
    assert refused.status_code == 409
    assert text(refused).count(kept) == 1
    asked = text(client.post(address, {"move": "undo_approval", "seen": found.version, "why": ""}))
    assert asked.count("is-invalid") == 1


def test_the_number_of_a_sending_that_was_taken_back_need_not_be_typed_again(place):
    found = case(status="sent", by=place.caseworker)
    pressed(signed_in(place.caseworker), found)
    page = text(signed_in(packer(place.desk)).get(reverse("desk:parcel", args=[found.public_id])))
    assert 'value="1234-5678-9012"' in page


@pytest.mark.parametrize("status", BACK)
def test_a_double_click_is_no_error(place, status):
    found, client = case(status=status, by=place.caseworker), signed_in(place.caseworker)
    sent = {"move": BACK[status][0], "seen": found.version, "why": "まちがえた"}
    address = reverse("desk:case_move", args=[found.public_id])
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Case.objects.get(pk=found.pk).notes.count() == 1


def test_a_live_referral_is_said_to_stand_in_the_way_of_some_ends(place):
    found = referral(place).case
    shown = text(signed_in(place.caseworker).get(reverse("desk:case", args=[found.public_id])))
    assert "「つなぎは続ける」に印をつけてください" in shown
    assert "先に、同意の撤回を記録してください" in shown
    other = text(signed_in(place.caseworker).get(reverse("desk:case", args=[case().public_id])))
    assert "つなぎが続いています" not in other


@pytest.mark.parametrize("status", BACK)
def test_without_a_reason_nothing_is_taken_back(place, status):
    found = case(status=status, by=place.caseworker)
    assert "とりけす理由を書いてください" in text(pressed(signed_in(place.caseworker), found, why=""))
    assert Case.objects.get(pk=found.pk).status == status


@pytest.mark.parametrize("status", BACK)
def test_the_second_of_two_is_told_and_keeps_their_words(place, status):
    found, move = case(status=status, by=place.caseworker), BACK[status][0]
    pressed(signed_in(caseworker(place.desk, "先野 さき")), found)
    sent = {"move": move, "seen": found.version, "why": "べつの理由"}
    refused = signed_in(place.caseworker).post(reverse("desk:case_move", args=[found.public_id]), sent)
    assert refused.status_code == 409
    assert "先野 さきが" in text(refused)
    assert "べつの理由" in text(refused)


@pytest.mark.parametrize("status", ["received", "in_review", "packed"])
def test_where_there_is_nothing_to_take_back_there_is_no_button(place, status):
    found = case(status=status, by=place.caseworker)
    page = text(signed_in(place.caseworker).get(reverse("desk:case", args=[found.public_id])))
    assert 'name="why"' not in page


def test_packers_take_nothing_back(place):
    found = case(status="delivered", by=place.caseworker)
    sent = {"move": "undo_delivery", "seen": found.version, "why": "x"}
    refused = signed_in(packer(place.desk)).post(reverse("desk:case_move", args=[found.public_id]), sent)
    assert refused.status_code == 404
