"""What stands in the place of a value whose key was destroyed, and what is said to whoever would add to it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError

ERASED = _("（消去済み）")


class Erased(DomainError):
    """Nothing can be written about, or told of, somebody whose key is gone."""

    default_message = _("この方の記録は消去済みです。書きたすことも、伝えることもできません。")


def unless_erased(read: Callable[[Any], Any], value: Any) -> Any:
    """``value`` as ``read`` makes it; an erased one stays as it is, to be shown as such."""
    return value if value is ERASED else read(value)
