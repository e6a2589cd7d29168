"""Where Chromium is, and how the suite starts it: headless, offline, with nothing running in the background."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=ja",
)  # fmt: skip


def find() -> str | None:
    """The browser's path: CHROMIUM when set, else the first one installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None)
