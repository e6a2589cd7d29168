"""Rows that are only ever added: histories, consents, access records."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from foundation.errors import AppendOnlyError


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses every way of changing rows; `erase` is the one way of removing them."""

    def update(self, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are removed by erasure only")

    delete.alters_data = True
    delete.queryset_only = True
    update.alters_data = True

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts"):
            raise AppendOnlyError(f"{self.model.__name__} rows are never changed")
        return super().bulk_create(objs, *args, **kwargs)

    def erase(self) -> int:
        """Remove the rows of this query, because a person is erased; returns how many."""
        return super().delete()[0]

    erase.alters_data = True
    erase.queryset_only = True


class AppendOnlyManager(models.Manager.from_queryset(AppendOnlyQuerySet)):
    """`objects.erase(subject=case)` needs to be told whose rows, so that a bare call cannot empty a table."""

    def erase(self, **whose: Any) -> int:
        if not whose:
            raise AppendOnlyError("say whose rows are erased")
        return self.filter(**whose).erase()


class AppendOnly(models.Model):
    """A row that is inserted once and never saved again."""

    objects = AppendOnlyManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{type(self).__name__} rows are removed by erasure only")
