"""Logs for staff: one JSON object a line, with no person in it.

Tokens of private links are masked, query strings cut off, and of an error only its class and where it
happened are kept: messages of databases and parsers quote what people wrote.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

# Addresses whose last part is a secret or tells what someone ticked; see the urls of navi and person.
SECRET_PATHS = ("navi/w", "navi/list", "my")
MASK = "***"

_SECRET_PART = re.compile(rf"(/(?:{'|'.join(SECRET_PATHS)})/)[^/\s\"'?#]+")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")
_QUERY = re.compile(r"(?<=/)([^\s\"'?#/]*)\?[^\s\"']*")


def mask(text: str) -> str:
    """The text with tokens in paths masked and query strings cut off."""
    return _QUERY.sub(r"\1", _SECRET_PART.sub(rf"\g<1>{MASK}", text))


def configure(options: Mapping[str, Any]) -> None:
    """Django's LOGGING_CONFIG: whoever logs, it passes the same processors on its way to stderr.

    `options` is settings.LOGGING: {"level": "INFO"}. Django calls this only where it is not empty.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_stdlib_config(shared, level=options["level"]))


def describe_error(error: BaseException) -> dict[str, Any]:
    """An error's class and the places it came through, without its message."""
    return {
        "error": type(error).__name__,
        "where": [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__, limit=-12)
        ],
    }


def _stdlib_config(shared: list[Processor], *, level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [_foreign_message, *shared],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    _safe_error,
                    _masked,
                    structlog.processors.JSONRenderer(ensure_ascii=False, default=_type_name),
                ],
                "use_get_message": False,
                "pass_foreign_args": True,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers go: one of them would mail whole requests.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # The embedded queue is a folder and has no host to supply.
            "kombu.connection": {"level": "ERROR"},
            # Statements carry the values people gave.
            "django.db.backends": {"level": "WARNING"},
        },
    }


def _foreign_message(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of a library's record the message only, never its extras, which may hold requests and forms.

    Beside an error its arguments go too, since they quote it; except Django's, which name the address.
    """
    args = event.get("positional_args") or ()
    about_an_error = event.get("exc_info") and not event["_record"].name.startswith("django.")
    kept = {key: event[key] for key in ("event", "exc_info", "_record", "_from_structlog") if key in event}
    if about_an_error:
        kept["event"] = _PLACEHOLDER.sub("…", str(kept["event"]))
    elif args:
        kept["event"] = str(kept["event"]) % args
    if about_an_error and isinstance(args, Mapping) and "name" in args:
        kept["task"] = args["name"]
    return kept


def _safe_error(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event.update(describe_error(error))
    return event


def _masked(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: mask(value) if isinstance(value, str) else value for key, value in event.items()}


def _type_name(value: Any) -> str:
    """Objects nobody meant to log show their type, not their content."""
    return f"<{type(value).__name__}>"
