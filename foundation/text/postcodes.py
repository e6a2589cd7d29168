"""Postcodes, in any way of writing them."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from foundation.text.japanese import HYPHENS, squash


def postcode(text: str) -> str:
    """Seven digits, from any way of writing a postcode. Raises ValueError."""
    digits = re.sub(r"\s+", "", HYPHENS.sub("", squash(text).removeprefix("〒")))
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise ValueError(_("郵便番号は、数字7けたで書いてください。例：064-0941"))
    return digits
