"""Axe on an open page: no violation, at a phone's width and on a desk's screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
_axe = Axe()


def assert_accessible(page: Page) -> None:
    """Fail with axe's own words for every violation, and when a page is wider than the window."""
    before = page.viewport_size
    for size in (PHONE, SCREEN):
        page.set_viewport_size(size)
        found = _axe.run(page)
        violations = [
            f"{violation['id']}: {violation['help']} {[node['target'] for node in violation['nodes']]}"
            for violation in found.response["violations"]
        ]
        assert not violations, f"{page.url} at {size['width']} px: {violations}"
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{page.url} scrolls sideways at {size['width']} px"
    page.set_viewport_size(before)
