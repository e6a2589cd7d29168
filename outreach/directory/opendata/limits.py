"""How large a file of open data may be, and what is said of one that isn't read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.errors import DomainError

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000  # ten times the largest directory of this kind
MOST_COLUMNS = 200
LONGEST_CELL = 20_000  # characters
UNREADABLE = gettext_lazy("ファイルを読めません。CSV（UTF-8 か シフトJIS）か XLSX で保存しなおしてください。")


def too_large() -> DomainError:
    message = _("ファイルが大きすぎます。いちどに読めるのは%(most)dMBまでです。分けてください。")
    return DomainError(message % {"most": MOST_BYTES >> 20})


def too_many_rows() -> DomainError:
    message = _("行が多すぎます。いちどに読めるのは%(most)d行までです。分けてください。")
    return DomainError(message % {"most": MOST_ROWS})


def too_many_columns() -> DomainError:
    message = _("列が多すぎます（%(most)d列まで）。ほかの表が入っていないか、確かめてください。")
    return DomainError(message % {"most": MOST_COLUMNS})
