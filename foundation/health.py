"""What a load balancer asks: is this process alive, and can it serve people."""

from __future__ import annotations

from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

_migrated = False


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 while applications can be stored; a missing broker is told, but keeps nobody out."""
    database = _database_answers()
    migrations = database and _is_migrated()
    broker = _broker_answers()
    ready = database and migrations
    return JsonResponse(
        {"ready": ready, "database": database, "migrations": migrations, "broker": broker},
        status=200 if ready else 503,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever it is, the answer to the balancer is the same
        return False
    return True


def _is_migrated() -> bool:
    """Whether nothing is left to migrate; remembered once true, since it cannot become untrue."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _broker_answers() -> bool:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except Exception:  # kombu, redis and the file system each have their own
        return False
    return True
