"""The gallery of components, put beside the site's own addresses."""

import pytest

from config.url_permissions import URL_PERMISSIONS
from organisations.permission_map import Access


@pytest.fixture
def gallery(settings, monkeypatch, db):
    """Serve tests/pages/gallery.py under /gallery/."""
    from tests.pages import gallery as module

    settings.ROOT_URLCONF = module.__name__
    folder = str(settings.BASE_DIR / "tests" / "pages" / "templates")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], folder]}]
    for pattern in module.views:
        monkeypatch.setitem(URL_PERMISSIONS, pattern.name, Access.PUBLIC)
