"""What no browser sends by itself: other charsets, and NUL. It gets a page of ours and no traceback."""

import io

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.wsgi import application
from foundation.web.middleware import ReadableRequestMiddleware
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
    page = b"".join(application(environ, lambda status, _headers: statuses.append(status)))
    return statuses[0], page.decode()


@pytest.mark.parametrize("kind", [FORM, MULTIPART])
@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_letters_that_are_not_utf_8_get_a_page_of_ours(kind, charset, method):
    for path in ("/", "/apply/food/?x=%E3%81%82", "/sign-in/login/", "/manage/", "/nowhere/"):
        status, page = through_the_server(path, BODIES[kind], f"{kind}; charset={charset}", method=method)
        assert status == "400 Bad Request", path
        assert "読み取れない内容が届きました" in page


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii"])
def test_what_browsers_send_is_read(charset):
    status, _page = through_the_server("/sign-in/login/", b"", f"{FORM}; charset={charset}", method="GET")
    assert status == "200 OK"


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


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "draft", "known"])
def test_a_cookie_that_holds_nul_counts_as_none(full, name):
    """Written as octal, which Django reads: PostgreSQL would refuse to look for it."""
    visitor = full.clients()["visitor"]
    visitor.raise_request_exception = False
    cookie = f'{name}="abcdefghij\\000klm"'
    for _address, path in full.paths():
        assert visitor.get(path, headers={"cookie": cookie}).status_code < 500
    request = RequestFactory().get("/", headers={"cookie": f"{cookie}; other=1"})
    ReadableRequestMiddleware(lambda _request: HttpResponse())(request)
    assert request.COOKIES == {"other": "1"}
