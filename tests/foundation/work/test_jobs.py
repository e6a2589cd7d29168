"""Work done by the clock: a row that fails keeps no other back, and every run leaves its figures."""

import json
import logging
from datetime import timedelta

import pytest

from foundation import clock, tasks
from foundation.errors import NotAllowed
from foundation.models import JobRun, OutboxMessage
from foundation.work import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def messages():
    return [OutboxMessage.objects.create(kind="line", subject=f"referral:{number}") for number in range(7)]


def test_one_row_that_fails_keeps_no_other_back(messages):
    def finish(message):
        if message == messages[2]:
            raise ValueError("架空花子")
        message.last_error = "touched"
        message.save()

    run = jobs.each("touch", OutboxMessage.objects.all(), finish)
    assert (run.done, run.left, run.failed) == (6, 0, 1)
    assert OutboxMessage.objects.get(last_error="") == messages[2]


def test_what_somebody_else_did_first_is_no_failure(messages):
    def refuse(message):
        if message == messages[0]:
            raise NotAllowed

    run = jobs.each("refuse", OutboxMessage.objects.all(), refuse)
    assert (run.done, run.left, run.failed) == (6, 1, 0)


def test_more_rows_than_a_batch_are_all_met_once_although_they_leave_the_list(messages, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    met = []

    def delete(message):
        met.append(message.pk)
        message.delete()

    jobs.each("delete", OutboxMessage.objects.all(), delete)
    assert met == [message.pk for message in messages]


def test_no_order_of_the_rows_leaves_any_out(messages, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    met = []
    jobs.each("look", OutboxMessage.objects.order_by("-pk"), met.append)
    assert met == messages


def test_each_run_that_met_rows_stands_in_the_table(messages):
    jobs.each("look", OutboxMessage.objects.all(), lambda _message: None)
    jobs.each("look", OutboxMessage.objects.none(), lambda _message: None)
    run = JobRun.objects.get()
    assert (run.name, run.done, run.left, run.failed) == ("look", 7, 0, 0)
    assert run.started_at <= run.ended_at


@pytest.mark.parametrize(("raised", "figures"), [(None, (1, 0, 0)), (NotAllowed, (0, 1, 0)), (ValueError, (0, 0, 1))])
def test_a_run_is_recorded_and_logged_whatever_became_of_its_rows(messages, logged, raised, figures):
    def do(_message):
        if raised:
            raise raised

    jobs.each("try", OutboxMessage.objects.filter(pk=messages[0].pk), do)
    run = JobRun.objects.get()
    assert (run.done, run.left, run.failed) == figures
    [told] = [line for line in logged() if line["event"] == "job.ran"]
    assert (told["job"], told["done"], told["left"], told["failed"]) == ("try", *figures)


def test_of_a_failing_row_the_log_names_the_row_and_not_what_it_says(messages, caplog):
    def fail(_message):
        raise ValueError("架空花子")

    with caplog.at_level(logging.ERROR):
        jobs.each("fail", OutboxMessage.objects.filter(pk=messages[0].pk), fail)
    said = [record.msg for record in caplog.records if record.name == "foundation.work.jobs"]
    assert [(one["event"], one["job"], one["row"], one["error"]) for one in said] == [
        ("job.row_failed", "fail", messages[0].pk, "ValueError")
    ]
    assert "架空花子" not in json.dumps(said, default=str, ensure_ascii=False)


def test_at_night_what_left_long_ago_goes_and_what_still_waits_stays():
    now = clock.now()
    old = now - timedelta(days=400)
    kept = [
        OutboxMessage.objects.create(kind="line", subject="waits", created_at=old, run_at=old),
        OutboxMessage.objects.create(kind="line", subject="new", attempts=1, done_at=now),
    ]
    OutboxMessage.objects.create(kind="line", subject="old", created_at=old, run_at=old, attempts=1, done_at=old)
    figures = {"done": 1, "left": 0, "failed": 0}
    JobRun.objects.create(name="old", started_at=old, **figures)
    run = JobRun.objects.create(name="new", **figures)
    tasks.purge()
    assert list(OutboxMessage.objects.order_by("pk")) == kept
    assert JobRun.objects.get() == run
