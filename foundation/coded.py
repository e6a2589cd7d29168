"""The words for stored codes: read tolerantly, since a row may hold what nobody offers any more."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import listed

UNKNOWN = _("（いまは使っていない答え）")


def word(codes: type[TextChoices], code: str) -> str | Promise:
    """The word for a stored code: "" for "", and UNKNOWN for one that ``codes`` don't know."""
    if not code:
        return ""
    try:
        return codes(code).label
    except ValueError:
        return UNKNOWN


def words(codes: type[TextChoices], stored: Iterable[str]) -> str:
    """The words for several stored codes: 電気、ガス."""
    return listed(word(codes, code) for code in stored)


class CodeField(models.CharField):
    """A column of codes whose ``get_…_display`` reads one that nobody knows as UNKNOWN instead of showing it raw.

    Django's own also puts every label into the reader's language to look one up.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, f"get_{name}_display", _display(self))

    def deconstruct(self) -> Any:
        """Django's own column, as migrations know it."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def _display(field: CodeField) -> Callable[[models.Model], str]:
    words = dict(field.flatchoices)

    def display(row: models.Model) -> str:
        code = getattr(row, field.attname)
        return str(words.get(code, UNKNOWN)) if code else ""

    return display
