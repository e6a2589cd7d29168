"""What packers print holds what is to be packed and nothing that only a screen can use."""

import pytest
from django.urls import reverse

from foundation.web.keyset import keyset
from tests.browser.people import Window
from tests.factories import members
from tests.factories.cases import case, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_packing_list_and_a_parcel_leave_out_the_parts_of_the_screen(browser, live_server):
    place = town()
    found = case(status="approved", by=place.caseworker, name="見本 花子")
    window = Window.open(browser, live_server.url)
    window.let_in(members.packer(place.desk))
    pages = {reverse("desk:packing"): ".tabs", reverse("desk:parcel", args=[found.public_id]): ".next-step form"}
    for address, of_the_screen in pages.items():
        window.page.emulate_media(media="screen")
        window.go(address)
        assert window.page.locator(of_the_screen).is_visible()
        window.page.emulate_media(media="print")
        assert not window.page.locator(of_the_screen).is_visible()
        assert window.page.get_by_text("見本 花子").first.is_visible()
        assert window.page.locator(".print-only").first.is_visible()


def test_what_is_to_be_heeded_is_on_paper_too_and_a_list_says_what_it_leaves_out(browser, live_server, monkeypatch):
    monkeypatch.setattr(keyset, "__kwdefaults__", {**keyset.__kwdefaults__, "size": 2})
    place = town()
    eats = {"cannot_eat": ["allergy"], "cannot_eat_note": "小麦"}
    helped = {"applying_for": "other", "helper_name": "見本 太郎", "helper_phone": "+819011112222"}
    found = case(status="approved", by=place.caseworker, **eats, **helped)
    for _ in range(2):
        case(status="approved", by=place.caseworker)
    window = Window.open(browser, live_server.url)
    window.let_in(place.caseworker)
    printed = {
        reverse("desk:packing"): ["ほかに1件あります（全3件）"],
        reverse("desk:parcel", args=[found.public_id]): ["差出人の名前が、まだ決まっていません", "原材料をたしかめて"],
        reverse("desk:case", args=[found.public_id]): ["代わりの方からの申込みです。", "090-1111-2222"],
    }
    for address, words in printed.items():
        window.page.emulate_media(media="screen")
        window.go(address)
        window.page.emulate_media(media="print")
        for one in words:
            assert window.page.get_by_text(one).first.is_visible(), one
