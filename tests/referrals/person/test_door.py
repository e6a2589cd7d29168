"""The door of a private page: what an address from the browser's history shows, and what it takes to see the rest."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from foundation import access, clock
from foundation.models import AccessRecord
from outreach.application import page_secrets
from outreach.models import ApplicationAddendum
from referrals.person import door
from tests.factories.applications import desk_in
from tests.outreach.application.filling import Filling, text_of
from tests.private_pages import let_in
from tests.referrals.person.private import NAME, STATED, hand_in, page_of, withdraw_of

pytestmark = pytest.mark.django_db
PERSONAL = (NAME, STATED["kana"], STATED["phone"].removeprefix("+81"), "11112222", STATED["address"])


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def client():
    """A browser that knows the address and nothing else."""
    return Client()


def knock(client, secret, number, **typed):
    """Give a number; where it doesn't open the page, what comes is the door that opens anew."""
    response = client.post(page_of(secret), {"number": number, **typed})
    again = client.get(page_of(secret)) if response.status_code == 302 else response
    return again if shows_the_door(again) else response


def addresses(secret):
    return [reverse(f"person:{name}", args=[secret]) for name in ("page", "withdraw_consent", "addendum")]


def shows_the_door(response) -> bool:
    return "受付番号を入れると見られます" in text_of(response)


def test_the_address_alone_shows_the_standing_and_nothing_about_anybody(client, centre):
    case, secret = hand_in(consenting=centre)
    for address in addresses(secret):
        response = client.get(address)
        assert response.status_code == 200
        assert shows_the_door(response)
        assert "申込みを受けとりました" in text_of(response)
        assert case.desk.name in text_of(response)
        for told in (*PERSONAL, case.application.receipt_number, centre.name):
            assert told not in response.content.decode(), address
    assert not AccessRecord.objects.filter(actor="visitor", purpose="person:page").exists(), "nothing was opened"


@pytest.mark.parametrize(
    "written", [str, str.lower, lambda number: number.replace("-", " "), lambda number: f"　{number}　"]
)
def test_the_receipt_number_opens_it_however_it_is_written(client, written):
    case, secret = hand_in()
    response = knock(client, secret, written(case.application.receipt_number))
    assert (response.status_code, response.url) == (302, page_of(secret))
    assert NAME in text_of(client.get(page_of(secret)))
    assert client.get(addresses(secret)[2]).status_code == 200


@pytest.mark.parametrize(("number", "why"), [("", "受付番号を書いて"), ("ABC", "番号として読めません")])
def test_what_is_wrong_with_a_number_is_said_and_it_stays(client, number, why):
    _case, secret = hand_in()
    response = knock(client, secret, number)
    assert why in text_of(response)
    assert f'value="{number}"' in response.content.decode() or not number
    assert NAME not in text_of(response)


def test_the_number_of_another_application_opens_nothing(client):
    _case, secret = hand_in()
    other, _ = hand_in(name="別人 見本")
    response = knock(client, secret, other.application.receipt_number)
    assert "このページの申込みの番号ではありません" in text_of(response)
    assert shows_the_door(client.get(page_of(secret)))


def test_one_opened_page_opens_no_other(client):
    _case, first = hand_in()
    _other, second = hand_in(name="別人 見本")
    let_in(client, first)
    assert shows_the_door(client.get(page_of(second)))


def test_leaving_closes_it_at_once_though_the_history_keeps_the_address(client):
    _case, secret = hand_in()
    let_in(client, secret)
    assert NAME in text_of(client.get(page_of(secret)))
    client.get("/leave/")
    for address in addresses(secret):
        assert shows_the_door(client.get(address))


def test_it_closes_by_itself_half_an_hour_after_the_last_look(client, monkeypatch):
    _case, secret = hand_in()
    let_in(client, secret)
    start = clock.now()
    for minutes, closed in ((25, False), (50, False), (81, True)):
        monkeypatch.setattr("django.core.signing.time.time", (start + timedelta(minutes=minutes)).timestamp)
        assert shows_the_door(client.get(page_of(secret))) == closed, minutes


def test_whoever_has_just_handed_in_needs_no_number(centre):
    desk_in()
    filling = Filling(Client())
    filling.fill_until("check")
    receipt = filling.client.get(filling.hand_in().url).content.decode()
    page = re.search(r"/my/[\w-]+/", receipt)[0]
    assert "見本 花子" in text_of(filling.client.get(page))
    filling.client.get("/leave/")
    assert shows_the_door(filling.client.get(page))


def test_words_typed_before_it_closed_are_sent_with_the_number(client):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    words = "こまって\nいます"
    response = client.post(address, {"own_words": words, "interpreter": "手話"}, follow=True)
    assert shows_the_door(response)
    assert "送ろうとしたものは残っています" in text_of(response)
    assert not ApplicationAddendum.objects.exists()
    wrong = client.post(address, {"number": "ABC", "kept": "1"}, follow=True)
    for door_now in (response, wrong):
        assert "こまって" not in door_now.content.decode(), "nobody who isn't let in reads it in the page's source"
        assert "手話" not in door_now.content.decode()
    assert "送ろうとしたものは残っています" in text_of(wrong)
    done = client.post(address, {"number": case.application.receipt_number, "kept": "1"})
    assert done.url.startswith(page_of(secret))
    added = ApplicationAddendum.objects.select_related("data_key").get()
    with access.scope(actor="test", purpose="test"):
        assert (added.own_words, added.interpreter) == (words, "手話")
    assert "own_words" not in client.get(page_of(secret)).content.decode()
    client.post(address, {"number": case.application.receipt_number})
    assert ApplicationAddendum.objects.count() == 1, "what was taken waits no more"


def test_words_that_waited_too_long_are_said_to_be_gone(client):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    client.post(address, {"own_words": "こまっています"}, follow=True)
    cache.clear()
    response = client.post(address, {"number": case.application.receipt_number, "kept": "1"}, follow=True)
    assert "もう残っていません" in text_of(response)
    assert not shows_the_door(response)
    assert not ApplicationAddendum.objects.exists()


def test_where_nothing_can_be_laid_by_the_words_stay_in_the_page(client, monkeypatch):
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    monkeypatch.setattr(door.Shelf, "_put", lambda *_put: False)
    response = client.post(address, {"own_words": "こまっています"})
    assert '<input type="hidden" name="own_words" value="こまっています">' in response.content.decode()
    client.post(address, {"own_words": "こまっています", "number": case.application.receipt_number})
    assert ApplicationAddendum.objects.count() == 1


def test_words_wait_while_no_number_is_looked_at(client, monkeypatch):
    monkeypatch.setitem(door.WRONG_TRIES, "number", "1/h/key")
    case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    client.post(address, {"own_words": "こまっています"})
    client.post(address, {"number": "AAAA-AAAA", "kept": "1"})
    stopped = client.post(address, {"number": case.application.receipt_number, "kept": "1"})
    assert stopped.status_code == 429
    assert "送ろうとしたものは残っています" in text_of(stopped)
    assert "こまっています" not in stopped.content.decode()
    monkeypatch.setitem(door.WRONG_TRIES, "number", "9/h/key")
    client.post(address, {"number": case.application.receipt_number, "kept": "1"})
    assert ApplicationAddendum.objects.count() == 1


def test_a_consent_is_not_withdrawn_by_the_address_alone(client, centre):
    case, secret = hand_in(consenting=centre)
    client.post(withdraw_of(secret), {"centre": centre.public_id})
    assert case.person.consents.live().exists()


class TestGuessing:
    def test_after_ten_wrong_numbers_no_more_are_looked_at_for_an_hour(self, client):
        case, secret = hand_in()
        for _try in range(10):
            assert knock(client, secret, "AAAA-AAAA").status_code == 200
        response = knock(client, secret, case.application.receipt_number)
        assert response.status_code == 429
        assert "しばらく止めています" in text_of(response)
        assert "電話で聞けます" in text_of(response)
        assert NAME not in text_of(response)

    def test_what_cannot_be_a_number_is_no_guess(self, client):
        case, secret = hand_in()
        for written in ("", "09012345678", "わかりません", "K7Q3") * 5:
            assert knock(client, secret, written).status_code == 200
        assert knock(client, secret, case.application.receipt_number).status_code == 302

    def test_right_numbers_are_not_counted(self, client):
        case, secret = hand_in()
        for _visit in range(12):
            assert knock(Client(), secret, case.application.receipt_number).status_code == 302

    def test_one_page_that_somebody_guesses_at_does_not_shut_another(self, client):
        _case, secret = hand_in()
        other, second = hand_in(name="別人 見本")
        for _try in range(11):
            knock(client, secret, "AAAA-AAAA")
        assert knock(client, second, other.application.receipt_number).status_code == 302

    def test_whoever_knows_the_address_shuts_nobody_out_from_elsewhere(self, client):
        case, secret = hand_in()
        for _try in range(11):
            knock(client, secret, "AAAA-AAAA")
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        assert knock(elsewhere, secret, case.application.receipt_number).status_code == 302

    def test_a_right_number_that_is_not_looked_at_is_no_wrong_try(self, client, monkeypatch):
        monkeypatch.setitem(door.WRONG_TRIES, "address", "1/h/key")
        monkeypatch.setitem(door.WRONG_TRIES, "page", "2/h/key")
        _other, second = hand_in(name="別人 見本")
        knock(client, second, "AAAA-AAAA")
        case, secret = hand_in()
        for _try in range(3):
            assert knock(client, secret, case.application.receipt_number).status_code == 429
        assert knock(Client(REMOTE_ADDR="192.0.2.7"), secret, case.application.receipt_number).status_code == 302

    def test_one_page_guessed_at_from_everywhere_is_closed_for_a_while(self, client, monkeypatch):
        monkeypatch.setitem(door.WRONG_TRIES, "page", "3/h/key")
        _case, secret = hand_in()
        tried = [knock(Client(REMOTE_ADDR=f"192.0.2.{n}"), secret, "AAAA-AAAA").status_code for n in range(4)]
        assert tried == [200, 200, 200, 429]

    def test_one_address_that_tries_many_pages_is_stopped(self, client, monkeypatch):
        monkeypatch.setitem(door.WRONG_TRIES, "address", "3/h/key")
        pages = [hand_in(name=f"見本 {number}")[1] for number in range(4)]
        statuses = [knock(client, secret, "AAAA-AAAA").status_code for secret in pages]
        assert statuses == [200, 200, 200, 429]

    def test_sixty_wrong_numbers_from_one_address_are_the_last_in_an_hour(self, client):
        """As they stand in real life: ten on each of six pages, and none on a seventh."""
        pages = [hand_in(name=f"見本 {number}")[1] for number in range(6)]
        assert {knock(client, secret, "AAAA-AAAA").status_code for secret in pages for _try in range(10)} == {200}
        case, seventh = hand_in(name="見本 七")
        assert knock(client, seventh, "AAAA-AAAA").status_code == 429
        assert knock(Client(REMOTE_ADDR="192.0.2.7"), seventh, case.application.receipt_number).status_code == 302


def test_a_forged_cookie_opens_nothing(client):
    case, secret = hand_in()
    client.cookies["my_page"] = case.application.public_id
    assert shows_the_door(client.get(page_of(secret)))


def test_an_unknown_address_has_no_door(client):
    assert client.post("/my/no-such-secret/", {"number": "ABCD-EFGH"}).status_code == 404
    assert not page_secrets.find("no-such-secret").exists()


def test_the_door_speaks_the_other_language_and_keeps_what_was_typed(client):
    _case, secret = hand_in()
    address = reverse("person:addendum", args=[secret])
    response = client.post(address, {"own_words": "こまっています", "number": "AB", "language": "en"}, follow=True)
    assert '<html lang="en">' in response.content.decode()
    assert "What you were about to send is still here" in text_of(response)
    assert 'value="AB"' in response.content.decode()


def test_after_another_language_the_number_still_opens_it(client):
    _case, secret = hand_in()
    typed = {"language": "en", "number": "AB", "own_words": "こまっています"}
    response = client.post(page_of(secret), typed, follow=True)
    assert response.context["carried"] == [("kept", "1")], "or each try would be a change of language"


@pytest.mark.parametrize("written", ["受付番号{}", "No.{}", "{}です"])
def test_the_number_opens_with_words_around_it(client, written):
    case, secret = hand_in()
    assert knock(client, secret, written.format(case.application.receipt_number)).status_code == 302
