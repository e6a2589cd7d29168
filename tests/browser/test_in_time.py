"""A call that would wait for ever ends, and says what it waited for."""

import pytest
from playwright.sync_api import Error

pytestmark = pytest.mark.browser


def test_a_promise_that_is_never_kept_ends_with_the_browser(browser, watch, capfd):
    page = browser.new_page()
    watch.over("a promise that is never kept", limit=0.5)
    with pytest.raises(Error, match="closed"):
        page.evaluate("new Promise(() => {})")
    assert "a promise that is never kept took more than 0.5 s" in capfd.readouterr().err
