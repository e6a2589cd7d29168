"""The other language in the middle of the guide: what was typed and ticked comes along, and nothing is judged yet."""

import re

import pytest
from django.test import Client

from outreach.models import Draft

pytestmark = pytest.mark.usefixtures("directory")


@pytest.fixture
def directory(japan):
    return japan


def html(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def ticked(page: str) -> set[str]:
    return set(re.findall(r'value="([^"]+)" id="worry-[^"]*" checked', page))


def test_the_place_stays_as_it_was_typed_and_is_not_called_wrong(client):
    page = html(client.post("/navi/money/", {"typed": "だて", "language": "en"}, follow=True))
    assert '<html lang="en">' in page
    assert 'value="だて"' in page
    assert "error-summary" not in page


def test_which_of_two_places_is_meant_stays_chosen(client):
    page = html(client.post("/navi/money/", {"typed": "伊達市", "chosen": "072133", "language": "en"}, follow=True))
    assert re.search(r'value="072133"[^>]*checked', page)


def test_what_was_ticked_stays_ticked_and_the_list_is_not_shown_yet(client):
    step = client.post("/navi/money/", {"typed": "札幌市"}).url
    shown = html(client.get(step))
    some = re.findall(r'name="worry" value="([^"]+)"', shown)[1:4]
    page = html(client.post(step, {"worry": some, "language": "en"}, follow=True))
    assert '<html lang="en">' in page
    assert ticked(page) == set(some)
    assert ticked(html(client.get(step))) == set(), "the answers of the address are those that were sent to go on"


def test_coming_back_for_another_place_the_ticked_worries_survive_the_switch(client):
    step = client.post("/navi/money/", {"typed": "札幌市"}).url
    some = re.findall(r'name="worry" value="([^"]+)"', html(client.get(step)))[:2]
    token = client.post(step, {"worry": some}).url.split("/")[-2]
    page = html(client.post("/navi/money/", {"t": token, "typed": "だて", "language": "en"}, follow=True))
    assert f'name="t" value="{token}"' in page


def test_the_screens_that_follow_are_in_that_language(client):
    client.post("/navi/money/", {"typed": "", "language": "en"})
    assert '<html lang="en">' in html(client.get(client.post("/navi/money/", {"typed": "札幌市"}).url))


def test_nothing_of_it_stands_in_an_address_or_is_stored(client):
    response = client.post("/navi/money/", {"typed": "めじるし", "language": "en"}, follow=True)
    assert "Location" not in response.headers
    assert not Draft.objects.exists()
    assert "めじるし" not in str(client.cookies)


def test_the_switch_keeps_the_forms_own_protection():
    assert Client(enforce_csrf_checks=True).post("/navi/money/", {"language": "en"}).status_code == 403


def test_the_enter_key_goes_on_and_does_not_change_the_language(client):
    step = client.post("/navi/money/", {"typed": "札幌市"}).url
    for address in ("/navi/money/", step):
        buttons = re.findall(r"<button[^>]*form=[^>]*>", html(client.get(address)))
        assert "name=" not in buttons[0]
        assert 'name="language"' in buttons[1]
