"""The sign-in ends while a note is being written: the way back to it, as a caseworker walks it."""

import pytest
from django.urls import reverse

from organisations.models import Member
from tests.browser.people import PASSWORD, Window
from tests.factories.cases import case, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def caseworker() -> Member:
    member = town().caseworker
    member.set_password(PASSWORD)
    member.save()
    return member


@pytest.mark.parametrize("scripts", [True, False])
def test_the_note_is_there_again_where_it_was_written(browser, live_server, caseworker, scripts):
    found = case(by=caseworker)
    window = Window.open(browser, live_server.url, phone=scripts, scripts=scripts)
    window.sign_in(caseworker.email)
    window.go(reverse("desk:case", args=[found.public_id]))
    window.page.locator("[name=text]").fill("母親が入院した。\n来週また電話する。")
    window.page.context.clear_cookies(name="sessionid")
    window.press("メモを保存する")
    assert "書いたものは1時間残り" in window.page.content()
    assert "入院" not in window.page.content()
    for password in ("chigau-kotoba", PASSWORD):
        window.page.locator("[name=login]").fill(caseworker.email)
        window.page.locator("[name=password]").fill(password)
        window.page.locator("main button[type=submit]").click()
        window.looks(window.page)
    assert window.page.url.endswith("#note"), "the browser shows the form, not the top of a long page"
    window.reads("まだ記録されていません")
    assert window.page.locator("[name=text]").input_value() == "母親が入院した。\n来週また電話する。"
    window.press("メモを保存する")
    window.reads("メモを保存しました")
    assert found.notes.count() == 1
