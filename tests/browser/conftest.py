"""Every test in a browser has a limit."""

from tests.browser.in_time import in_time, watch

__all__ = ["in_time", "watch"]
