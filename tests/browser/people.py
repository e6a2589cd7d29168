"""What the people of the walk do in a browser: an applicant, a caseworker, a counsellor, a manager."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from organisations.models import Member
from tests.browser.accessibility import PHONE, SCREEN, assert_accessible

PASSWORD = "walk-through-2026"

# What the applicant answers on each screen: how to fill in the form.
ANSWERS: dict[str, Callable[[Page], None]] = {
    "food": lambda page: page.locator("[name=food_days][value=none]").check(),
    "people": lambda page: page.locator("[name=people_count]").fill("２"),
    "cooking": lambda page: (
        page.locator("[name=cooking][value=can]").check(),
        page.locator("[name=lifelines_cut][value=gas]").check(),
    ),
    "for-whom": lambda page: page.locator("[name=applying_for][value=self]").check(),
    "name": lambda page: (
        page.locator("[name=name]").fill("見本 はな"),
        page.locator("[name=kana]").fill("ﾐﾎﾝ ﾊﾅ"),
        page.locator("[name=birth_year]").fill("昭和55年"),
    ),
    "receive": lambda page: page.locator("[name=receive_by][value=home]").check(),
    "address": lambda page: (
        page.locator("[name=postcode]").fill("０６０００４２"),
        page.locator("[name=address]").fill("見本町1丁目2-3"),
    ),
    "slot": lambda page: page.locator("[name=delivery_slot][value=morning]").check(),
    "reach": lambda page: page.locator("[name=reach_by][value=phone]").check(),
    "reach-details": lambda page: page.locator("[name=phone]").fill("０９０（１２３４）５６７８"),
    "household": lambda page: page.locator("[name=household_type][value=couple]").check(),
    "income": lambda page: page.locator("[name=income][value=lost_job]").check(),
    "debt": lambda page: page.locator("[name=in_debt][value=prefer_not_to_say]").check(),
    "first": lambda page: page.locator("[name=first_time][value=yes]").check(),
    "ties": lambda page: (
        page.locator("[name=someone_to_consult][value=no]").check(),
        page.locator("[name=bodies][value=none]").check(),
    ),
    "centre": lambda page: page.locator("[name=hand_off_wish][value=call_me]").check(),
    "tell": lambda page: page.locator("[name=groups][value=contact]").check(),
    "consent": lambda page: (
        page.locator("[name=consent][value=yes]").check(),
        page.locator("[name=feedback]").check(),
    ),
}


@dataclass
class Window:
    """One person's browser window on the site under test; every page it passes is held against axe."""

    page: Page
    site: str
    looks: Callable[[Page], None]
    elsewhere: list[str]

    @classmethod
    def open(cls, browser: Browser, site: str, *, phone: bool = False, scripts: bool = True) -> "Window":
        context = browser.new_context(viewport=PHONE if phone else SCREEN, locale="ja-JP", java_script_enabled=scripts)
        page = context.new_page()
        elsewhere: list[str] = []
        page.on("request", lambda request: elsewhere.append(request.url) if site not in request.url else None)
        return cls(page, site, assert_accessible if scripts else lambda _page: None, elsewhere)

    def go(self, path: str) -> None:
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        self.looks(self.page)

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the one button or link of the main part that bears ``name``, and look at what comes."""
        main = self.page.get_by_role("main")
        button = main.get_by_role("button", name=name, exact=exact)
        (button if button.count() else main.get_by_role("link", name=name, exact=exact)).first.click()
        self.looks(self.page)

    def reads(self, text: str) -> None:
        assert text in self.page.get_by_role("main").inner_text(), f"{text!r} is not on {self.page.url}"

    def let_in(self, member: Member) -> None:
        """Signed in already, where signing in is not what is looked at."""
        client = Client()
        client.force_login(member)
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.site}])

    def sign_in(self, email: str) -> None:
        self.go("/sign-in/login/")
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main button[type=submit]").click()
        self.looks(self.page)


def ask_the_navi(window: Window, *, place: str) -> None:
    """From the front page to the list of help that fits."""
    window.go("/")
    window.press("お金のこと")
    window.page.locator("main input[type=text]").fill(place)
    window.press("次へ")
    for worry in window.page.locator("main input[type=checkbox]:visible").all()[:2]:
        worry.check()
    window.page.locator("main button[type=submit]").first.click()
    window.looks(window.page)


def apply_for_food(window: Window) -> str:
    """From the list through every screen of the form; gives the receipt number."""
    window.press("食べものを申しこむ")
    for _screen in range(30):
        slug = window.page.url.removeprefix(window.site).strip("/").partition("/")[2]
        if slug == "check":
            break
        if slug in ANSWERS:
            ANSWERS[slug](window.page)
        window.page.locator("main button[type=submit]").first.click()
        came_to = window.page.url.removeprefix(window.site).strip("/").partition("/")[2]
        assert came_to != slug, f"{slug} did not go on: {window.page.get_by_role('main').inner_text()[:400]}"
        window.looks(window.page)
    window.press("この内容で申しこむ")
    window.reads("申込みは終わりです")
    return window.page.locator(".receipt-number").inner_text().strip()
