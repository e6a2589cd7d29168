"""Every answer to a POST on the public side is a way on: the browser's "back" finds pages only."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from foundation.identifiers import new_receipt_number
from tests.referrals.person.private import NAME, hand_in, page_of, withdraw_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def client():
    """A browser that was not let in."""
    return Client()


@pytest.fixture
def private(centre):
    """A private page with a consent to take back."""
    return hand_in(consenting=centre)


def test_the_door_the_addition_and_the_withdrawal_refuse_with_a_way_on(client, private):
    case, secret = private
    more = reverse("person:addendum", args=[secret])
    for path in (page_of(secret), more, withdraw_of(secret)):
        for typed in (
            {"number": "AAAA-AAAA"},
            {"number": ""},
            {"own_words": "ことば"},
            {"language": "ja", "number": "A"},
        ):
            response = client.post(path, typed)
            assert (response.status_code, response.url) == (302, path), typed
            assert client.get(path).status_code == 200
    client.post(page_of(secret), {"number": case.application.receipt_number})
    for path, typed in (
        (more, {"own_words": ""}),
        (more, {"own_words": "あ" * 4001}),
        (more, {"own_words": "ことば", "language": "ja"}),
        (withdraw_of(secret), {"centre": "nobody"}),
        (withdraw_of(secret), {"language": "ja"}),
    ):
        response = client.post(path, typed)
        assert (response.status_code, response.url) == (302, path), typed
        assert client.get(path).status_code == 200


def test_the_guide_refuses_with_a_way_on_and_says_it_there(client):
    for typed in ({"typed": "どこでもない町"}, {"typed": ""}, {"typed": "だて", "language": "ja"}, {"t": "x"}):
        response = client.post("/navi/money/", typed)
        assert (response.status_code, response.url) == (302, "/navi/money/"), typed
    client.post("/navi/money/", {"typed": "どこでもない町"})
    page = client.get("/navi/money/").content.decode()
    assert 'value="どこでもない町"' in page
    assert "見つかりませんでした" in page


def test_a_number_that_was_not_looked_at_is_not_told_to_be_right_or_wrong_by_the_page(client, private):
    case, secret = private
    for _try in range(10):
        client.post(page_of(secret), {"number": "AAAA-AAAA"})
    for number in (new_receipt_number(), case.application.receipt_number):
        refused = client.post(page_of(secret), {"number": number})
        assert refused.status_code == 429
        for shown in (refused, client.get(page_of(secret))):
            assert "申込みの番号ではありません" not in shown.content.decode()
            assert NAME not in shown.content.decode()


def test_leaving_takes_the_words_along(client, private):
    _case, secret = private
    client.post("/navi/money/", {"typed": "どこでもない町"})
    client.post(page_of(secret), {"number": "AAAA-AAAA"})
    client.get("/leave/")
    assert "どこでもない町" not in client.get("/navi/money/").content.decode()
    assert "AAAA-AAAA" not in client.get(page_of(secret)).content.decode()


def test_another_browser_finds_nothing_of_it(client, private):
    _case, secret = private
    client.post(page_of(secret), {"number": "AAAA-AAAA"})
    assert "AAAA-AAAA" in client.get(page_of(secret)).content.decode()
    assert "AAAA-AAAA" not in Client().get(page_of(secret)).content.decode()
