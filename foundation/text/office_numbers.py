"""Telephone numbers that offices give out: whoever taps one must reach somebody."""

from __future__ import annotations

import re

import phonenumbers

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
    number = japanese.dialled(word)
    if not (number.startswith("+81") and phonenumbers.is_possible_number(phonenumbers.parse(number))):
        raise ValueError(telephone.why_not(word))
    return word if _GROUPED.fullmatch(word) else japanese.show_phone(number)
