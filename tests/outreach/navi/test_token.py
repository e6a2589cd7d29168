"""Answers travel sealed: for half an hour, in one browser, at one length, telling nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from foundation import clock
from outreach.navi import token
from outreach.navi.content import shipped
from outreach.navi.engine import Answers
from tests.outreach.navi import strategies

COOKIE = token.new_cookie()
START = datetime(2026, 7, 26, 3, 0, tzinfo=UTC)
ANSWERS = Answers(trouble="urgent", place="011002", worries=frozenset({"hit_at_home"}))


def seal(answers: Answers = ANSWERS, cookie: str = COOKIE) -> str:
    return token.seal(answers, cookie=cookie, content=shipped())


def unseal(sealed: str, cookie: str | None = COOKIE) -> Answers:
    return token.unseal(sealed, cookie=cookie, content=shipped())


@given(strategies.answers)
def test_answers_come_out_as_they_went_in(answers):
    assert unseal(seal(answers)) == answers


@given(strategies.answers)
def test_the_length_tells_nothing_about_the_answers(answers):
    assert len(seal(answers)) == len(seal(Answers(trouble="money")))


def test_the_same_answers_never_look_the_same():
    assert seal() != seal()


def test_another_browser_opens_nothing():
    sealed = seal()
    for cookie in (token.new_cookie(), "", None, "x" * 22, "../../etc"):
        with pytest.raises(token.TokenRefused):
            unseal(sealed, cookie)


def test_it_opens_for_thirty_minutes_and_no_longer():
    with clock.at(START):
        sealed = seal()
    with clock.at(START + timedelta(minutes=29, seconds=59)):
        assert unseal(sealed) == ANSWERS
    with clock.at(START + timedelta(minutes=30)), pytest.raises(token.TokenRefused):
        unseal(sealed)


def test_a_token_from_the_future_is_refused():
    with clock.at(START + timedelta(hours=1)):
        sealed = seal()
    with clock.at(START), pytest.raises(token.TokenRefused):
        unseal(sealed)


@pytest.mark.parametrize("garbled", ["", "a", "あ", "." * 128, "A" * 2000])
def test_garbled_tokens_are_refused(garbled):
    with pytest.raises(token.TokenRefused):
        unseal(garbled)


def test_a_changed_letter_is_noticed_wherever_it_is():
    sealed = seal()
    for at in range(len(sealed)):
        other = "A" if sealed[at] != "A" else "B"
        with pytest.raises(token.TokenRefused):
            unseal(sealed[:at] + other + sealed[at + 1 :])


def test_a_key_that_reads_but_no_longer_writes_still_opens(settings):
    first = settings.TOKEN_KEYS
    sealed = seal()
    settings.TOKEN_KEYS = "next:" + "A" * 43 + "=," + first
    assert unseal(sealed) == ANSWERS
    settings.TOKEN_KEYS = "next:" + "A" * 43 + "="
    with pytest.raises(token.TokenRefused):
        unseal(sealed)


def test_new_questions_end_the_talks_under_way():
    sealed = seal()
    changed = replace(shipped(), troubles=shipped().troubles[::-1])
    with pytest.raises(token.TokenRefused):
        token.unseal(sealed, cookie=COOKIE, content=changed)


def test_the_cookie_is_128_random_bits_and_no_more():
    cookies = {token.new_cookie() for _ in range(50)}
    assert len(cookies) == 50
    assert all(token.is_cookie(cookie) and len(cookie) == 22 for cookie in cookies)
