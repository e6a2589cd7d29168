"""How gunicorn serves the site; it reads this file of itself when started here (docs/operations.md)."""

preload_app = True  # imported and warm before the workers part, so that nobody's first page waits for it
logger_class = "foundation.web.gunicorn_log.MaskedLogger"
access_log_format = (
    '{"event": "request", "method": "%(m)s", "path": "%(U)s", "status": %(s)s, "bytes": "%(b)s", "ms": %(M)s, '
    '"at": "%(t)s", "process": "%(p)s"}'
)
limit_request_line = 8190
graceful_timeout = 20
control_socket_disable = True  # it would lie in the home of whoever starts the site, and nobody asks it
