import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from foundation import logs

SECRET = "kZ3v-_9QxT"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (f"/navi/w/{SECRET}/", "/navi/w/***/"),
        (f"/navi/list/{SECRET}/", "/navi/list/***/"),
        (f"/my/{SECRET}/", "/my/***/"),
        (f"/my/{SECRET}/withdraw/", "/my/***/withdraw/"),
        (f"/en/my/{SECRET}", "/en/my/***"),
        (f"GET /my/{SECRET}/?x=1 HTTP/1.1", "GET /my/***/ HTTP/1.1"),
        (f"/apply/?t={SECRET}", "/apply/"),
        (f'"GET /list/?e={SECRET} HTTP/1.1" 200', '"GET /list/ HTTP/1.1" 200'),
        (f"https://example.jp/list?e={SECRET}&f=2", "https://example.jp/list"),
        ("/desk/cases/AbC/", "/desk/cases/AbC/"),
        ("mystery /myth/abc/", "mystery /myth/abc/"),
        ("", ""),
    ],
)
def test_tokens_and_query_strings_are_masked(written, shown):
    assert logs.mask(written) == shown


@given(token=st.from_regex(r"[A-Za-z0-9_.-]+", fullmatch=True), place=st.sampled_from(logs.SECRET_PATHS))
def test_no_token_of_any_form_passes(token, place):
    assert logs.mask(f"Not Found: /{place}/{token}/") == f"Not Found: /{place}/***/"


def test_our_events_are_one_json_object_a_line(logged):
    structlog.get_logger("foundation.test").warning("outbox.failed", kind="mail", path=f"/my/{SECRET}/?a=b")
    [line] = logged()
    assert line["event"] == "outbox.failed"
    assert line["level"] == "warning"
    assert line["logger"] == "foundation.test"
    assert line["path"] == "/my/***/"
    assert line["timestamp"]


def test_django_s_messages_are_masked(logged):
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", f"/my/{SECRET}/", extra={"request": "架空花子"}
    )
    [line] = logged()
    assert line["event"] == "Internal Server Error: /my/***/"
    assert "架空花子" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize("logger", [logging.getLogger("django.request"), structlog.get_logger("foundation.test")])
def test_of_an_error_the_place_is_kept_and_the_message_is_not(logged, logger):
    try:
        raise ValueError("duplicate key: (name)=(架空花子)")
    except ValueError:
        logger.exception("failed")
    [line] = logged()
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][-1]
    assert "架空花子" not in json.dumps(line, ensure_ascii=False)


def test_of_a_failed_task_the_name_is_kept_and_the_message_is_not(logged):
    try:
        raise ValueError("架空花子")
    except ValueError as error:
        logging.getLogger("celery.app.trace").error(
            "Task %(name)s raised unexpected: %(exc)s",
            {"name": "foundation.tasks.sweep_outbox", "exc": repr(error)},
            exc_info=True,
        )
    [line] = logged()
    assert line["task"] == "foundation.tasks.sweep_outbox"
    assert line["event"] == "Task … raised unexpected: …"
    assert "架空花子" not in json.dumps(line, ensure_ascii=False)


def test_of_what_failed_in_the_clock_the_line_is_a_sentence(logged):
    """Celery's beat logs "Message Error: %s\n%s" with the error and the stack as arguments."""
    try:
        raise ConnectionError("架空花子")
    except ConnectionError as error:
        logging.getLogger("celery.beat").error("Message Error: %s\n%5.1f%%", error, 3.0, exc_info=True)
    [line] = logged()
    assert line["event"] == "Message Error: …\n…%%"
    assert line["error"] == "ConnectionError"


def test_an_object_nobody_meant_to_log_shows_its_type(logged):
    structlog.get_logger("foundation.test").info("odd", thing=object())
    assert logged()[0]["thing"] == "<object>"


def test_statements_with_what_people_wrote_are_not_logged(logged):
    logging.getLogger("django.db.backends").debug("INSERT … %s", "架空花子")
    logging.getLogger("django.db.backends").info("INSERT … %s", "架空花子")
    assert logged() == []


def test_nothing_mails_errors_to_anyone():
    assert logging.getLogger("django").handlers == []
