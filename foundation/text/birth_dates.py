"""Dates of birth in other orders than the Japanese one, brought into a form in which the year comes first."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR_LAST = re.compile(
    rf"(?:born (?:in |on )?)?(?:(?:{_DAY}\s+)?{_MONTH}\.?(?:\s+{_DAY})?[,\s]+|\d{{1,2}}[-/.]\d{{1,2}}[-/.])(\d{{4}})",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(\d{4})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_BOTH = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")


def ways(text: str) -> list[str]:
    """The year as it is written, without the rest of a date; both where it is written twice: 1980年(昭和55年)."""
    both = _BOTH.fullmatch(text)
    said = [both[1] + both[3], both[2]] if both else [text]
    return [_year_alone(one.strip()) for one in said]


def _year_alone(text: str) -> str:
    found = _YEAR_LAST.fullmatch(text) or _FIGURES.fullmatch(text)
    return found[1] if found else text
