"""What every page offers: its language, a way to leave, a way past the header, plain words for failures."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_a_public_page_can_be_left_from_its_header_and_works_as_a_link_without_javascript(gallery, client):
    page = text(client.get("/gallery/public/"))
    header = page[page.index("<header") : page.index("</header>")]
    assert 'href="/leave/"' in header
    assert "このページを離れる" in header


def test_a_page_begins_with_a_way_past_its_header(gallery, client):
    page = text(client.get("/gallery/public/"))
    assert page.index('href="#main"') < page.index("<header")
    assert '<main id="main"' in page


def test_the_page_says_its_language_and_offers_the_other(gallery, client):
    japanese = text(client.get("/gallery/public/"))
    assert '<html lang="ja">' in japanese
    assert 'value="en" lang="en">English' in japanese
    english = text(client.get("/gallery/public/", headers={"accept-language": "en"}))
    assert '<html lang="en">' in english
    assert 'value="ja" lang="ja">日本語' in english


def test_switching_the_language_leads_back_to_the_same_page(gallery, client):
    page = text(client.get("/gallery/public/?x=1"))
    assert 'name="next" value="/gallery/public/?x=1"' in page
    answer = client.post("/language/setlang/", {"next": "/gallery/public/?x=1", "language": "en"})
    assert answer.url == "/gallery/public/?x=1"
    assert '<html lang="en">' in text(client.get("/gallery/public/"))


def test_a_public_page_with_all_it_needs_weighs_less_than_50_kilobytes(gallery, client):
    page = client.get("/gallery/public/")
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', text(page))
    assert {"css/theme.css", "js/leave.js"} <= set(files)
    contents = [page.content, *(Path(finders.find(name)).read_bytes() for name in set(files))]
    assert sum(len(brotli.compress(content)) for content in contents) < 50_000


def test_the_workplace_names_who_is_signed_in_and_signs_out_by_a_button(gallery, client):
    page = text(client.get("/gallery/staff/"))
    assert "練習フードバンク" in page
    assert "架空 花子 さん" in page
    assert re.search(r'<form class="sign-out" method="post" action="/sign-in/logout/">', page)
    assert '<a href="/desk/" aria-current="page">' in page
    assert "data-leave" not in page


def test_messages_are_read_out(gallery, client):
    page = text(client.get("/gallery/staff/"))
    assert re.search(r'role="status">\s*<p>発送を記録しました。', page)
    assert re.search(r'role="alert">\s*<p><strong class="notice-word">できませんでした</strong> ほかの人が', page)


def test_the_pager_keeps_what_the_address_already_says(gallery, client):
    page = text(client.get("/gallery/staff/?status=received&after=old"))
    assert 'rel="next" href="?status=received&amp;after=abc"' in page
    assert 'rel="prev" href="?status=received&amp;before=xyz"' in page


def test_a_form_names_what_is_missing_and_every_link_of_the_summary_leads_to_an_input(gallery, client):
    page = text(client.get("/gallery/wrong/"))
    summary = page[page.index('class="error-summary"') : page.index("</ul>", page.index("error-summary"))]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == 4
    for target in links:
        assert re.search(rf'<(input|select|textarea)[^>]*id="{target}"', page), target
    assert "<title>入力の確認：" in page


def test_errors_and_help_belong_to_their_input_for_a_screen_reader(gallery, client):
    page = text(client.get("/gallery/wrong/"))
    for described in re.findall(r'aria-describedby="([^"]+)"', page):
        for name in described.split():
            assert f'id="{name}"' in page
    assert 'aria-describedby="id_name_error"' in page


def test_what_must_be_filled_in_says_so_in_words(gallery, client):
    page = text(client.get("/gallery/wrong/"))
    assert page.count("必須</span>") == 5
    assert "asterisk" not in page


def test_an_address_that_does_not_exist_leads_back_to_the_front(gallery, client):
    answer = client.get("/gallery/missing/")
    assert answer.status_code == 404
    assert "ページが見つかりません" in text(answer)
    assert 'href="/"' in text(answer)


def test_a_failure_says_whether_what_was_sent_has_arrived_and_whom_to_call(gallery, client):
    client.raise_request_exception = False
    answer = client.get("/gallery/broken/")
    assert answer.status_code == 500
    assert "受付番号が表示されていなければ、まだ届いていません。" in text(answer)
    assert 'href="tel:0120279338"' in text(answer)


def test_a_failure_is_explained_without_the_database(gallery, client, django_db_blocker):
    client.raise_request_exception = False
    with django_db_blocker.block():
        answer = client.get("/gallery/broken/")
    assert "ページを表示できませんでした" in text(answer)


def test_an_old_form_is_refused_with_what_to_do(gallery):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post("/sign-in/login/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "ページが古くなっていました" in text(answer)
    assert "もう一度お送りください" in text(answer)


def test_a_request_that_cannot_be_read_is_explained(gallery, client, settings):
    settings.ALLOWED_HOSTS = ["example.org"]
    answer = client.get("/gallery/public/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "読み取れない内容が届きました" in text(answer)


def test_the_practice_site_says_that_it_is_one(gallery, client, settings):
    assert "練習用のサイト" not in text(client.get("/gallery/public/"))
    settings.DEMO = True
    assert "練習用のサイト" in text(client.get("/gallery/public/"))
