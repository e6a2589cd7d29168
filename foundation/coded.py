"""The words for stored codes: read tolerantly, since a row may hold what nobody offers any more."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.wording import listed

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
