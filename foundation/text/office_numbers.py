"""Telephone numbers that offices give out: whoever taps one must reach somebody."""

from __future__ import annotations

import re

from foundation.text import japanese, telephone

# 110, 119, 171, 188, 189 and the like; #7119, #8008, #9110 and the like.
_SHORT = re.compile(r"1\d{2}|#\d{4}")
_GROUPED = re.compile(r"0\d+(-\d+)+")


def read(text: str) -> str:
    """The number as one dials it in Japan, its groups as they were written; "" of nothing. Raises ValueError.

    Whoever gives a number out knows that it was assigned, so that is not asked of a table that grows old.
    """
    word = re.sub(r"(?<=\d)[ー－―‐‑–—−](?=\d)", "-", japanese.squash(text)).replace(" ", "")
    if not word or _SHORT.fullmatch(word):
        return word
    number = telephone.dialled(word)
    shown = telephone.show_phone(number) if number.startswith("+81") else ""
    if not shown.startswith("0"):
        raise ValueError(telephone.why_not(word))
    if why := telephone.why_not_office(re.sub(r"\D", "", shown)):
        raise ValueError(why)
    return word if _GROUPED.fullmatch(word) else shown
