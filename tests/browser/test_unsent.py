"""Words typed into one form of a workplace's page: another button, or a way off the page, asks before they are lost."""

import pytest
from django.urls import reverse

from organisations.models import Member
from organisations.roles import Role
from outreach.models import Window as Entry
from referrals.models.referral import Way
from tests.browser.people import ANSWERS, PASSWORD, Window
from tests.factories import members, referrals
from tests.factories.cases import case, referral, town
from tests.factories.directory import WindowFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


SOON, MOMENT = 20_000, 20  # milliseconds


class Asked:
    """The browser's own question, answered as told; counts how often it came."""

    def __init__(self, page):
        self.times, self.leave, self.left, self.page = 0, False, False, page
        self.others = []
        page.on("dialog", self.answer)
        page.on("framenavigated", self.leaves)

    def answer(self, dialog):
        """Whatever is asked is answered first: a page with an open question answers nothing more."""
        dialog.accept() if self.leave else dialog.dismiss()
        if dialog.type == "beforeunload":
            self.times += 1
        else:
            self.others.append(dialog.message)

    def leaves(self, _frame):
        self.left = True

    def after(self, name, *, leave=False, role="button"):
        """Press ``name``; how often it was asked by the time the next page is there, or whoever stays was asked."""
        self.leave, self.left, before = leave, False, self.times
        self.page.get_by_role(role, name=name).first.click(no_wait_after=True)
        for _moment in range(SOON // MOMENT):
            if self.left or (self.times > before and not leave):
                break
            self.page.wait_for_timeout(MOMENT)
        else:
            raise AssertionError(f"{name}: neither another page nor a question within {SOON / 1000:.0f} s")
        self.page.wait_for_load_state()
        self.page.wait_for_timeout(MOMENT)  # the page does what it does once it is answered
        assert not self.others
        return self.times

    def dialling(self, name):
        """Press a link that opens another program, if any, and no page; how often it was asked a moment later."""
        self.page.get_by_role("link", name=name).first.click(no_wait_after=True)
        self.page.wait_for_timeout(400)
        return self.times


def can_sign_in(member: Member) -> Member:
    member.set_password(PASSWORD)
    member.save()
    return member


def open_page(browser, live_server, member, path) -> tuple[Window, Asked]:
    window = Window.open(browser, live_server.url)
    window.looks = lambda _page: None  # the walk holds these pages against axe
    window.let_in(can_sign_in(member))
    window.go(path)
    return window, Asked(window.page)


def write(window, name, words):
    """As a hand does it: browsers ask only who has touched the page."""
    field = window.page.locator(f"[name={name}]").first
    field.click()
    window.page.keyboard.type(words)


@pytest.fixture
def on_a_case(browser, live_server):
    caseworker = town().caseworker
    found = case(by=caseworker, status="in_review")
    return found, *open_page(browser, live_server, caseworker, reverse("desk:case", args=[found.public_id]))


def test_another_button_asks_first_and_whoever_stays_has_their_note(on_a_case):
    found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    assert asked.after("発送を決める") == 1
    found.refresh_from_db()
    assert found.status == "in_review"
    assert window.page.locator("[name=text]").input_value() == "母親が入院した"
    assert asked.after("メモを保存する") == 1, "the form that is sent is not asked about"
    window.reads("メモを保存しました")
    assert asked.after("発送を決める") == 1, "there is nothing to lose any more"
    found.refresh_from_db()
    assert found.status == "approved"


def test_whoever_goes_all_the_same_goes(on_a_case):
    found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    assert asked.after("発送を決める", leave=True) == 1
    found.refresh_from_db()
    assert found.status == "approved"
    assert found.notes.count() == 0


def test_whoever_stayed_can_press_the_same_button_again_at_once(on_a_case):
    found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    asked.after("発送を決める")
    assert asked.after("発送を決める", leave=True) == 2
    found.refresh_from_db()
    assert found.status == "approved"


def test_every_way_off_the_page_asks(on_a_case):
    _found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    address, ways = window.page.url, [("link", "ケース一覧"), ("button", "サインアウト"), ("button", "English")]
    for times, (role, name) in enumerate(ways, start=1):
        assert asked.after(name, role=role) == times, name
        assert window.page.url == address, name


def test_without_words_nothing_asks(on_a_case):
    _found, window, asked = on_a_case
    write(window, "text", "  ")
    assert asked.after("ケース一覧", role="link") == 0
    window.page.wait_for_url("**/desk/")  # however long a busy machine takes


def test_dialling_is_no_leaving(on_a_case):
    _found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    links = '<a href="mailto:mado@example.org">書く</a> <a href="tel:110">かける</a>'
    window.page.locator("main").evaluate("(main, links) => main.insertAdjacentHTML('afterbegin', links)", links)
    assert asked.dialling("書く") == 0
    assert asked.after("ケース一覧", role="link") == 1
    assert asked.dialling("かける") == 1  # the last: Chromium without a screen waits for a telephone for good


def test_words_that_came_back_unrecorded_count_as_unsent(on_a_case):
    found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    window.page.context.clear_cookies(name="sessionid")
    asked.after("メモを保存する")
    window.page.locator("[name=login]").fill(Member.objects.get(pk=found.history.latest("id").by_id).email)
    window.page.locator("[name=password]").click()
    window.page.keyboard.type(PASSWORD)
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**#note")
    assert asked.times == 0, "signing in asks nothing"
    window.page.locator("[name=text]").click()
    assert asked.after("発送を決める") == 1


def test_nothing_typed_stays_in_the_browser(on_a_case):
    _found, window, asked = on_a_case
    write(window, "text", "母親が入院した")
    asked.after("発送を決める")
    assert window.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert all("入院" not in cookie["value"] for cookie in window.page.context.cookies())


def test_the_parcel_the_portal_and_a_reply_ask_too(browser, live_server):
    place = town()
    packer = members.packer(place.desk)
    boxed = case(status="approved", by=place.caseworker)
    window, asked = open_page(browser, live_server, packer, reverse("desk:parcel", args=[boxed.public_id]))
    write(window, "contents", "お米")
    assert asked.after("箱づめ・発送", role="link") == 1
    assert asked.after("箱づめを記録する") == 1

    centre = referrals.portal_centre()
    counsellor = members.counsellor(centre)
    sent = referrals.handed_off(centre, to="viewed", by_counsellor=counsellor)
    window, asked = open_page(browser, live_server, counsellor, reverse("portal:packet", args=[sent.public_id]))
    window.page.get_by_text("引き受けられないとき").click()
    write(window, "note", "定員のため")
    assert asked.after("一覧にもどる", role="link") == 1
    asked.after("引き受ける")
    window.reads("まだ何も記録していません")
    assert window.page.locator("[name=note]").input_value() == "定員のため"
    sent.refresh_from_db()
    assert sent.status == "viewed"

    called = referral(place, way=Way.TELEPHONE)
    window, asked = open_page(browser, live_server, place.caseworker, reverse("desk:referral", args=[called.public_id]))
    write(window, "note", "担当の方と話した")
    assert asked.after("サインアウト") == 1


def test_an_entry_of_the_directory_asks_too(browser, live_server):
    editor = members.member(Role.DIRECTORY_EDITOR, at=town().desk)
    entry = WindowFactory()
    window = Window.open(browser, live_server.url)
    window.looks = lambda _page: None  # Django's own pages
    window.let_in(editor)
    window.page.goto(live_server.url + reverse("admin:outreach_window_change", args=[entry.pk]))
    asked = Asked(window.page)
    write(window, "note", "電話で聞いた")
    assert asked.after("ログアウト") == 1
    assert asked.after("保存して編集を続ける") == 1
    assert Entry.objects.get().note == "電話で聞いた"


def test_the_telephone_asks_too(browser, live_server):
    caseworker = town().caseworker
    window, asked = open_page(browser, live_server, caseworker, reverse("apply:telephone"))
    window.page.locator("main button[type=submit]").first.click()
    for slug in ("for-whom", "food"):
        ANSWERS[slug](window.page)
        window.page.locator("main button[type=submit]").first.click()
    window.page.get_by_label("お住まいの郵便番号か").click()
    window.page.keyboard.type("見本町")
    assert asked.after("サインアウト") == 1
    assert asked.after("English") == 1, "the other language takes the words along"


def test_a_public_page_never_asks(browser, live_server):
    window = Window.open(browser, live_server.url)
    window.go(reverse("apply:start"))
    assert "unsent.js" not in window.page.content()
    assert "submit-once.js" not in window.page.content()
