"""Nothing about anyone is kept: invariant 3, attacked over a whole conversation."""

import logging
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from structlog.stdlib import ProcessorFormatter

from foundation import clock
from outreach.models import Programme
from outreach.navi.content import shipped

TICKED = ["hit_at_home", "want_to_die", "rent_unpaid"]
WORDS = [shipped().worry(worry).text.ja for worry in TICKED]


def rows() -> dict[str, int]:
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.fixture
def conversation(client, directory):
    """A whole talk; gives every address that was asked for, in order."""
    asked = []

    def go(method, url, *data):
        asked.append(url)
        return getattr(client, method)(url, *data)

    def talk():
        go("get", "/")
        go("get", "/navi/urgent/")
        go("post", "/navi/urgent/", {"typed": "どこでもない町"})
        step = go("post", "/navi/urgent/", {"typed": "伊達市", "chosen": "012335"})
        go("get", step.url)
        step = go("post", step.url, {"worry": TICKED})
        listed = go("get", step.url)
        go("get", listed.context["share_url"].removeprefix("http://testserver"))
        go("get", listed.context["qr_url"])
        go("get", "/leave/")
        go("get", step.url)
        return asked

    return talk


def test_no_row_is_written(conversation):
    before = rows()
    conversation()
    assert rows() == before
    assert len(before) > len(apps.get_app_configs())


def test_the_only_cookies_are_random_and_gone_with_the_browser(client, conversation, directory):
    client.post("/navi/urgent/", {"typed": "札幌市"})
    cookie = client.cookies["navi"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", cookie.value)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert not cookie["expires"]
    assert set(client.cookies) <= {"navi", "csrftoken"}


def test_what_was_not_understood_lies_sealed_in_the_browser_until_it_is(client, directory):
    client.post("/navi/urgent/", {"typed": "どこでもない町"})
    cookie = client.cookies["navi_typed"]
    assert "どこでもない町" not in unquote(cookie.value)
    assert cookie["httponly"]
    assert not cookie["max-age"]
    client.post("/navi/urgent/", {"typed": "札幌市"})
    assert client.cookies["navi_typed"].value == ""


def test_leaving_clears_the_cookie_and_with_it_the_answers(client, ask, directory):
    url = ask("rent_unpaid").context["request"].path
    client.get("/leave/")
    assert client.cookies["navi"].value == ""
    assert client.get(url).status_code == 410


def test_no_answer_can_be_read_in_any_address(conversation):
    for url in map(unquote, conversation()):
        assert not any(worry in url for worry in (*TICKED, *WORDS, "012335", "伊達"))


def test_no_answer_and_no_token_stands_in_the_log(conversation, caplog):
    caplog.set_level(logging.DEBUG)
    tokens = [part for url in conversation() for part in url.split("/") if len(part) > 60]
    (written,) = (handler for handler in logging.getLogger().handlers if _is_ours(handler))
    lines = [written.format(record) for record in caplog.records if written.filter(record)]
    assert any("/navi/list/***/" in line for line in lines)
    assert tokens
    for secret in (*TICKED, *WORDS, *tokens, "012335", "伊達", "どこでもない町"):
        assert not any(secret in line for line in lines)


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, ProcessorFormatter)


def test_every_page_stays_out_of_caches_and_tells_no_other_site_where_it_was_opened(client, ask, directory):
    worries = client.post("/navi/money/", {"typed": "札幌市"}).url
    for response in (
        client.get("/navi/money/"),
        client.get(worries),
        ask("rent_unpaid"),
        client.get("/list/?e=N001"),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}


def test_links_to_other_sites_carry_no_referrer(ask, directory):
    Programme.objects.update(official_url="https://www.example.jp/help")
    page = ask("rent_unpaid").content.decode()
    assert '<a href="https://www.example.jp/help" rel="noreferrer noopener">' in page


def test_after_half_an_hour_a_kind_page_says_so(client, ask, directory):
    url = ask("rent_unpaid").context["request"].path
    with clock.at(clock.now() + timedelta(minutes=31)):
        response = client.get(url)
        assert client.post(url.replace("/list/", "/w/"), {"worry": ["rent_unpaid"]}).status_code == 410
    page = response.content.decode()
    assert response.status_code == 410
    assert "あなたの安全のため" in page
    assert "/navi/money/" in page
    assert "家賃がはらえない" not in page


@pytest.mark.parametrize("token", ["x", "A" * 108, "あ", "a" * 3000])
def test_garbled_addresses_get_the_kind_page(client, directory, token):
    assert client.get(f"/navi/list/{token}/").status_code == 410
    assert client.get(f"/navi/w/{token}/").status_code == 410


def test_a_token_opens_in_no_other_browser(ask, directory):
    url = ask("rent_unpaid").context["request"].path
    other = Client()
    assert other.get(url).status_code == 410
    other.cookies["navi"] = "A" * 22
    assert other.get(url).status_code == 410


def test_back_reload_and_two_tabs_work(client, ask, directory):
    first = ask("rent_unpaid").context["request"].path
    second = ask("bad_feeling", trouble="health").context["request"].path
    for _ in range(2):
        assert "家賃がはらえない" in client.get(first).content.decode()
        assert "いやな気持ちがつづいている" in client.get(second).content.decode()


def test_a_cookie_we_did_not_make_is_replaced(client, directory):
    client.cookies["navi"] = "name=taro"
    client.post("/navi/money/", {"typed": "札幌市"})
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", client.cookies["navi"].value)
