"""Every page of the form: few queries, light, private, and nothing of the answers where it doesn't belong."""

import gzip
import json

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.models import AccessRecord
from outreach.application import drafts
from outreach.application.questionnaire import STEPS
from tests.outreach.application.filling import ANSWERS, step_of, text_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
HEAVIEST = 12_000  # bytes of a page, compressed


def steps_of(filling):
    """Walk the whole form, giving each step's slug before it is answered."""
    slug = step_of(filling.start())
    while slug != "check":
        yield slug
        response = filling.answer(slug, **(ANSWERS[slug] if slug != "food" else {"food_days": "none"}))
        slug = step_of(response)
    yield slug


def test_no_step_asks_the_database_much(filling):
    for slug in steps_of(filling):
        with CaptureQueriesContext(
            connection,
        ) as shown:
            page = filling.open(slug)
        assert len(shown) <= MOST_QUERIES, f"GET {slug}: {[query['sql'][:80] for query in shown]}"
        if slug == "check":
            continue
        with CaptureQueriesContext(connection) as saved:
            filling.send(slug, page, **ANSWERS[slug])
        assert len(saved) <= MOST_QUERIES, f"POST {slug}: {[query['sql'][:80] for query in saved]}"


def test_no_telephone_step_asks_the_database_much(on_the_telephone):
    for slug in steps_of(on_the_telephone):
        with CaptureQueriesContext(connection) as shown:
            on_the_telephone.open(slug)
        assert len(shown) <= MOST_QUERIES, f"GET {slug}: {[query['sql'][:80] for query in shown]}"


def test_pages_are_light(filling):
    for slug in steps_of(filling):
        assert len(gzip.compress(filling.open(slug).content)) < HEAVIEST, slug


def test_no_page_stays_in_a_cache_and_forms_keep_their_origin(filling):
    for slug in steps_of(filling):
        page = filling.open(slug)
        assert "no-store" in page["Cache-Control"], slug
        assert page["Referrer-Policy"] == "same-origin", slug


def test_no_answer_stands_in_an_address_a_cookie_or_a_session(filling):
    for slug in steps_of(filling):
        assert "?" not in filling.open(slug).request["QUERY_STRING"]
    kept = " ".join(f"{name}={cookie.value}" for name, cookie in filling.client.cookies.items())
    assert set(filling.client.cookies) <= {"apply", "csrftoken", "apply_done"}
    for answer in ("見本", "single_parent", "090", "8190", "011011"):
        assert answer not in kept


SAID = ("見本", "single_parent", "090-1234-5678", "+8190", "りんご", "011011", "昭和55年")


def test_no_answer_stands_in_a_log(filling, logged, monkeypatch):
    """Each step breaks once with all answers in its error, then is answered; so does the last button."""

    def breaks(**given):
        raise RuntimeError(SAID, ANSWERS, given)

    filling.client.raise_request_exception = False
    steps = []
    for slug in steps_of(filling):
        steps.append(slug)
        with monkeypatch.context() as broken:
            broken.setattr(drafts, "hand_in" if slug == "check" else "save_step", breaks)
            response = filling.hand_in() if slug == "check" else filling.answer(slug, **ANSWERS[slug])
        assert response.status_code == 500, slug
    assert filling.hand_in().status_code == 302
    errors = [line for line in logged() if line.get("error") == "RuntimeError"]
    assert len(errors) == len(steps), "nothing was logged: what was looked at?"
    for answer in SAID:
        assert answer not in json.dumps(logged(), ensure_ascii=False)


def test_filling_in_one_s_own_form_leaves_no_access_record(filling):
    for _slug in steps_of(filling):
        pass
    filling.client.get(filling.hand_in().url)
    assert not AccessRecord.objects.exists()


def test_every_screen_shows_how_far_one_has_come_and_the_way_back(filling):
    for slug in steps_of(filling):
        page = filling.open(slug)
        assert "7つのうち" in text_of(page), slug
        assert "前にもどる" in text_of(page), slug
        assert not list(get_messages(page.wsgi_request))


def test_slugs_are_unique():
    slugs = [step.slug for step in STEPS]
    assert len(slugs) == len(set(slugs))


def test_the_form_reads_in_english_too(filling):
    filling.client.cookies["django_language"] = "en"
    filling.start()
    filling.answer("for-whom")
    assert 'lang="en"' in filling.open("food").content.decode()


class TestWithoutCookies:
    def test_the_page_says_that_cookies_are_needed_and_whom_to_call(self, desk):
        page = Client(enforce_csrf_checks=True).post("/apply/")
        assert page.status_code == 403
        assert "Cookieを使えるようにしてください" in text_of(page)
        assert "0120-279-338" in text_of(page)
        assert "ページが古くなっていました" not in text_of(page)
        assert "110" in text_of(page)
        assert "119" in text_of(page)

    def test_an_old_page_is_told_apart_and_names_the_number_too(self, desk):
        browser = Client(enforce_csrf_checks=True)
        browser.cookies["csrftoken"] = "a" * 32
        page = browser.post("/apply/")
        assert "ページが古くなっていました" in text_of(page)
        assert "Cookieを使えるように" not in text_of(page), "cookies came: they aren't the cause"
        assert "0120-279-338" in text_of(page)
