"""A sealed column in a query: it can be asked whether it holds anything, and nothing else."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull


class SealedColumn(Col):
    """Refuses ORDER BY, the only place where Django resolves a column a second time."""

    def resolve_expression(self, *_args: Any, **_kwargs: Any) -> Any:
        raise FieldError(f"{self.target.name} is encrypted: rows cannot be ordered or compared by it")


class HasNoValue(IsNull):
    """The one question a sealed column answers."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if isinstance(lhs, SealedColumn):
            lhs = Col(lhs.alias, lhs.target, lhs.output_field)
        super().__init__(lhs, rhs)
