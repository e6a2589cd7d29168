"""gunicorn as operations start it: its own logs hold no private address, and the first page finds all loaded."""

import json
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from foundation.web.wsgi import warm
from tests.processes import soon

SECRET = "himitsu-no-tobira"


@pytest.fixture
def served(tmp_path):
    """The port of a gunicorn with every log on, and what it has said so far."""
    said = tmp_path / "said"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    logs = ["--access-logfile", "-", "--log-level", "debug"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with said.open("wb") as out:
        running = subprocess.Popen(
            [*command, *logs], cwd=settings.BASE_DIR, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            assert soon(lambda: "Listening at" in said.read_text()), said.read_text()
            yield port, said.read_text
        finally:
            running.terminate()
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()
                raise


def ask(port: int, request: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request.encode())
        return line.makefile("rb").read().decode("utf-8", "replace")


def test_no_log_of_gunicorn_holds_a_private_address(served):
    port, said = served
    head = "Host: 127.0.0.1\r\nConnection: close\r\n"
    requests = [
        f"GET /my/{SECRET}/ HTTP/1.1\r\n{head}\r\n",
        f"GET /navi/w/{SECRET}/?{SECRET}=1 HTTP/1.1\r\n{head}\r\n",
        f"GET /healthz?q={SECRET} HTTP/1.1\r\n{head}Referer: http://x/my/{SECRET}/\r\nCookie: a={SECRET}\r\n\r\n",
        f"GET /my/{SECRET}/\r\n\r\n",
        f"GET  /my/{SECRET}/ HTTP/9.9\r\n\r\n",
        f"GET /my/{SECRET}/ HTTP/1.1\r\n{head}X Y: /my/{SECRET}/\r\n\r\n",
    ]
    statuses = [ask(port, request).partition("\r\n")[0].split(" ")[1] for request in requests]
    assert statuses[2:] == ["200", "400", "400", "400"]
    assert soon(lambda: said().count('"event": "request"') >= 3), said()
    assert SECRET not in said()
    told = [json.loads(line) for line in said().splitlines() if line.startswith("{")]
    assert {"/my/***/", "/navi/w/***/", "/healthz"} <= {line["path"] for line in told if line["event"] == "request"}


def test_every_template_is_read_before_the_first_page():
    assert warm() == len([*(settings.BASE_DIR / "templates").rglob("*.html")]) > 50
