"""Axe on an open page: no violation, at a phone's width and on a desk's screen."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LIMIT = 30  # seconds
# An evaluated promise has no limit of its own.
_RUN = """([options, limit]) => Promise.race([
    axe.run(options),
    new Promise((_, over) => setTimeout(() => over(new Error(`axe took more than ${limit} s`)), limit * 1000)),
]).then((found) => found.violations)"""


def run_axe(page: Page) -> list[dict[str, Any]]:
    """The violations on a page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(_RUN, [{"resultTypes": ["violations"]}, LIMIT])


def assert_accessible(page: Page) -> None:
    """Fail with axe's own words for every violation, and when a page is wider than the window."""
    before = page.viewport_size
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        violations = [
            f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']]}"
            for violation in run_axe(page)
        ]
        assert not violations, f"{page.url} at {size['width']} px: {violations}"
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{page.url} scrolls sideways at {size['width']} px"
    page.set_viewport_size(before)
