"""The person's own page: where it stands, what it shows to whom, in which language."""

import re

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from foundation import access, clock
from foundation.identifiers import new_secret
from foundation.models import AccessRecord
from outreach.models import Application, ApplicationAddendum
from referrals.desk import casework, corrections, parcel_corrections, parcels
from referrals.handoff import consents
from referrals.reasons import EndReason
from referrals.states import CaseStatus
from tests.factories import members, referrals
from tests.factories.cases import advance, fresh
from tests.referrals.person.private import NAME, hand_in, open_text_of, page_of, text_of, withdraw_of

C = CaseStatus
pytestmark = pytest.mark.django_db


def test_the_page_says_where_it_stands_the_number_and_whom_to_call(client):
    case, secret = hand_in()
    shown = text_of(client.get(page_of(secret)))
    assert "申込みを受けとりました" in shown
    assert case.application.receipt_number in shown
    assert "tel:0110000001" in shown


def test_a_box_that_came_back_is_told_until_it_is_decided_what_becomes_of_it(client):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)
    found = advance(case, "sent", by=worker)
    parcel = found.parcels.get()
    parcel.case = found
    parcels.take_back(parcel=parcel, by=worker, seen=found.version, reason="nobody_there")
    shown = open_text_of(client.get(page_of(secret)))
    assert "フードバンクに戻ってきました" in shown
    assert "食べものを送ることが決まりました" not in shown
    with access.scope(actor="test", purpose="test"):
        parcels.send_again(parcel=parcel, found_out="たしかめた", by=worker, seen=found.version)
    assert "食べものを送ることが決まりました" in open_text_of(client.get(page_of(secret)))


def test_of_a_number_that_was_put_right_the_person_reads_the_right_one(client):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)
    found = advance(case, "sent", by=worker)
    parcel = found.parcels.get()
    parcel.case = found
    assert "1234-5678-9012" in open_text_of(client.get(page_of(secret)))
    now = {"tracking_number": "9999-0000-1111", "weight_grams": None, "contents": "米"}
    with access.scope(actor="test", purpose="test"):
        parcel_corrections.correct(parcel=parcel, now=now, why="控えを見た", by=worker, seen=parcel.version)
    shown = open_text_of(client.get(page_of(secret)))
    assert "9999-0000-1111" in shown
    assert "1234-5678-9012" not in shown


@pytest.mark.parametrize("receive_by", ["depot", "window"])
def test_whoever_picks_it_up_is_told_where_and_when_and_to_wait_for_no_courier(client, receive_by):
    case, secret = hand_in(receive_by=receive_by, postcode="", address="")
    worker = members.caseworker(case.desk)
    assert "営業所や窓口は、まだ決まっていません" in open_text_of(client.get(page_of(secret)))
    where = {"pickup_name": "見本運輸 中央営業所", "pickup_address": "見本町5", "pickup_hours": "平日 9時〜18時"}
    with access.scope(actor="test", purpose="test"):
        found = fresh(case)
        now = corrections.stands(found) | where
        corrections.correct(case=found, now=now, why="本人に聞いた", by=worker, seen=0)
        advance(case, "sent", by=worker)
    shown = open_text_of(client.get(page_of(secret)))
    for words in where.values():
        assert words in shown
    assert "受けとりに行ってください" in shown
    assert "宅配便では" not in shown


def test_each_step_changes_the_words(client):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)

    def words():
        return open_text_of(client.get(page_of(secret)))

    casework.start_review(case=case, by=worker, seen=case.version)
    assert "担当者が申込みを読んでいます" in words()
    casework.approve(case=case, by=worker, seen=case.version)
    assert "送ることが決まりました" in words()
    parcel = parcels.pack(case=case, contents="米", by=worker, seen=case.version)
    assert "箱につめました" in words()
    parcels.send(parcel=parcel, by=worker, seen=case.version, tracking_number="1234-5678")
    assert "食べものを送りました" in words()
    assert "1234-5678" in words()
    parcels.deliver(parcel=parcel, by=worker, seen=parcel.case.version)
    assert "届けました" in words()


def test_what_was_put_right_is_said_by_name_and_day_and_not_what_it_says(client, reading):
    case, secret = hand_in(reach_by=["phone"])
    assert "直しました" not in text_of(client.get(page_of(secret)))
    now = corrections.stands(case) | {"address": "北2条東2-2", "phone": "+819087654321", "passphrase": "りんご"}
    by = members.caseworker(case.desk)
    corrections.correct(case=case, now=now, why="ひみつのわけ", by=by, seen=0)
    shown = text_of(client.get(page_of(secret)))
    assert f"うかがって直しました：住所、電話番号、合言葉（{date_format(clock.today(), 'DATE_FORMAT')}）" in shown
    for word in ("北2条東2-2", "8765-4321", "りんご", "ひみつのわけ"):
        assert word not in shown


def test_who_applied_for_somebody_does_not_see_what_that_person_had_put_right(client, reading):
    case, secret = hand_in(applying_for="other", helper_name="手伝う 人", helper_phone="+819033334444")
    now = corrections.stands(case) | {"address": "北2条東2-2"}
    corrections.correct(case=case, now=now, why="電話で", by=members.caseworker(case.desk), seen=0)
    assert "直しました" not in text_of(client.get(page_of(secret)))


def test_a_declined_application_shows_other_windows(client, centre):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)
    casework.end(case=case, to=C.DECLINED, reason=EndReason.NO_STOCK, by=worker, seen=case.version)
    shown = text_of(client.get(page_of(secret)))
    assert "今回は送れません。ほかの窓口はこちらです。" in shown
    assert centre.name in shown
    assert "0120-279-338" in shown
    assert reverse("outreach:front") in shown
    assert "食品が足りない" not in shown


def test_an_end_as_duplicate_tells_nobody_that_the_person_is_known(client):
    case, secret = hand_in()
    worker = members.caseworker(case.desk)
    casework.end(case=case, to=C.DUPLICATE, reason=EndReason.SAME_APPLICATION, by=worker, seen=case.version)
    shown = text_of(client.get(page_of(secret)))
    assert "この申込みは終わりました" in shown
    assert "重複" not in shown
    assert "同じ申込み" not in shown


@pytest.mark.parametrize("end", [C.DECLINED, C.WITHDRAWN, C.DUPLICATE])
def test_after_an_end_without_a_parcel_no_page_promises_food(client, centre, end):
    reason = {
        C.DECLINED: EndReason.NO_STOCK, C.WITHDRAWN: EndReason.NOT_NEEDED, C.DUPLICATE: EndReason.SAME_APPLICATION,
    }[end]  # fmt: skip
    case, secret = hand_in(consenting=centre)
    addresses = [page_of(secret), withdraw_of(secret), reverse("person:addendum", args=[secret])]
    assert all("食べものが届くかどうかは変わりません" in text_of(client.get(address)) for address in addresses)
    worker = members.caseworker(case.desk)
    casework.end(case=case, to=end, reason=reason, by=worker, seen=case.version, without_hand_off=True)
    assert not any("食べものが届くかどうかは変わりません" in text_of(client.get(address)) for address in addresses)


def test_once_the_box_has_arrived_no_page_promises_one_or_says_whom_to_call_until_it_comes(client, centre):
    case, secret = hand_in(consenting=centre, food_days="none")
    worker = members.caseworker(case.desk)
    addresses = [page_of(secret), withdraw_of(secret), reverse("person:addendum", args=[secret])]
    casework.approve(case=case, by=worker, seen=case.version)
    parcel = parcels.pack(case=case, contents="米", by=worker, seen=case.version)
    parcels.send(parcel=parcel, by=worker, seen=case.version, tracking_number="1234-5678")
    assert all("食べものが届くかどうかは変わりません" in text_of(client.get(address)) for address in addresses)
    assert "届くまでに、食べるものがなくなりそうなとき" in text_of(client.get(page_of(secret)))
    parcels.deliver(parcel=parcel, by=worker, seen=parcel.case.version)
    assert not any("食べものが届くかどうかは変わりません" in text_of(client.get(address)) for address in addresses)
    assert "届くまでに、食べるものがなくなりそうなとき" not in text_of(client.get(page_of(secret)))
    assert "1234-5678" not in text_of(client.get(page_of(secret)))


def test_what_was_stated_is_folded_away(client):
    _case, secret = hand_in()
    response = client.get(page_of(secret))
    assert NAME in text_of(response)
    for stated in (NAME, "めじるし", "090-1111-2222", "目印町"):
        assert stated not in open_text_of(response)


def test_what_was_said_of_a_supporter_can_be_read_again(client):
    said = {"helper_name": "支える 太郎", "helper_relation": "民生委員", "helper_phone": "+819033334444"}
    _case, secret = hand_in(reach_by=["supporter"], **said)
    shown = text_of(client.get(page_of(secret)))
    for words in ("支える 太郎", "民生委員", "090-3333-4444"):
        assert words in shown


def test_folded_parts_are_not_printed(client):
    _case, secret = hand_in()
    assert '<details class="no-print">' in text_of(client.get(page_of(secret)))


def test_reading_ones_own_page_leaves_a_record_without_a_member(client):
    case, secret = hand_in()
    client.get(page_of(secret))
    record = AccessRecord.objects.get(purpose="person:page")
    assert record.actor == "visitor"
    assert record.member_id is None
    assert record.keys == [case.person.data_key.public_id]


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("page", "get"), ("withdraw_consent", "get"), ("withdraw_consent", "post"),
        ("addendum", "get"), ("addendum", "post"),
    ],
)  # fmt: skip
def test_an_unknown_secret_gets_a_kind_page_that_tells_nothing(client, name, method):
    case, secret = hand_in()
    digest = case.application.page_secret_digest
    for guess in (new_secret(), secret[:-1], secret.swapcase(), digest, case.application.receipt_number, "x"):
        response = getattr(client, method)(reverse(f"person:{name}", args=[guess]))
        assert response.status_code == 404
        assert "このアドレスのページは見つかりません" in text_of(response)
        assert NAME not in text_of(response)
    assert not AccessRecord.objects.filter(purpose__startswith="person:").exists()


@pytest.mark.parametrize("name", ["page", "withdraw_consent", "addendum"])
def test_no_cache_no_referrer_no_robots(client, centre, name):
    _case, secret = hand_in(consenting=centre)
    response = client.get(reverse(f"person:{name}", args=[secret]))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_only_the_digest_of_the_secret_is_stored(client):
    case, secret = hand_in()
    columns = [f.attname for f in Application._meta.concrete_fields]
    assert secret not in str(Application.objects.values_list(*columns).get(pk=case.application.pk))


def test_the_page_makes_no_session(client):
    _case, secret = hand_in()
    client.get(page_of(secret))
    assert "sessionid" not in client.cookies


def test_looking_withdraws_nothing(client, centre):
    case, secret = hand_in(consenting=centre)
    client.get(withdraw_of(secret))
    client.head(withdraw_of(secret))
    assert case.person.consents.live().count() == 2


def test_what_is_being_added_is_still_there_in_english_and_nothing_was_added_yet(client):
    _case, secret = hand_in()
    typed = {"own_words": "眠れない日が\r\nつづいています", "interpreter": "手話", "public_assistance": "applying"}
    response = client.post(reverse("person:addendum", args=[secret]), {**typed, "language": "en"}, follow=True)
    shown = text_of(response)
    assert 'lang="en"' in shown
    assert "眠れない日が\r\nつづいています" in shown
    assert 'value="手話"' in shown
    assert re.search(r'value="applying"[^>]*checked', shown)
    assert not ApplicationAddendum.objects.exists()
    assert 'lang="en"' in text_of(client.get(page_of(secret)))


def test_in_english_whoever_writes_is_spoken_to_and_the_desk_reads_about_them(client):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    assert "What you would like to talk about" in text_of(client.get(address, headers={"accept-language": "en"}))
    client.post(address, {"own_words": "眠れない"})
    client.force_login(members.caseworker(case.desk))
    page = client.get(reverse("desk:case", args=[case.public_id]), headers={"accept-language": "en"})
    assert "What they would like to talk about" in text_of(page)


def test_an_empty_addition_is_not_called_wrong_by_the_switch(client):
    _case, secret = hand_in()
    shown = text_of(
        client.post(reverse("person:addendum", args=[secret]), {"own_words": "", "language": "en"}, follow=True)
    )
    assert "error-summary" not in shown


def test_the_switch_withdraws_nothing_and_keeps_what_was_chosen(client, centre):
    case, secret = hand_in(consenting=centre)
    second = referrals.portal_centre("011002", name="もう一つの相談窓口")
    worker = members.caseworker(case.desk)
    consents.record_consent(
        case=case, recipient=second, fields=["name", "reach", "phone"], hear_result=True, channel="telephone", by=worker
    )
    live = case.person.consents.live().count()
    shown = text_of(client.post(withdraw_of(secret), {"centre": second.public_id, "language": "en"}, follow=True))
    assert re.search(rf'value="{second.public_id}"[^>]*checked', shown)
    assert case.person.consents.live().count() == live


@pytest.mark.parametrize("name", ["withdraw_consent", "addendum"])
def test_the_switch_is_a_button_of_the_form_itself(client, centre, name):
    _case, secret = hand_in(consenting=centre)
    shown = text_of(client.get(reverse(f"person:{name}", args=[secret])))
    form = re.search(r'<form class="form" id="([a-z]+)"', shown)[1]
    assert re.search(rf'<button[^>]*form="{form}" name="language" value="en"', shown)
