"""How and when it is safe to reach somebody is put right like a number, and whoever would call learns of it."""

import pytest
from django.urls import reverse

from foundation.errors import DomainError
from referrals.desk import case_file, corrections
from referrals.handoff import packet, sending
from referrals.models import PersonCorrection
from referrals.models.referral import Way
from tests.factories.cases import ALL_FIELDS, advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker, packer
from tests.forms import read
from tests.referrals.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

STATED = {
    "reach_by": ["phone"],
    "phone": "+819012345678",
    "email": "",
    "safe_times": "夜7時すぎ",
    "address": "南1条西1-1",
}


@pytest.fixture
def place():
    return town()


@pytest.fixture
def found(place, reading):
    return case(**STATED)


def address_of(found):
    return reverse("desk:case_correct", args=[found.public_id])


def typed(client, found):
    return next(form for form in read(text(client.get(address_of(found))))[0] if "why" in form.names).values


def correct(found, by, **now):
    found = fresh(found)
    corrections.correct(
        case=found, now=corrections.stands(found) | now, why="電話で", by=by, seen=corrections.length(found)
    )
    return fresh(found)


def told(found, keys=ALL_FIELDS):
    rows = packet.disclosable.rows(packet.current_statement(fresh(found)), keys)
    return {row.key: row.value for row in rows}


def test_who_must_not_be_called_at_night_any_more_is_told_so_everywhere(place, found):
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"safe_times": "平日の昼だけ。夜は電話しない", "why": "相手が帰ってきた"}
    assert client.post(address_of(found), sent).status_code == 302
    assert "平日の昼だけ。夜は電話しない" in told(found)["reach"]
    page = text(client.get(reverse("desk:case", args=[found.public_id])))
    assert "平日の昼だけ。夜は電話しない" in page
    assert "連絡してよい時間：夜7時すぎ → 平日の昼だけ。夜は電話しない" in page
    assert fresh(found).application.safe_times == "夜7時すぎ", "what was stated stays"


def test_another_way_takes_the_place_of_the_telephone_in_the_packet_and_on_the_pages(place, found):
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"reach_by": ["email"], "email": "hanako@example.org", "why": "電話は見られる"}
    assert client.post(address_of(found), sent).status_code == 302
    assert "phone" not in told(found), "the number of a way that is none any more is told to nobody"
    assert (told(found)["reach"].split("／")[0], told(found)["email"]) == ("メール", "hanako@example.org")
    page = text(client.get(reverse("desk:case", args=[found.public_id])))
    assert "連絡方法：電話 → メール" in page
    assert "かけないでください" in page
    assert 'href="tel:+819012345678"' not in page


def test_the_courier_is_given_no_number_that_must_not_be_rung(place, found):
    correct(found, place.caseworker, reach_by=["email"], email="hanako@example.org")
    advance(found, "approved")
    page = text(signed_in(packer(place.desk)).get(reverse("desk:parcel", args=[found.public_id])))
    assert "090-1234-5678" not in page
    assert "送り状に番号を書かないでください" in page


def test_whoever_cannot_telephone_any_more_is_shown_as_such(place, found):
    now = correct(found, place.caseworker, cannot_telephone=True, reach_by=["letter"])
    assert "電話は使えません" in told(now)["reach"]
    page = text(signed_in(place.caseworker).get(reverse("desk:case", args=[found.public_id])))
    assert "電話をかけずに" in page
    assert "電話は使えません：いいえ → はい" in page


def test_language_word_and_helper_are_put_right(place, reading):
    said = {"helper_name": "支える 太郎", "helper_relation": "友人", "helper_phone": "+819011112222"}
    found = case(reach_by=["supporter"], **said)
    now = correct(found, place.caseworker, helper_phone="+819033334444", spoken="手話", passphrase="りんご")
    assert "090-3333-4444" in told(now)["helper"]
    assert "手話" in told(now)["reach"]
    shown = case_file.of(now)
    assert (shown.helper["phone"], shown.helper["name"]) == ("+819033334444", "支える 太郎")
    assert (shown.spoken, shown.passphrase) == ("手話", "りんご")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"phone": ""}, "連絡方法の「電話」に要ります"),
        ({"reach_by": []}, "連絡方法をえらんでください"),
        ({"reach_by": ["email"]}, "連絡方法の「メール」に要ります"),
        ({"reach_by": ["none"]}, "要ります"),
        ({"cannot_telephone": True}, "両方がえらばれています"),
    ],
)
def test_nobody_is_left_without_a_way_to_be_reached(place, found, now, words):
    with pytest.raises(DomainError, match=words):
        correct(found, place.caseworker, **now)
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"why": "電話で"} | {k: ["on"] if v is True else v for k, v in now.items()}
    assert words in text(client.post(address_of(found), sent))
    assert not PersonCorrection.objects.exists()


def test_what_was_missing_before_keeps_nobody_from_correcting_something_else(place, reading):
    found = case(reach_by=["email"], email="", phone="")
    assert correct(found, place.caseworker, name="見本 次郎").person.name == "見本 次郎"


def test_a_packet_by_which_the_centre_cannot_call_is_not_sent(place, found):
    consent(found, place.centre, by=place.caseworker, fields=["name", "reach", "phone"])
    correct(found, place.caseworker, reach_by=["email"], email="hanako@example.org")
    with pytest.raises(DomainError, match="「メール」も伝えてよいか"):
        send(found, place)
    correct(found, place.caseworker, reach_by=["none"], passphrase="りんご")
    with pytest.raises(DomainError, match="連絡する方法がない"):
        send(found, place)
    correct(found, place.caseworker, reach_by=["phone"])
    assert send(found, place).packet.fields == ["name", "phone", "reach"]


def send(found, place):
    now = fresh(found)
    return sending.send(case=now, centre=place.centre, way=Way.TELEPHONE, by=place.caseworker, seen=now.version)


def test_who_was_handed_on_already_is_named_with_the_number_of_the_centre(place, reading):
    found = referral(place).case
    client = signed_in(place.caseworker)
    sent = typed(client, found) | {"safe_times": "平日の昼だけ", "why": "電話で"}
    page = text(client.post(address_of(found), sent, follow=True))
    assert "見本の相談窓口（011-000-0002）へのつなぎが続いています" in page
    assert "直したところ（連絡のしかた）を伝えてください" in page


def test_nobody_is_asked_to_tell_a_centre_more_than_the_consent_covers(place, reading):
    found = referral(place).case
    assert not corrections.to_be_told(correct(found, place.caseworker, passphrase="りんご"))


def test_the_sheet_says_that_it_was_made_before_the_correction(place, reading):
    sent = referral(place)
    client = signed_in(place.caseworker)
    sheet = reverse("desk:referral_sheet", args=[sent.public_id])
    assert "送り主が直したところがあります" not in text(client.get(sheet))
    correct(sent.case, place.caseworker, safe_times="平日の昼だけ", passphrase="りんご")
    page = text(client.get(sheet))
    assert "送り主が直したところがあります：連絡のしかた。" in page
    assert "平日の昼だけ" not in page, "what was told stays as it was frozen"
    assert "連絡の前に、送り主に電話してください" in page


def test_no_paper_shows_a_number_or_a_time_that_was_taken_back(place, reading):
    sent = referral(place, **STATED)
    client = signed_in(place.caseworker)
    sheet = reverse("desk:referral_sheet", args=[sent.public_id])
    for old in ("090-1234-5678", "夜7時すぎ"):
        assert old in text(client.get(sheet))
    correct(sent.case, place.caseworker, reach_by=["letter"])
    page = text(client.get(sheet))
    for old in ("090-1234-5678", "夜7時すぎ"):
        assert old not in page
    assert "送り主が直しました。電話でたしかめてください。" in page
    assert "南1条西1-1" in page


def test_the_second_of_two_keeps_the_ways_that_the_first_put_right(place, found):
    first, second = signed_in(caseworker(place.desk, "先野 さき")), signed_in(place.caseworker)
    stale = typed(second, found) | {"address": "北2条東2-2", "why": "電話できいた"}
    ways = {"reach_by": ["letter", "sms"], "cannot_telephone": ["on"]}
    first.post(address_of(found), typed(first, found) | ways | {"why": "手紙できいた"})
    refused = second.post(address_of(found), stale)
    assert refused.status_code == 409
    again = next(form for form in read(text(refused))[0] if "why" in form.names).values
    assert second.post(address_of(found), again).status_code == 302
    now = fresh(found)
    assert (set(now.known("reach_by")), now.cannot_telephone) == ({"letter", "sms"}, True)
    assert now.person.address == "北2条東2-2"


@pytest.mark.parametrize(
    ("status", "words"),
    [("packed", "送り状のあて先を"), ("sent", "運送会社に電話して"), ("delivered", None), ("approved", None)],
)
def test_a_box_that_is_packed_or_under_way_is_told_of_a_new_address(place, found, status, words):
    advance(found, status, by=place.caseworker)
    now = correct(found, place.caseworker, address="北2条東2-2")
    told_of = [str(one) for one in corrections.to_be_told(now)]
    assert (words in told_of[0]) if words else not told_of
    if status == "sent":
        assert now.parcels.get().tracking_number in told_of[0]
    assert not corrections.to_be_told(correct(found, place.caseworker, safe_times="昼")), "no label holds that"


def test_the_form_asks_in_the_language_of_the_member(place, found):
    client = signed_in(place.caseworker)
    client.cookies["django_language"] = "en"
    page = text(client.get(address_of(found)))
    assert "Cannot use the phone" in page
    assert "電話は使えません" not in page
