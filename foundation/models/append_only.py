"""Rows that are only ever added: histories, consents, access records."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from foundation.faults import AppendOnlyError


def _alters_data(method: Any) -> Any:
    """Keeps templates from calling it."""
    method.alters_data = True
    return method


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses every way of changing rows; `erase` is the one way of removing them."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are removed by erasure only")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts"):
            raise AppendOnlyError(f"{self.model.__name__} rows are never changed")
        return super().bulk_create(objs, *args, **kwargs)

    @_alters_data
    def erase(self) -> int:
        """Remove the rows of this query, because a person is erased; returns how many."""
        return super().delete()[0]


class AppendOnlyManager(models.Manager):
    """`objects.erase(subject=case)` needs to be told whose rows, so that a bare call cannot empty a table."""

    _queryset_class = AppendOnlyQuerySet

    @_alters_data
    def erase(self, **whose: Any) -> int:
        if not whose:
            raise AppendOnlyError("say whose rows are erased")
        rows: Any = self.filter(**whose)
        return rows.erase()


class AppendOnly(models.Model):
    """A row that is inserted once and never saved again."""

    objects: Any = AppendOnlyManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{type(self).__name__} rows are removed by erasure only")
