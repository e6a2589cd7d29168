"""Pages come packed over slow lines, and their length tells nothing."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return Client(headers={"accept-encoding": "gzip"})


def test_a_page_comes_packed_to_whoever_takes_it_so_and_says_the_same(browser):
    plain, packed = Client().get("/"), browser.get("/")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content).decode().count("<a ") == plain.content.decode().count("<a ") > 3


def test_the_length_of_a_packed_page_tells_nothing(browser):
    """Who can have words of their own shown beside a secret must not learn it by the page's length (BREACH)."""
    assert len({len(browser.get("/").content) for _look in range(20)}) > 5
