"""What a load balancer asks: is this process alive, and can it serve people."""

from __future__ import annotations

import structlog
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from foundation.work import outbox

log = structlog.get_logger(__name__)

_migrated = False


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 while applications can be stored. ``late`` tells that what must leave does not: worker, broker or mail.

    Strangers learn no more than that; why it isn't ready stands in the log.
    """
    database = _database_answers()
    migrations = database and _is_migrated()
    ready = database and migrations
    if not ready:
        log.error("health.not_ready", database=database, migrations=migrations)
    late = ready and outbox.overdue().exists()
    return JsonResponse({"ready": ready, "late": late}, status=200 if ready else 503)


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
