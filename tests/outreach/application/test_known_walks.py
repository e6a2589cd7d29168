"""A walk that is known leaves what the same walk leaves when it is walked."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from outreach.application.drafts import Contents
from outreach.models import Draft
from tests.outreach.application import known_walks
from tests.outreach.application.filling import Filling, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["filling", "on_the_telephone"])
def browser(request) -> Filling:
    return request.getfixturevalue(request.param)


@pytest.fixture
def walked(monkeypatch):
    """Nothing is known yet; what comes to be known here ends with the test."""
    monkeypatch.setattr(known_walks, "_walked", {})
    return known_walks._walked


def another(browser) -> Filling:
    """The same person at a browser that knows nothing."""
    client = Client()
    if browser.base != "/apply/":
        client.force_login(get_user_model().objects.get(email="worker@example.jp"))
    return Filling(client, browser.base)


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def asks(client, monkeypatch) -> list[str]:
    """The pages this browser asks for from now on."""
    asked_for, request = [], client.request
    monkeypatch.setattr(client, "request", lambda **of: asked_for.append(of["PATH_INFO"]) or request(**of))
    return asked_for


def left(browser, **other) -> dict:
    """What a walk leaves: the steps, the draft, the rows of every table, the cookies, the page it ends on."""
    before = rows()
    asked = browser.fill_until("check", **other)
    draft = Draft.objects.get()
    contents = Contents.of(draft)
    found = {
        "asked": asked,
        "said": contents.said,
        "passed": contents.passed,
        "saved": {slug: version for slug, (version, _page) in contents.saved.items()},
        "held": (draft.version, draft.set_aside, contents.carried, draft.recorded_by_id),
        "rows": {name: number - before[name] for name, number in rows().items() if number != before[name]},
        "cookies": {name: (kept["max-age"], kept["httponly"]) for name, kept in browser.client.cookies.items()},
        "page": text_of(browser.open("check")),
    }
    browser.stop()
    return found


@pytest.mark.parametrize(
    "other", [{}, {"for_whom": {"applying_for": "other"}, "receive": {"receive_by": "depot"}}], ids=["self", "other"]
)
def test_the_draft_the_rows_the_cookies_and_the_page_it_ends_on_are_the_same(browser, walked, monkeypatch, other):
    by_hand = asks(browser.client, monkeypatch)
    there = left(browser, **other)
    again = another(browser)
    known = asks(again.client, monkeypatch)
    assert left(again, **other) == there
    assert len(by_hand) > 30
    assert known == [again.base] * 2 + [f"{again.base}{slug}/" for slug in ("check", "discard", "discard")]


def test_an_answer_that_differs_and_what_follows_it_are_walked(filling, walked):
    filling.fill_until("eating")
    filling.stop()
    assert "helper" in another(filling).fill_until("receive", for_whom={"applying_for": "other"})
    assert Contents.of(Draft.objects.get()).said.applying_for == "other"


def test_where_nobody_sends_any_more_nothing_is_known(filling, desk, walked):
    filling.fill_until("eating")
    filling.stop()
    desk.catchments.all().delete()
    with pytest.raises(AssertionError, match="people"):
        another(filling).fill_until("eating")
