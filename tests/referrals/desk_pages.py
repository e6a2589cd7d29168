"""What the tests of the desk's pages share: a signed-in member, and how many queries a page takes."""

from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisations.models import Member


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@contextmanager
def counting():
    """The statements of a page, the access record's own three among them; savepoints are no work."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield found
    found += [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def text(response) -> str:
    return response.content.decode()
