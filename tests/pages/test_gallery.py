"""The gallery of components in a browser: nothing for axe to find, nothing cut off, nothing covered."""

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.in_time import in_time, watch

__all__ = ["in_time", "watch"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("public", "wrong", "staff", "sheet", "missing")


@pytest.fixture
def serve(gallery, live_server):
    return live_server.url


def test_axe_finds_nothing_and_nothing_runs_off_the_side(serve, browser):
    context = browser.new_context(locale="ja-JP")
    for name in PAGES:
        page = context.new_page()
        page.goto(f"{serve}/gallery/{name}/")
        assert_accessible(page)
        page.close()


def test_the_way_to_leave_is_in_sight_and_covers_nothing(serve, browser):
    page = browser.new_page(locale="ja-JP")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{serve}/gallery/public/")
        leave, main = page.locator(".leave"), page.locator("main")
        assert leave.bounding_box()["y"] + leave.bounding_box()["height"] <= main.bounding_box()["y"], width
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert 0 <= leave.bounding_box()["y"] < 844, width
    page.close()


def test_a_page_with_something_to_look_at_again_begins_at_the_summary(serve, browser):
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="ja-JP", java_script_enabled=False)
    page.goto(f"{serve}/gallery/wrong/")
    assert page.locator(".error-summary:focus").count() == 1
    page.keyboard.press("Tab")
    assert page.locator(".error-summary a:focus").count() == 1
    page.close()


def test_leaving_keeps_the_page_out_of_the_browsers_history(serve, browser):
    page = browser.new_page(locale="ja-JP")
    page.route("**/leave/", lambda route: route.fulfill(body="elsewhere"))
    page.goto(f"{serve}/gallery/missing/")
    page.goto(f"{serve}/gallery/public/")
    page.click(".leave")
    page.wait_for_url("**/leave/")
    page.go_back()
    assert page.url.endswith("/gallery/missing/")
    page.close()


def test_a_choice_can_be_tapped_anywhere_on_its_card(serve, browser):
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="ja-JP")
    page.goto(f"{serve}/gallery/wrong/")
    card = page.locator(".choice").first
    box = card.bounding_box()
    assert box["height"] >= 48
    card.click(position={"x": box["width"] - 6, "y": box["height"] - 6})
    assert page.locator("#id_household_0").is_checked()
    page.close()


def test_a_second_click_is_not_sent_at_a_workplace(serve, browser):
    page = browser.new_page(locale="ja-JP")
    page.goto(f"{serve}/gallery/staff/")
    sent = []
    page.route("**/gallery/staff/", lambda route: sent.append(route.request.method))
    page.evaluate("() => { const f = document.querySelector('form.form'); f.requestSubmit(); f.requestSubmit(); }")
    page.wait_for_timeout(300)
    assert sent == ["POST"]
    page.close()
