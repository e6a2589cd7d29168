"""What somebody in danger typed is offered to nobody who takes up the same telephone after them."""

from html.parser import HTMLParser

import pytest

from organisations.permission_map import Access, rule_for
from outreach.application.questionnaire import STEPS
from tests.factories.applications import CHUO, centre_in, desk_in, real_place
from tests.invariants.crawl import Full
from tests.outreach.application.filling import Filling

pytestmark = pytest.mark.django_db

ALL_WAYS = ["phone", "sms", "email", "letter", "supporter"]
TYPED_INTO = ("text", "search", "email", "tel", "number", "url")
NO_WORDS = ("/language/",)


class Remembered(HTMLParser):
    """The forms and fields of a page that a browser may remember."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.typed = 0
        self._counts = self._off = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._counts = not (given.get("action") or "").startswith(NO_WORDS)
            self._off = given.get("autocomplete") == "off"
        kind = given.get("type", "text")
        typed = tag == "textarea" or (tag == "input" and kind in TYPED_INTO)
        ticked = tag == "input" and kind in ("radio", "checkbox")
        if not self._counts or not given.get("name"):
            return
        self.typed += typed
        if (typed and given.get("autocomplete") != "off") or (ticked and not self._off):
            self.found.append(given["name"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._counts = self._counts and tag != "form"


def test_no_page_that_anybody_may_open_lets_the_browser_remember_a_word(world):
    seen = 0
    for _who, address, path, page in Full.of(world).open_all("visitor"):
        if address.name.startswith("account_"):
            continue  # the way in for members, whose browser may know them
        if rule_for(address.name) in (Access.PUBLIC, Access.PERSON) and "html" in page.headers.get("Content-Type", ""):
            remembered = Remembered(page.content.decode())
            assert not remembered.found, path
            seen += remembered.typed
    assert seen >= 3


@pytest.mark.parametrize(("applying_for", "reach_by"), [("self", ALL_WAYS), ("other", ALL_WAYS), ("self", ["none"])])
def test_no_step_of_the_form_lets_the_browser_remember_a_word(client, applying_for, reach_by):
    real_place(CHUO)
    desk_in()
    centre_in()
    filling = Filling(client)
    details = {
        "phone": "090-1234-5678",
        "safe_times": "夫がいない昼",
        "email": "a@example.jp",
        "passphrase": "りんご",
        "address": "見本町1",
        "helper_name": "見本 たすけ",
        "helper_phone": "080-1234-5678",
    }
    filling.fill_until(
        "check",
        food={"food_days": "none"},
        for_whom={"applying_for": applying_for},
        receive={"receive_by": "depot"},
        reach={"reach_by": reach_by},
        reach_details=details,
        centre={"hand_off_wish": "not_now"} if reach_by == ["none"] else {"hand_off_wish": "call_me"},
    )
    typed = 0
    for step in STEPS:
        page = filling.open(step.slug)
        if page.status_code == 200:
            remembered = Remembered(page.content.decode())
            assert not remembered.found, step.slug
            typed += remembered.typed
    assert typed >= 8


def test_the_door_lets_the_browser_remember_no_number(client, world):
    page = client.get(f"/my/{Full.of(world).secret}/")
    assert page.status_code == 200
    assert Remembered(page.content.decode()).typed == 1
    assert not Remembered(page.content.decode()).found


@pytest.mark.parametrize("path", ["/", "/about/", "/apply/for-whom/"])
def test_whoever_reads_what_leaving_does_is_told_what_the_telephone_itself_keeps(client, path):
    desk_in()
    Filling(client).start()
    assert "学習した変換" in client.get(path).content.decode()
