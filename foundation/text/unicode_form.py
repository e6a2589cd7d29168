"""Unicode's normal forms, in a time that grows with the text."""

import unicodedata
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
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
