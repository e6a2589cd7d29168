"""The cache that all processes share, on Redis: it counts sign-ins, and its absence keeps nobody out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

BREAKER_SECONDS = 30.0
PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)}

log = structlog.get_logger(__name__)
_resting_until = 0.0


class ForgivingRedisCache(RedisCache):
    """Remembers nothing while Redis is dead or silent, instead of failing; asks it again after a while."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**PATIENCE, **params.get("OPTIONS", {})}})

    def add(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return _unless_gone(super().add, key, *args, instead=True, **kwargs)

    def get(self, key: str, default: Any = None, *args: Any, **kwargs: Any) -> Any:
        return _unless_gone(super().get, key, default, *args, instead=default, **kwargs)

    def set(self, key: str, *args: Any, **kwargs: Any) -> None:
        _unless_gone(super().set, key, *args, instead=None, **kwargs)

    def delete(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return _unless_gone(super().delete, key, *args, instead=False, **kwargs)


def _unless_gone(ask: Callable[..., Any], *args: Any, instead: Any, **kwargs: Any) -> Any:
    """What Redis answers; ``instead`` when it doesn't, and from then on until it had time to come back."""
    global _resting_until
    if time.monotonic() < _resting_until:
        return instead
    try:
        return ask(*args, **kwargs)
    except RedisError as error:
        _resting_until = time.monotonic() + BREAKER_SECONDS
        log.warning("cache.gone", error=type(error).__name__)
        return instead
