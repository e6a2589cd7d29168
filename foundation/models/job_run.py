"""What the clock did: one row for each run of a job that found something to do."""

from __future__ import annotations

from django.db import models

from foundation.columns import MomentField


class JobRun(models.Model):
    """``done`` rows were dealt with, ``left`` needed nothing after all, ``failed`` raised and wait for the next run."""

    name = models.CharField(max_length=64)
    started_at = MomentField(editable=False)
    ended_at = MomentField(editable=False)
    done = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(name="job_run_newest", fields=["name", "-started_at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"
