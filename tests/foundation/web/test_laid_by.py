"""Words laid by on a public page: found by that page in that browser alone, and nowhere to be read."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from foundation import clock
from foundation.web.laid_by import Shelf

SHELVES = [Shelf("words"), Shelf("words", in_cookie=True)]
WORDS = "ひみつの言葉"


@pytest.fixture(autouse=True)
def empty():
    cache.clear()


def sent(path="/page/", cookies=None, **typed):
    request = RequestFactory().post(path, {"typed": WORDS, "csrfmiddlewaretoken": "x", "language": "en", **typed})
    request.COOKIES = cookies or {}
    return request


def look(cookies, path="/page/"):
    request = RequestFactory().get(path)
    request.COOKIES = cookies
    return request


def cookies_of(response):
    return {name: morsel.value for name, morsel in response.cookies.items()}


@pytest.mark.parametrize("shelf", SHELVES)
class TestOnBothShelves:
    def test_the_page_that_opens_anew_finds_them(self, shelf):
        response = shelf.lay_by(sent(), only_shown=True)
        assert (response.status_code, response.url) == (302, "/page/")
        words = shelf.waiting(look(cookies_of(response)))
        assert words.typed.dict() == {"typed": WORDS}
        assert words.only_shown

    def test_no_other_page_and_no_other_browser_does(self, shelf):
        cookies = cookies_of(shelf.lay_by(sent()))
        assert shelf.waiting(look(cookies, "/another/")) is None
        assert shelf.waiting(look({})) is None
        assert shelf.waiting(look({"words": "A" * 22})) is None

    def test_they_can_be_read_neither_in_the_cookie_nor_in_the_address(self, shelf):
        response = shelf.lay_by(sent())
        cookie = response.cookies["words"]
        assert WORDS not in cookie.value + response.url
        assert cookie["httponly"]
        assert not cookie["max-age"]

    def test_after_half_an_hour_they_are_gone(self, shelf):
        cookies = cookies_of(shelf.lay_by(sent()))
        with clock.at(clock.now() + timedelta(minutes=31)):
            assert shelf.waiting(look(cookies)) is None

    def test_what_was_taken_waits_no_more(self, shelf):
        cookies = cookies_of(shelf.lay_by(sent()))
        taken = HttpResponse()
        shelf.forget(sent(cookies=cookies), taken)
        cookies |= cookies_of(taken)
        assert shelf.waiting(look(cookies)) is None

    def test_what_is_too_long_is_not_laid_by(self, shelf):
        assert shelf.lay_by(sent(typed="あ" * 30000)) is None


def test_each_page_has_its_own():
    shelf = Shelf("words")
    cookies = cookies_of(shelf.lay_by(sent(typed="一")))
    shelf.lay_by(sent("/second/", cookies, typed="二"))
    assert shelf.waiting(look(cookies)).typed["typed"] == "一"
    assert shelf.waiting(look(cookies, "/second/")).typed["typed"] == "二"


def test_while_the_cache_is_away_nothing_is_promised(monkeypatch):
    monkeypatch.setattr(cache, "get", lambda *_about: None)
    assert Shelf("words").lay_by(sent()) is None


def test_the_cache_holds_no_readable_word(monkeypatch):
    held = {}
    monkeypatch.setattr(cache, "set", lambda name, value, _seconds: held.update({name: value}))
    monkeypatch.setattr(cache, "get", held.get)
    Shelf("words").lay_by(sent("/my/the-secret/"))
    assert held
    assert WORDS not in str(held)
    assert "the-secret" not in str(held)
