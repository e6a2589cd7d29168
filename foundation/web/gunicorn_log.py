"""gunicorn's own logs: one JSON object a line as everything else, private addresses masked, nothing of a query."""

import json
import logging
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from foundation.logs import describe_error, mask

_KEPT = {"m", "s", "b", "B", "H", "D", "M", "L", "T", "t", "p", "l"}


class MaskedLogger(Logger):
    """Whatever ``access_log_format`` asks for: of a request's headers, query and environment there is nothing to tell.

    The visitor's address isn't told either: who asked a food bank for help is nobody's business.
    """

    error_fmt = "%(message)s"

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> dict[str, Any]:
        atoms = super().atoms(resp, req, environ, request_time)
        path = mask(environ.get("PATH_INFO", ""))
        told = {key: value for key, value in atoms.items() if key in _KEPT}
        return told | {"U": path, "r": f"{atoms['m']} {path} {atoms['H']}"}

    def _set_handler(self, log: logging.Logger, output: str, fmt: logging.Formatter, stream: Any = None) -> None:
        super()._set_handler(log, output, fmt if log is self.access_log else MaskedFormatter(), stream)


class MaskedFormatter(logging.Formatter):
    """What gunicorn says of itself; of an error its class and place, never its text, which may quote a request."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "event": mask(record.getMessage()),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": self.formatTime(record),
            "process": record.process,
        }
        if record.exc_info and record.exc_info[1]:
            line |= describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
