"""Leaving with an application half written: told beforehand, and lost only where that is wanted."""

import pytest

from tests.outreach.application.filling import text_of

pytestmark = pytest.mark.django_db
TOLD = "「このページを離れる」を押すと、つづきは書けなくなります"
KEEPING = 'href="/leave/?keep=draft"'


def says(response) -> bool:
    return TOLD in text_of(response) and KEEPING in response.content.decode()


def test_nobody_without_a_draft_is_told_of_one(client, centre):
    for path in ("/", "/apply/", "/navi/money/"):
        assert not says(client.get(path)), path


def test_every_page_says_beforehand_that_leaving_loses_it_and_offers_to_keep_it(client, filling):
    filling.fill_until("check")
    for path in ("/apply/name/", "/apply/check/", "/apply/discard/", "/apply/", "/", "/navi/money/"):
        page = client.get(path)
        assert says(page), path
        assert page.content.decode().count(KEEPING) == 1, path


def test_it_is_seen_without_opening_anything(filling):
    filling.fill_until("name")
    page = filling.open("name").content.decode()
    assert KEEPING in page.partition('<details class="stopping">')[0]


def test_leaving_ends_it_for_this_browser(client, filling):
    filling.fill_until("name")
    client.get("/leave/")
    assert filling.open("name").status_code == 410


def test_leaving_and_keeping_lets_it_go_on_and_closes_everything_else(client, filling, settings):
    filling.fill_until("name")
    client.cookies["my_page"] = client.cookies["navi"] = "x"
    response = client.get("/leave/?keep=draft")
    assert (response.status_code, response["Location"]) == (303, settings.LEAVE_URL)
    assert filling.open("name").status_code == 200
    assert client.cookies["my_page"].value == client.cookies["navi"].value == ""


@pytest.mark.parametrize("query", ["keep", "keep=draft&x=1", "keep=apply"])
def test_any_other_address_keeps_nothing(client, filling, query):
    filling.fill_until("name")
    client.get(f"/leave/?{query}")
    assert filling.open("name").status_code == 410


def test_on_the_telephone_nothing_is_said_of_leaving(on_the_telephone):
    on_the_telephone.fill_until("name")
    assert not says(on_the_telephone.open("name"))


def test_after_handing_in_there_is_nothing_to_lose(client, filling):
    filling.fill_until("check")
    assert not says(client.get(filling.hand_in().url))
