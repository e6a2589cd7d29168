"""Kanji numerals, read as figures."""

from __future__ import annotations

import re

_DIGITS = {kanji: number for number, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(f"[{''.join([*_DIGITS, *_TENS])}]+")


def numerals(text: str) -> str:
    """The text with its kanji numerals in figures: 五十五 as 55, 一九八〇 as 1980, 十 as 10."""
    return _NUMERAL.sub(lambda found: _figures(found[0]), text)


def is_rough(text: str) -> bool:
    """Whether ``text`` counts as people speak, two or three: 二三人, which is not 23."""
    return bool(re.search("[一二三四五六七八九]{2}", text))


def _figures(numeral: str) -> str:
    if not any(letter in _TENS for letter in numeral):
        return "".join(str(_DIGITS[letter]) for letter in numeral)
    whole, before = 0, ""
    for letter in numeral:
        if letter in _DIGITS:
            before += str(_DIGITS[letter])
        else:
            whole, before = whole + int(before or 1) * _TENS[letter], ""
    return str(whole + int(before or 0))
