"""What packers print holds what is to be packed and nothing that only a screen can use."""

import pytest
from django.urls import reverse

from tests.browser.people import Window
from tests.browser.test_unsent import can_sign_in
from tests.factories import members
from tests.factories.cases import case, town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_packing_list_and_a_parcel_leave_out_the_parts_of_the_screen(browser, live_server):
    place = town()
    found = case(status="approved", by=place.caseworker, name="見本 花子")
    window = Window.open(browser, live_server.url)
    window.sign_in(can_sign_in(members.packer(place.desk)).email)
    pages = {reverse("desk:packing"): ".tabs", reverse("desk:parcel", args=[found.public_id]): ".next-step form"}
    for address, of_the_screen in pages.items():
        window.page.emulate_media(media="screen")
        window.go(address)
        assert window.page.locator(of_the_screen).is_visible()
        window.page.emulate_media(media="print")
        assert not window.page.locator(of_the_screen).is_visible()
        assert window.page.get_by_text("見本 花子").first.is_visible()
        assert window.page.locator(".print-only").first.is_visible()
