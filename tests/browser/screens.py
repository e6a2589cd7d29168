"""Takes the pictures of docs/screens/ from a running demonstration; `make screens` runs it."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium, people
from tests.browser.accessibility import PHONE, SCREEN
from tests.browser.people import Window

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"
ADDRESS = "127.0.0.1:8010"
SITE = f"http://{ADDRESS}"
DEMO_PASSWORD = "mihon-no-tsunagu"
START_SECONDS = 180


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    people.PASSWORD = DEMO_PASSWORD
    with tempfile.TemporaryDirectory(prefix="tsunagu-screens-") as var:
        environment = {**os.environ, "TSUNAGU_DEMO": "1", "TSUNAGU_VAR": var, "BASE_URL": SITE}
        command = [sys.executable, "manage.py", "start_demo", "--address", ADDRESS]
        demo = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            _wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
                _take(browser)
        finally:
            demo.terminate()
            demo.wait(timeout=30)


def _wait() -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{SITE}/healthz", timeout=2)
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demonstration did not start.")


def _take(browser: Browser) -> None:
    """The five steps as their people see them."""
    person = _window(browser, phone=True)
    people.ask_the_navi(person, place="札幌市中央区")
    _shoot(person.page, "1-navi")
    person.page.goto(SITE + "/")
    _shoot(person.page, "0-front")
    person.page.go_back()
    pictures = {"consent": "2-application-consent", "food": "2-application-first", "check": "2-application-check"}
    person.looks = lambda page: [
        _shoot(page, name) for part, name in pictures.items() if page.url.endswith(f"/{part}/")
    ]
    number = people.apply_for_food(person)
    _shoot(person.page, "2-application-receipt")
    person.press("あなたのページを開く")
    _shoot(person.page, "2-person")

    worker = _window(browser)
    worker.sign_in("caseworker@example.jp")
    _shoot(worker.page, "3-queue")
    worker.press(number)
    _shoot(worker.page, "3-case")
    worker.press("窓口につなぐ")
    _shoot(worker.page, "4-referral")
    worker.page.locator("main form button.btn-primary[type=submit]").first.click()
    worker.page.wait_for_load_state()

    counsellor = _window(browser)
    counsellor.sign_in("counsellor@example.jp")
    _shoot(counsellor.page, "4-portal")
    counsellor.page.locator("main a[href*='/portal/']").first.click()
    counsellor.press("内容を開いて読む")
    _shoot(counsellor.page, "4-packet")

    manager = _window(browser)
    manager.sign_in("manager@example.jp")
    manager.go("/reports/?from=2021-12-01&to=2022-06-30")
    _shoot(manager.page, "5-report")


def _window(browser: Browser, *, phone: bool = False) -> Window:
    window = Window.open(browser, SITE, phone=phone)
    window.looks = lambda _page: None
    return window


def _shoot(page: Page, name: str) -> None:
    """One page at both widths, from the top, as tall as a long phone screen or a desk's."""
    before = page.viewport_size
    for size, height in ((PHONE, 1100), (SCREEN, 1000)):
        page.set_viewport_size({**size, "height": height})
        page.wait_for_load_state("networkidle")
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=SCREENS / f"{name}-{size['width']}.png")
    page.set_viewport_size(before)


if __name__ == "__main__":
    main()
