"""How answers read: the one place where a stored value of an application becomes words, for whomever."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import telephone
from foundation.text.wording import listed, year_with_era
from outreach.application import ages


def text(value: str) -> str:
    return str(value or "")


def people(number: int | None) -> str:
    """3人."""
    return str(format_lazy(_("{count}人"), count=number)) if number else ""


def children(ages_of: Iterable[ages.Age] | None) -> str:
    """3歳、10歳; 0歳（8か月）、4歳."""
    return listed(ages.words(age) for age in ages_of or ())


def birth_year(year: int | str | None) -> str:
    """1980年（昭和55年）."""
    return year_with_era(int(year)) if year else ""


def phone(e164: str) -> str:
    """090-1234-5678."""
    return telephone.show_phone(e164) if e164 else ""


def postcode(seven: str) -> str:
    """060-0001."""
    return f"{seven[:3]}-{seven[3:]}" if seven else ""


def yes_or_no(value: bool) -> str:
    return str(_("はい") if value else _("いいえ"))


def cannot_telephone(value: bool) -> str:
    return str(_("電話は使えません")) if value else ""
