"""Cells of the open data: each kind of value read from text, and written so that it reads back the same."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.text import days, japanese, office_numbers

Value = str | bool | date | tuple[str, ...] | None
Reader = Callable[[str], Value]

YES, NO = "はい", "いいえ"


# A spreadsheet takes a cell that begins so for a formula; ' in front makes it text, and goes when it is read.
FORMULA_STARTS = ("=", "+", "-", "@", "'", "\t", "\r")


def escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def from_spreadsheet(cell: object) -> str:
    """A cell of a CSV or XLSX file as text: whole numbers without .0, dates as 2026-07-27, no escape."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    words = str(cell).strip()
    return words[1:] if words[:1] == "'" and words[1:].startswith(FORMULA_STARTS) else words


def text(cell: str) -> str:
    return cell.strip()


def code_of(letters: str) -> Reader:
    """An entry's own code: one of ``letters`` and at least three digits."""

    def read(cell: str) -> str:
        word = japanese.squash(cell).upper()
        if word and not re.fullmatch(rf"[{letters}]\d{{3,11}}", word):
            raise ValueError(_("番号は %(letter)s001 のように書いてください。") % {"letter": letters[0]})
        return word

    return read


def codes(cell: str) -> tuple[str, ...]:
    """Several values with ; between them (full-width ones and 、 are understood), in order, each once."""
    parts = re.split(r"[;；、,\n]", cell)
    return tuple(dict.fromkeys(part for raw in parts if (part := japanese.squash(raw))))


def yes_or_no(cell: str) -> bool:
    if (answer := yes_no_or_unknown(cell)) is None:
        return False
    return answer


def yes_no_or_unknown(cell: str) -> bool | None:
    word = japanese.squash(cell).casefold()
    if word in {"はい", "true", "yes", "1", "○", "〇"}:
        return True
    if word in {"いいえ", "false", "no", "0", "×"}:
        return False
    if not word:
        return None
    raise ValueError(_("「はい」か「いいえ」で書いてください。"))


def day(cell: str) -> date | None:
    return days.read(cell) if japanese.squash(cell) else None


def telephone(cell: str) -> str:
    """A number as one dials it in Japan: 0120-279-338; short numbers as they are (110, #8008)."""
    return office_numbers.read(cell)


def web_address(cell: str) -> str:
    word = cell.strip()
    if word and not re.fullmatch(r"https?://[^\s/]+\S*", word):
        raise ValueError(_("https:// で始まるアドレスを書いてください。"))
    return word


def one_of(choices: Any) -> Reader:
    """A value of ``choices``, given as value, label, or "101: 制度事業"."""
    named = {japanese.squash(str(label)): value for value, label in choices.choices}

    def read(cell: str) -> str:
        word = japanese.squash(cell)
        value = named.get(word, re.split(r"[:：]", word)[0].strip())
        if value and value not in choices.values:
            raise ValueError(_("使える値は %(values)s です。") % {"values": " ".join(choices.values)})
        return value

    return read


def several_of(choices: Any) -> Reader:
    read_one = one_of(choices)
    return lambda cell: tuple(dict.fromkeys(str(read_one(word)) for word in codes(cell)))


def needs(cell: str) -> tuple[str, ...]:
    words = codes(cell)
    if odd := [word for word in words if not re.fullmatch(r"[a-z][a-z0-9_]*", word)]:
        raise ValueError(_("「%(word)s」は小文字の英字で書いてください。") % {"word": odd[0]})
    return words


def written(value: Value) -> str:
    """A value as it is written; reading it again gives the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, tuple):
        return ";".join(value)
    return value
