"""The gallery of components, put beside the site's own addresses, and a browser to look at it."""

import pytest
from playwright.sync_api import sync_playwright

from organisations.url_permissions import URL_PERMISSIONS, Access
from tests.browser import chromium


@pytest.fixture
def gallery(settings, monkeypatch, db):
    """Serve tests/pages/gallery.py under /gallery/."""
    from tests.pages import gallery as module

    settings.ROOT_URLCONF = module.__name__
    folder = str(settings.BASE_DIR / "tests" / "pages" / "templates")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], folder]}]
    for pattern in module.views:
        monkeypatch.setitem(URL_PERMISSIONS, pattern.name, Access.PUBLIC)


@pytest.fixture
def browser(monkeypatch):
    """Headless Chromium; its event loop makes Django's calls from the same thread look asynchronous."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield chrome
        chrome.close()
