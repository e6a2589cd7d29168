"""Columns that are more than Django's own in the program, and Django's own in a migration.

A migration must run years later, when this code has changed: it sees the plain column, without the live default.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from foundation import clock
from foundation.text import office_numbers
from foundation.web.fields import OfficeNumber


class PlainInMigrations:
    """Mixed into a field class: migrations are written with ``plain``, the dotted path of Django's field."""

    plain: str

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]  # Field's, by the class it is mixed into
        kwargs.pop("default", None)
        return name, self.plain, args, kwargs


class MomentField(PlainInMigrations, models.DateTimeField):
    """When something happened: now by the project's clock, unless the verb says otherwise."""

    plain = "django.db.models.DateTimeField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", clock.now)
        super().__init__(*args, **kwargs)


class OfficeNumberField(PlainInMigrations, models.CharField):
    """A telephone number that is shown to be dialled, read alike wherever it is typed (office_numbers)."""

    plain = "django.db.models.CharField"

    def to_python(self, value: Any) -> Any:
        try:
            return office_numbers.read(value) if isinstance(value, str) else super().to_python(value)
        except ValueError as error:
            raise ValidationError(error.args[0], code="invalid") from None

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": OfficeNumber, **kwargs})
