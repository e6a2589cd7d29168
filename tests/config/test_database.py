"""What the database promises before a receipt is shown."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is durable as it is installed")
def test_on_sqlite_a_commit_is_on_the_disk_before_it_is_answered():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,), "FULL"
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has its own promise")
def test_on_postgresql_nobody_switched_durability_off():
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
