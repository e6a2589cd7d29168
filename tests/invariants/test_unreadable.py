"""What no browser sends by itself: other charsets, and NUL. It gets a page of ours and no traceback."""

import io
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import QueryDict
from django.test import RequestFactory

from config.wsgi import application
from foundation.web.wsgi import only_utf8
from organisations.roles import Role
from tests.invariants.crawl import Full

pytestmark = pytest.mark.django_db

CHARSETS = [
    "utf-16",
    "utf-7",
    "shift_jis",
    "base64",
    "rot13",
    "idna",
    "undefined",
    "punycode",
    "zip",
    "nonsense",
    "a\0",
]
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
BODIES = {
    FORM: b"name=%00&note=%E3%81%82&csrfmiddlewaretoken=x",
    MULTIPART: b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n\x00\r\n--b--\r\n',
}


@pytest.fixture
def full(world) -> Full:
    return Full.of(world)


def through_the_server(path: str, body: bytes, kind: str, *, method: str = "POST") -> tuple[str, str]:
    """Status and page, as gunicorn gets them: the test client builds its requests otherwise."""
    environ = RequestFactory().generic(method, path, body, content_type="text/plain").environ
    environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    statuses: list[str] = []
    for signal in (request_started, request_finished):  # the test's own connection stays open, as for the test client
        signal.disconnect(close_old_connections)
    try:
        page = b"".join(application(environ, lambda status, _headers: statuses.append(status)))
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    return statuses[0], page.decode()


def read_by_the_server(body: bytes, kind: str) -> QueryDict:
    """What a view finds in ``request.POST``."""
    environ = RequestFactory().generic("POST", "/", body, content_type="text/plain").environ
    environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    handed_on: list[dict] = []
    only_utf8(lambda environ, _start: handed_on.append(environ) or [])(environ, None)
    return WSGIRequest(handed_on[0]).POST


@pytest.mark.parametrize("kind", [FORM, MULTIPART])
@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_letters_that_are_not_utf_8_get_a_page_of_ours(kind, charset, method):
    for path in ("/", "/apply/food/?x=%E3%81%82", "/sign-in/login/", "/manage/", "/nowhere/"):
        status, page = through_the_server(path, BODIES[kind], f"{kind}; charset={charset}", method=method)
        assert status == "400 Bad Request", path
        assert "読み取れない内容が届きました" in page


UTF_8 = ["utf-8", "UTF8", "utf8", "u8", "utf_8", '"utf-8"', '"UTF8"', "us-ascii", "utf8; charset=utf-8"]
WORDS = "見本町の人"
PART = 'Content-Disposition: form-data; name="typed"'
TYPED = {FORM: f"typed={quote(WORDS)}", MULTIPART: f"--b\r\n{PART}\r\n\r\n{WORDS}\r\n--b--\r\n"}


@pytest.mark.parametrize("kind", [FORM, MULTIPART])
@pytest.mark.parametrize("charset", UTF_8)
def test_utf_8_is_read_however_it_is_spelled(kind, charset):
    status, _page = through_the_server("/sign-in/login/", b"", f"{kind}; charset={charset}", method="GET")
    assert status == "200 OK"
    form = read_by_the_server(TYPED[kind].encode(), f"{kind}; charset={charset}")
    assert form["typed"] == WORDS


@pytest.mark.parametrize("path", ["/my/no-such-secret/", "/my/no-such-secret/more/", "/language/setlang/"])
@pytest.mark.parametrize("charset", UTF_8)
def test_pages_without_a_csrf_token_read_it_too(path, charset):
    status, _page = through_the_server(path, b"number=AAAA-AAAA", f"{FORM}; charset={charset}")
    assert status in ("404 Not Found", "302 Found")


@pytest.mark.parametrize(
    "kind",
    [
        f"{FORM}; charset=",
        f"{FORM}; charset*=utf-8''base64",
        f"{FORM}; charset*=undefined''utf-8",
        f"{FORM}; charset*=nonsense''utf-8",
        f"{FORM}; x*=undefined''a",
        f"{FORM}; charset=utf-8; charset=latin-1",
        f"{FORM}; CHARSET=latin-1",
        "multipart/form-data; boundary=",
        "multipart/form-data",
        "multipart/form-data; boundary=\u3042",
        f"{MULTIPART}; x*=undefined''a",
    ],
)
@pytest.mark.parametrize("path", ["/my/no-such-secret/", "/my/no-such-secret/more/", "/sign-in/login/"])
def test_a_header_that_no_browser_sends_gets_a_page_and_no_traceback(kind, path):
    status, page = through_the_server(path, b"number=AAAA-AAAA", kind)
    assert status.startswith("4")
    assert "</html>" in page


def answers(full, send) -> set[int]:
    """The statuses that ``send`` gets from every address, as a visitor and as members."""
    got = set()
    for who, client in full.clients().items():
        if who in ("visitor", Role.CASEWORKER, Role.COUNSELLOR, Role.ADMINISTRATOR):
            client.raise_request_exception = False
            client.handler.enforce_csrf_checks = True
            got |= {send(client, path) for _address, path in full.paths()}
    return got


@pytest.mark.parametrize("query", ["%00", "a=%00", "term=x%00y", "%E3%81%82=1&b=%00"])
def test_nul_in_an_address_is_refused_everywhere(full, query):
    assert answers(full, lambda c, path: c.get(f"{path}{'&' if '?' in path else '?'}{query}").status_code) == {400}


@pytest.mark.parametrize("path", ["/manage/autocomplete/?term=%00", "/%00/", "/my/%00/", "/desk/cases/%00/"])
def test_nul_in_a_path_is_refused(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("kind", [FORM, MULTIPART])
def test_nul_in_a_form_is_refused_before_anything_reads_it(full, kind):
    got = answers(full, lambda c, path: c.generic("POST", path, BODIES[kind], content_type=kind).status_code)
    assert got == {400, 404}, "404 where no page is"
