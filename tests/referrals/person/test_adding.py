"""The person's own page: adding something afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation import access, clock
from outreach.models import ApplicationAddendum
from referrals.states import ReferralStatus
from tests.factories import members
from tests.referrals.person.private import hand_in, page_of, refer, text_of, withdraw_of

S = ReferralStatus
pytestmark = pytest.mark.django_db


def test_what_is_added_is_kept_encrypted_beside_the_application(client, reading):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    data = {"own_words": "眠れない日がつづいています", "interpreter": "手話", "public_assistance": "no"}
    response = client.post(address, data, follow=True)
    assert "受けとりました" in text_of(response)
    added = ApplicationAddendum.objects.get(application=case.application)
    assert (added.own_words, added.interpreter, added.public_assistance) == tuple(data.values())


def test_adding_twice_by_a_double_click_is_kept_once(client):
    _case, secret = hand_in()
    for _ in range(2):
        client.post(reverse("person:addendum", args=[secret]), {"own_words": "同じことば"})
    assert ApplicationAddendum.objects.count() == 1


def test_what_was_added_can_be_read_again(client):
    _case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    client.post(address, {"own_words": "眠れない日がつづいています", "interpreter": "手話", "public_assistance": "no"})
    client.post(address, {"own_words": "家賃のことも"})
    page = text_of(client.get(page_of(secret)))
    for words in ("眠れない日がつづいています", "手話", "受けていない", "家賃のことも"):
        assert words in page
    assert page.index("家賃のことも") < page.index("眠れない日がつづいています")


def test_what_was_agreed_to_and_taken_back_stays_readable(client, centre):
    _case, secret = hand_in(consenting=centre)
    client.post(withdraw_of(secret), {"centre": centre.public_id})
    page = text_of(client.get(page_of(secret)))
    said = page[page.index("同意したこと・とりやめたこと") :]
    agreed, withdrawn = f"{centre.name}に伝えることに同意しました", f"{centre.name}に伝える同意をとりやめました"
    assert said.index(withdrawn) < said.index(agreed)
    assert "住所" in said


def test_adding_nothing_is_understood(client):
    _case, secret = hand_in()
    response = client.post(reverse("person:addendum", args=[secret]), {"own_words": "  "}, follow=True)
    assert "まだ何も書かれていません" in text_of(response)
    assert not ApplicationAddendum.objects.exists()


def test_too_much_text_is_kept_on_the_page_with_what_fits_and_how_long_it_is(client):
    _case, secret = hand_in()
    words = "あ" * 4001
    response = client.post(reverse("person:addendum", args=[secret]), {"own_words": words}, follow=True)
    assert words in text_of(response)
    assert "4000文字まで" in text_of(response)
    assert "いま4001文字" in text_of(response)
    assert not ApplicationAddendum.objects.exists()


def test_lines_are_counted_as_whoever_writes_them_sees_them(client):
    _case, secret = hand_in()
    words = "\r\n".join(["あ"] * 2000) + "い"
    client.post(reverse("person:addendum", args=[secret]), {"own_words": words})
    with access.scope(actor="test", purpose="looking"):
        assert len(ApplicationAddendum.objects.get().own_words) == 4000


def test_what_was_added_reaches_no_centre(client, centre):
    case, secret = hand_in(consenting=centre)
    client.post(reverse("person:addendum", args=[secret]), {"own_words": "だれにも言わないで"})
    referral = refer(case, centre, to=S.VIEWED)
    client.force_login(members.counsellor(centre))
    assert "だれにも言わないで" not in text_of(client.get(reverse("portal:packet", args=[referral.public_id])))


def test_nothing_can_be_changed_without_post(client, centre):
    _case, secret = hand_in(consenting=centre)
    assert client.post(page_of(secret), {"centre": centre.public_id}).status_code == 302
    assert _case.person.consents.live().exists()
    for name in ("withdraw_consent", "addendum"):
        assert client.put(reverse(f"person:{name}", args=[secret])).status_code == 405


def test_the_page_works_long_after_and_in_english(client, centre):
    case, secret = hand_in(consenting=centre)
    refer(case, centre, to=S.CLOSED)
    with clock.at(clock.now() + timedelta(days=400)):
        response = client.get(page_of(secret), headers={"accept-language": "en"})
    assert response.status_code == 200
    assert 'lang="en"' in text_of(response)


def test_after_ten_in_a_day_the_next_is_refused_kindly_and_stays_on_the_page(client):
    _case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    for number in range(10):
        client.post(address, {"own_words": f"{number}つめ"})
    refused = text_of(client.post(address, {"own_words": "十一こめの言葉"}, follow=True))
    assert "1日に10回まで" in refused
    assert "十一こめの言葉" in refused
    assert ApplicationAddendum.objects.count() == 10
    with clock.at(clock.now() + timedelta(hours=25)):
        client.post(address, {"own_words": "十一こめの言葉"})
    assert ApplicationAddendum.objects.count() == 11


def test_one_application_s_many_words_shut_nobody_else_out(client):
    _case, secret = hand_in()
    for number in range(11):
        client.post(reverse("person:addendum", args=[secret]), {"own_words": f"{number}つめ"})
    _other, second = hand_in(name="別人 見本")
    client.post(reverse("person:addendum", args=[second]), {"own_words": "はじめての言葉"})
    assert ApplicationAddendum.objects.count() == 11
