"""Reloading a row without opening what is sealed in it: copying attributes is no reading."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db import models

KEEPS_SEALED = "keeps_sealed"
keep_sealed: ContextVar[bool] = ContextVar("keep_sealed", default=False)


def keeping_sealed(refresh: Callable[..., None]) -> Callable[..., None]:
    """Reloading copies attributes from a fresh instance; that is no reading and must not open anything."""

    @wraps(refresh)
    def refresh_from_db(self: models.Model, *args: Any, **kwargs: Any) -> None:
        token = keep_sealed.set(True)
        try:
            refresh(self, *args, **kwargs)
        finally:
            keep_sealed.reset(token)

    setattr(refresh_from_db, KEEPS_SEALED, True)
    return refresh_from_db
