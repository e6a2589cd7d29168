"""Work done by the clock, row by row: one row that fails keeps no other back, and each run is recorded."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

import structlog
from django.db import models

from foundation import clock
from foundation.errors import DomainError
from foundation.logs import describe_error
from foundation.models.job_run import JobRun

BATCH = 200
KEPT_FOR = timedelta(days=365)
RowT = TypeVar("RowT", bound=models.Model)

log = structlog.get_logger(__name__)


def each(name: str, rows: models.QuerySet[RowT], do: Callable[[RowT], object]) -> JobRun:
    """Call ``do``, a verb with a transaction of its own, for each of ``rows``, and record the run under ``name``.

    A DomainError means that there was nothing to do after all: somebody was first. Any other error is logged, by its
    class and place and the row's key, and the row is tried again on the next run. A run that met no row leaves none.
    """
    run = JobRun(name=name, started_at=clock.now(), done=0, left=0, failed=0)
    for row in _in_batches(rows):
        try:
            do(row)
        except DomainError:
            run.left += 1
        except Exception as error:
            run.failed += 1
            log.error("job.row_failed", job=name, row=row.pk, **describe_error(error))
        else:
            run.done += 1
    if run.done or run.left or run.failed:
        run.ended_at = clock.now()
        run.save()
        log.info("job.ran", job=name, done=run.done, left=run.left, failed=run.failed)
    return run


def purge() -> int:
    """Remove the runs of long ago; returns how many."""
    gone, _rows = JobRun.objects.filter(started_at__lte=clock.now() - KEPT_FOR).delete()
    return gone


def _in_batches(rows: models.QuerySet[RowT]) -> Iterator[RowT]:
    """All rows by their keys, a batch at a time: those behind may change meanwhile."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield from batch
