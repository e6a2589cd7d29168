"""Identifiers shown outside: public ids, receipt numbers (受付番号) and secrets of private links."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.db import models

from foundation.columns import PlainInMigrations
from foundation.text.unicode_form import normal

PUBLIC_ID_LENGTH = 22
RECEIPT_ALPHABET = "ABCDEFGHJKMNPQRTVWXY23456789"
RECEIPT_LENGTH = 8
# Every weight is coprime to 28, so that any single wrong letter changes the sum.
_WEIGHTS = (9, 11, 13, 15, 17, 19, 23)
# Letters that were left out because they are read as one that was kept.
_MISREAD = str.maketrans({"S": "5", "Z": "2"})
_WITHIN = re.compile(r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]-)[A-Za-z0-9]{4}[\s\-‐‑‒–—―−ー]*[A-Za-z0-9]{4}(?!-?[A-Za-z0-9])")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−ー]+")


def new_public_id() -> str:
    """22 URL-safe characters from 128 random bits."""
    return secrets.token_urlsafe(16)


class PublicIdField(PlainInMigrations, models.CharField):
    """The identifier by which a row is known outside; the bigint key never leaves."""

    plain = "django.db.models.CharField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = PUBLIC_ID_LENGTH
        kwargs["unique"] = True
        kwargs["default"] = new_public_id
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)


class ReceiptNumberField(PlainInMigrations, models.CharField):
    """A number people read out on the telephone: K7Q3-9MXF."""

    plain = "django.db.models.CharField"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": RECEIPT_LENGTH + 1, "unique": True, "default": new_receipt_number, "editable": False}
        super().__init__(*args, **kwargs)


def new_receipt_number() -> str:
    """A number like ``K7Q3-9MXF``: seven random letters and a check letter, none easily misread."""
    body = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(RECEIPT_LENGTH - 1))
    return _hyphenated(body + _check_letter(body))


def clean_receipt_number(text: str) -> str | None:
    """The number as it was given out, or None where a letter is wrong or missing.

    Understands full-width and small letters, missing or odd hyphens, S or Z written for 5 or 2, and words around it:
    受付番号K7Q3-9MXFです.
    """
    within = receipt_numbers_in(text)
    return _as_given_out(text) or (within[0] if len(within) == 1 else None)


def receipt_numbers_in(text: str) -> list[str]:
    """Every number that stands within a line, as it was given out; letters beside it belong to another word."""
    found = map(_as_given_out, _WITHIN.findall(normal("NFKC", text)))
    return list(dict.fromkeys(filter(None, found)))


def _as_given_out(text: str) -> str | None:
    letters = _SEPARATORS.sub("", normal("NFKC", text)).upper().translate(_MISREAD)
    if len(letters) != RECEIPT_LENGTH or not set(letters) <= set(RECEIPT_ALPHABET):
        return None
    if _check_letter(letters[:-1]) != letters[-1]:
        return None
    return _hyphenated(letters)


def new_secret() -> str:
    """A secret for a private link: 192 random bits as 32 URL-safe characters."""
    return secrets.token_urlsafe(24)


def _check_letter(body: str) -> str:
    total = sum(weight * RECEIPT_ALPHABET.index(letter) for weight, letter in zip(_WEIGHTS, body, strict=True))
    return RECEIPT_ALPHABET[total % len(RECEIPT_ALPHABET)]


def _hyphenated(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:]}"
