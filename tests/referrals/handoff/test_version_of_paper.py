"""A consent on paper stands under the words that the paper carries, not under today's."""

import pytest
from django.urls import reverse

from foundation import clock
from foundation.errors import DomainError
from outreach.application import consent_texts
from referrals.models.consent import ConsentChannel
from tests.factories.cases import case, consent, town
from tests.referrals.desk_pages import signed_in, text
from tests.referrals.handoff.ledger import live

OLDER = "2026-1"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def place():
    return town()


@pytest.fixture
def newer_words(monkeypatch):
    """As after a change of the words: papers with the older ones are still on their way."""
    monkeypatch.setitem(consent_texts.BY_VERSION, "2099-1", consent_texts.BY_VERSION[OLDER])
    monkeypatch.setattr(consent_texts, "CURRENT", "2099-1")


def on_paper(found, place, **facts) -> None:
    consent(found, place.centre, by=place.caseworker, channel=ConsentChannel.PAPER, stated_on=clock.today(), **facts)


def post(found, place, **facts):
    said = {
        "seen": 0, "centre": place.centre.public_id, "channel": "paper", "stated_on": f"{clock.today():%Y-%m-%d}",
        "groups": ["contact"], "hear_result": "no", "from_person": "on", **facts,
    }  # fmt: skip
    return signed_in(place.caseworker).post(reverse("desk:consent", args=[found.public_id]), said, follow=True)


def test_the_only_one_is_shown_and_needs_no_choice(place):
    found = case()
    page = text(signed_in(place.caseworker).get(reverse("desk:consent", args=[found.public_id])))
    assert f"同意文の版：{OLDER}" in page
    assert 'name="text_version"' not in page
    assert "同意を記録しました" in text(post(found, place))
    assert live(found).get().text_version == OLDER


def test_is_the_one_that_was_chosen_among_several(place, newer_words):
    found = case()
    assert "同意を記録しました" in text(post(found, place, text_version=OLDER))
    assert live(found).get().text_version == OLDER


def test_is_asked_for_among_several(place, newer_words):
    found = case()
    assert "同意文の版を選んでください" in text(post(found, place))
    for version in ("", "1999-1"):
        with pytest.raises(DomainError, match="同意文の版"):
            on_paper(found, place, text_version=version)
    assert not live(found).exists()


def test_what_is_read_out_are_todays_words(place, newer_words):
    found = case()
    assert "同意を記録しました" in text(post(found, place, channel="telephone", stated_on="", text_version=OLDER))
    assert live(found).get().text_version == "2099-1"
