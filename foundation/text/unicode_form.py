"""Unicode's normal forms, in a time that grows with the text."""

import unicodedata
from functools import lru_cache
from typing import Literal

_MOST_MARKS = 30


def normal(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """``text`` in ``form``; of the marks on one letter no more than thirty count, as in Unicode's stream-safe text.

    Putting a letter's marks in order takes a time that grows with their square, and nobody else is served meanwhile:
    a hundred thousand of them fit into one field. Source: UAX #15, section 13.
    """
    return unicodedata.normalize(form, text if text.isascii() else _stream_safe(text))


def _stream_safe(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        begins_anew, own = _marks_of(letter)
        marks = own if begins_anew else marks + own
        if begins_anew or marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _marks_of(letter: str) -> tuple[bool, int]:
    """Whether a letter stands in it, and how many marks come after: U+0F73 is no mark by itself, and becomes two."""
    parts = [bool(unicodedata.combining(part)) for part in unicodedata.normalize("NFKD", letter)]
    if all(parts):
        return False, len(parts)
    return True, parts[::-1].index(False)
