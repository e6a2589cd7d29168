"""Whole applications over HTTP: eight people at once, gunicorn as docs/operations.md starts it, beside its floors.

Prints one line of JSON. Clients and site share the machine; on PostgreSQL the site has a database made for it and
dropped again.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
from psycopg import sql

from tests.outreach.application.given import ANSWERS

CLIENTS = 8
SECONDS = 8.0
LAST_STEPS = 160
PORT = 8017
START_SECONDS = 60.0
ROOT = Path(__file__).parents[1]
_HIDDEN = re.compile(r'name="(draft|version|page|ground|csrfmiddlewaretoken)" value="([^"]*)"')


class Browser:
    """One person's browser: keeps its cookies and its connection, and follows no redirect by itself."""

    def __init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookies: dict[str, str] = {}
        self.asked = 0

    def ask(self, path: str, data: dict[str, Any] | None = None, *, expect: int = 200) -> tuple[str, str]:
        """Where the answer leads, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if data is not None:
            body = urlencode(data, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if data is None else "POST", path, body, headers)
        response = self.connection.getresponse()
        page = response.read().decode()
        self.asked += 1
        if response.status != expect:
            raise RuntimeError(f"{path} answered {response.status}")
        for header in response.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.headers.get("Location", ""), page

    def opened(self, path: str) -> dict[str, str]:
        """What the form of a page carries unseen."""
        return dict(_HIDDEN.findall(self.ask(path)[1]))

    def fill_in(self) -> dict[str, str]:
        """From the first page of the form to the last; what the last one carries."""
        path = "/apply/"
        while not path.endswith("/check/"):
            answers = ANSWERS.get(path.rstrip("/").rpartition("/")[2], {})
            asked, (path, _page) = path, self.ask(path, {**self.opened(path), **answers}, expect=302)
            if path == asked:
                raise RuntimeError(f"{path} asks again")
        return self.opened(path)

    def hand_in(self, carried: dict[str, str]) -> str:
        """Press the last button; where the receipt is."""
        return self.ask("/apply/check/", carried, expect=302)[0]


def main() -> None:
    with _database(os.environ.get("DATABASE_URL", "")) as url, _served({**os.environ, "DATABASE_URL": url}):
        print(json.dumps(_measure()))


def _measure() -> dict[str, Any]:
    browser = Browser()
    browser.ask(browser.hand_in(browser.fill_in()))
    waiting = [(one, one.fill_in()) for one in (Browser() for _ in range(LAST_STEPS))]
    for one, _carried in waiting:
        one.connection.close()  # it opens again by itself; the site ends connections on which nobody asks
    return {
        "empty": _rate(lambda: Browser().ask, lambda ask: ask("/bench/empty/")),
        "insert": _rate(lambda: Browser().ask, lambda ask: ask("/bench/insert/", {})),
        "whole": _rate(lambda: None, lambda _none: _apply()),
        "last": _last(waiting),
        "requests": browser.asked,
        "clients": CLIENTS,
    }


def _apply() -> None:
    browser = Browser()
    browser.ask(browser.hand_in(browser.fill_in()))


def _rate(start: Callable[[], Any], again: Callable[[Any], object]) -> float:
    """How often ``again`` is done in a second by all clients, each with what ``start`` gave it."""
    until = time.monotonic() + SECONDS

    def work(done: list[float]) -> None:
        mine = start()
        while time.monotonic() < until:
            again(mine)
            done.append(time.monotonic())

    began = time.monotonic()
    done = _together(work)
    return len(done) / (max(done) - began)


def _last(waiting: list[tuple[Browser, dict[str, str]]]) -> float:
    """How many press the last button in a second."""

    def work(done: list[float]) -> None:
        with suppress(IndexError):
            while True:
                browser, carried = waiting.pop()
                browser.hand_in(carried)
                done.append(time.monotonic())

    began = time.monotonic()
    done = _together(work)
    assert len(done) == LAST_STEPS, "somebody's last button led nowhere"
    return len(done) / (max(done) - began)


def _together(work: Callable[[list[float]], None]) -> list[float]:
    """When each piece of work was done, all clients working at once."""
    done: list[float] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work(done)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return done


@contextmanager
def _database(url: str) -> Iterator[str]:
    """A database of its own beside ``url``; without one a file under TSUNAGU_VAR."""
    if not url:
        yield f"sqlite:///{os.environ['TSUNAGU_VAR']}/http.sqlite3"
        return
    name = f"bench_http_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[None]:
    """The site with the demonstration's data, until the block ends."""
    for command in ("migrate", "load_demo"):
        made = [sys.executable, "manage.py", command]
        subprocess.run(made, cwd=ROOT, env=environment, stdout=sys.stderr, check=True)
    command = ["gunicorn", "bench.served", "--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "4"]
    quiet = ["--access-logfile", f"{environment['TSUNAGU_VAR']}/access.log"]
    site = subprocess.Popen([sys.executable, "-m", *command, *quiet], cwd=ROOT, env=environment, stdout=sys.stderr)
    try:
        _wait(site)
        yield
    finally:
        site.terminate()
        site.wait(30)


def _wait(site: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while site.poll() is None and time.monotonic() < until:
        with suppress(OSError):
            Browser().ask("/healthz")
            return
        time.sleep(0.2)
    raise SystemExit("the site did not start")


if __name__ == "__main__":
    main()
