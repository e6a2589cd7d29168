"""What every test stands on: a closed network, no left-over state, undefined template variables as errors."""

import io
import json
import logging
import os
import socket
import threading
from pathlib import Path

import pytest
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import translation
from hypothesis import settings as hypothesis
from playwright.sync_api import sync_playwright

from foundation import access
from organisations.places import gazetteer
from outreach.navi import catalogue
from tests import undefined
from tests.browser import chromium

# What lands is decided by the code and never by chance: the suite draws the same examples each time, `make explore`
# draws new ones.
hypothesis.register_profile("suite", derandomize=True)
hypothesis.register_profile("explore", derandomize=False)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

TESTS = Path(__file__).parent
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


@pytest.fixture(autouse=True)
def closed_network(monkeypatch):
    """Nothing leaves this machine: a connection to anywhere but loopback fails the test."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"the suite tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def clean_cache():
    """Sign-in limits of one test don't meet the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_japanese():
    """Every test begins in Japanese; the language a page was asked for stays in its thread otherwise."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_places():
    """Each test begins with the places and the directory of its own database."""
    gazetteer.forget()
    catalogue.forget()


@pytest.fixture(autouse=True)
def undefined_variables():
    """A template of ours that asks for a variable nobody gave it fails the test."""
    with undefined.noted() as noted:
        yield noted
    assert not noted, f"templates ask for what nobody gave them: {sorted(set(noted))}"


@pytest.fixture(scope="session", autouse=True)
def no_session_outlives_the_suite(django_db_setup, django_db_blocker):
    """What a killed worker or a served page left open would keep PostgreSQL from dropping the test database."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture
def logged(monkeypatch):
    """Everything written by any logger, as the JSON objects staff would read; call it to see them."""
    stream = io.StringIO()
    handlers = logging.getLogger().handlers
    written = next(h for h in handlers if isinstance(h.formatter, structlog.stdlib.ProcessorFormatter))
    monkeypatch.setattr(written, "stream", stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.fixture
def as_sent_before(monkeypatch):
    """Packets as they were sent before one by which nobody could call was refused: they stand in the tables."""
    monkeypatch.setattr("referrals.handoff.sending._check_centre_can_call", lambda *_asked: None)


@pytest.fixture
def reading():
    """Open an access scope, as a request or a task would, for tests that read personal data directly."""
    with access.scope(actor="test", purpose="test"):
        yield


@pytest.fixture
def at_once():
    """Run functions in threads that start together; gives their results or the errors they raised."""

    def run(*functions):
        start = threading.Barrier(len(functions))
        results = [None] * len(functions)

        def work(number, function):
            try:
                start.wait(5)
                results[number] = function()
            except Exception as error:
                results[number] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=pair) for pair in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads), "one of them still waits after half a minute"
        return results

    return run


@pytest.fixture(scope="module")
def chrome():
    """Headless Chromium; its event loop makes Django's calls from the same thread look asynchronous."""
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def browser(chrome):
    """The browser of the file, without the windows and cookies of another test."""
    yield chrome
    for context in chrome.contexts:
        context.close()


# Where a single test takes seconds; the rest is small and fills the workers evenly at the end.
LONG = ("browser", "upgrade", "test_migrations.py", "test_how_to.py", "invariants", "demonstration", "pages")


# .ci/run has a quarter of an hour for both databases: what goes through pages by the hundred, or asks no database at
# all, it asks on the embedded one alone (ASKED_BEFORE). `make test-services` by itself leaves nothing out.
ON_ONE_DATABASE = (
    "browser", "demonstration", "foundation/text", "invariants/test_4_centres.py", "invariants/test_6_addresses.py",
    "invariants/test_erased.py", "invariants/test_in_a_list.py", "invariants/test_in_between.py",
    "invariants/test_unreadable.py", "organisations/places", "outreach/application/test_centre_in_english.py",
    "outreach/application/test_consent.py", "outreach/application/test_input.py",
    "outreach/application/test_no_street.py", "outreach/application/test_read_back.py",
    "outreach/application/test_sent_already.py", "outreach/application/test_steps.py", "outreach/navi", "pages",
    "referrals/handoff/test_every_arrow.py", "referrals/person/test_standings.py", "referrals/test_words_kept.py",
    "test_how_to.py",
)  # fmt: skip


def pytest_collection_modifyitems(config, items):
    """The long files come first. Without Chromium the browser tests are left out, and said so; where it is required
    they fail.
    """
    items.sort(key=lambda item: _turn(item.path.relative_to(TESTS).parts[0]))
    if os.environ.get("ASKED_BEFORE"):
        left_out = {item for item in items if str(item.path.relative_to(TESTS)).startswith(ON_ONE_DATABASE)}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    if chromium.find() or os.environ.get("REQUIRE_BROWSER"):
        return
    for item in items:
        if "browser" in item.fixturenames:
            item.add_marker(pytest.mark.skip(reason="Chromium not found"))


def _turn(room: str) -> int:
    return LONG.index(room) if room in LONG else len(LONG)


def pytest_terminal_summary(terminalreporter):
    if not chromium.find() and not os.environ.get("REQUIRE_BROWSER"):
        terminalreporter.write_line(
            "The browser tests were NOT run: Chromium was not found (Debian: apt-get install chromium)."
        )
