"""The receipt number on the narrowest telephones: whole on one line, and taken along by one tap."""

import pytest
from django.test import Client

from tests.browser.people import Window
from tests.factories.applications import CHUO, desk_in, real_place
from tests.outreach.application.filling import Filling

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDEST = "WWWW-MMMM"


def test_the_receipt_number_fits_and_is_marked_whole(browser, live_server):
    real_place(CHUO)
    desk_in()
    filling = Filling(Client())
    filling.fill_until("check")
    filling.hand_in()
    window = Window.open(browser, live_server.url)
    receipt = filling.client.cookies["apply_done"].value
    window.page.context.add_cookies([{"name": "apply_done", "value": receipt, "url": live_server.url}])
    window.go("/apply/done/")
    for width in (320, 390, 1280):
        window.page.set_viewport_size({"width": width, "height": 640})
        window.page.reload()
        _fits(window, width)


def _fits(window: Window, width: int) -> None:
    number = window.page.locator(".receipt-number")
    shown = number.inner_text()
    assert len(shown) == len(WIDEST)
    number.click()
    assert window.page.evaluate("getSelection().toString().trim()") == shown
    number.evaluate(f"one => one.textContent = '{WIDEST}'")
    wide, room, high, letters = number.evaluate(
        "one => [one.scrollWidth, one.clientWidth, one.clientHeight, parseFloat(getComputedStyle(one).fontSize)]"
    )
    assert wide <= room
    assert high < 2 * letters, "on one line"
    assert letters >= 22, "legible"
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
