from datetime import timedelta

import pytest
from celery import current_app
from django.db import DatabaseError, connection

from foundation import clock
from foundation.models import OutboxMessage
from foundation.web import health

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.urls")]


@pytest.fixture(autouse=True)
def only_what_is_tested(settings, monkeypatch):
    settings.MIDDLEWARE = []
    monkeypatch.setattr(health, "_migrated", True)


def test_a_living_process_says_so_without_asking_anyone(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_a_process_that_can_serve_is_ready(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "late": False}


def test_without_database_nobody_is_sent_here(client, monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "late": False}


def test_with_migrations_left_nobody_is_sent_here(client, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", lambda: False)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "late": False}


def test_it_asks_the_database_and_no_broker(client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a connection to the broker was opened")

    monkeypatch.setattr(current_app, "connection_for_write", refuse)
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("minutes", "facts", "late"),
    [
        (11, {}, True),
        (9, {}, False),
        (11, {"attempts": 3, "run_at": timedelta(minutes=20)}, True),
        (11, {"run_at": timedelta(days=2)}, False),
        (11, {"attempts": 1, "done_at": timedelta(0)}, False),
    ],
)
def test_what_has_not_left_for_ten_minutes_is_told_and_keeps_nobody_out(client, minutes, facts, late):
    now = clock.now()
    when = {name: now + value if isinstance(value, timedelta) else value for name, value in facts.items()}
    then = now - timedelta(minutes=minutes)
    OutboxMessage.objects.create(kind="line", subject="x", **{"created_at": then, "run_at": then, **when})
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "late": late}


def test_migrations_are_looked_at_until_they_are_done(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    plans = [["0002"], [], AssertionError("asked again")]

    class Executor:
        def __init__(self, _connection):
            self.loader = self.graph = self

        def leaf_nodes(self):
            return []

        def migration_plan(self, _targets):
            return plans.pop(0)

    monkeypatch.setattr(health, "MigrationExecutor", Executor)
    assert [health._is_migrated() for _ in range(3)] == [False, True, True]


def test_only_looking_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
