"""What is printed from a page is what was told and came of it; what is pressed or filled in stays on the screen."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from referrals.models.referral import Way
from referrals.states import ReferralStatus as S
from tests.factories import members, referrals
from tests.factories.cases import referral, town
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "wbr"}


class OnPaper(HTMLParser):
    """The parts and the words inside <main> that no ``no-print`` keeps off the paper."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.parts: list[str] = []
        self.words = ""
        self.feed(page.partition("<main")[2].partition(">")[2].partition("</main>")[0])

    @property
    def hidden(self) -> bool:
        return any(hides for _tag, hides in self.open)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        hides = "no-print" in (facts.get("class") or "").split()
        if not self.hidden and not hides and facts.get("type") != "hidden":
            self.parts.append(tag)
        if tag not in VOID:
            self.open.append((tag, hides))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if not self.hidden:
            self.words += data


PRESSED = {"form", "input", "textarea", "select", "button", "nav", "summary"}


@pytest.mark.parametrize("status", [S.SENT, S.ACCEPTED, S.DECLINED, S.REVOKED])
def test_the_desks_page_of_a_referral_has_nothing_to_fill_in(status):
    place = town()
    sent = referral(place, status=status)
    page = OnPaper(text(signed_in(place.caseworker).get(reverse("desk:referral", args=[sent.public_id]))))
    assert not PRESSED & set(page.parts)
    assert "返事" in page.words


@pytest.mark.parametrize("status", [S.VIEWED, S.ACCEPTED, S.CLOSED])
def test_the_packet_in_the_portal_says_how_to_destroy_it_and_not_how_to_print_it(status):
    centre = referrals.portal_centre()
    sent = referrals.handed_off(centre, to=status, way=Way.PORTAL)
    page = OnPaper(text(signed_in(members.counsellor(centre)).get(reverse("portal:packet", args=[sent.public_id]))))
    assert not PRESSED & set(page.parts)
    assert "印刷したものを破棄してください" in page.words
    assert "ブラウザの印刷を使って" not in page.words
