"""What stands around a pasted address: before it 〒001-0024, 住所：, a bracket, a dot, and a postcode behind it."""

import re
from typing import NamedTuple

from foundation.text import japanese
from organisations.models.place import Place
from organisations.places import leading, search

_SIGNS = re.compile(r"[\s・※→⇒▶>•●○◎■□◆◇★☆:、,。./]+")
_LABEL = re.compile(r"お?(?:現?住所地?|居所|送り先|送付先|届け?先|配送先|宛て?先|あて先|現在|自宅|今|いま)")
# Behind a label: a sign, or は; 自宅はなれ is the annex, 現在の地 and 住所変更前の are no labels.
_BEHIND = re.compile(r"は[\s、:]*(?=[^ぁ-ゖ\s])|\s*[:、]\s*|\s+(?!\d)|(?=[(「『【〔\[])")
_PAIRS = {"(": ")", "「": "」", "『": "』", "【": "】", "〔": "〕", "[": "]"}
_POSTCODE = re.compile(
    r"(?P<sign>〒|郵便番号[\s:は]*)?\s*(?P<postcode>\d{3}[-‐‑–—―−ー]?\d{4})(?![-‐‑–—―−ー/,.]?\d)(?!\s*(?:番|号|丁|地|の))\s*"
)
_BEHIND_IT = re.compile(
    r"[\s(,、]*(?:(?P<sign>〒|郵便番号[\s:は]*)\s*(?P<postcode>\d{3}[-‐‑–—―−ー]?\d{4})(?!\d)"
    r"|(?<=[\s(,、])(?P<bare>\d{3}[-‐‑–—―−ー]\d{4})(?=\)?$))\)?"
)


class Front(NamedTuple):
    """``postcode`` as it was written, or ""; ``is_called_one`` where 〒 stands before it. ``address`` is the rest.

    ``with_postcode`` is the address with those digits where they stood.
    """

    postcode: str
    is_called_one: bool
    address: str
    with_postcode: str


def parted(written: str, *, near: Place) -> Front:
    """``written`` without what only stands around it. Seven digits are a postcode where there is one such."""
    if len(written) > search.LONGEST_ADDRESS:
        return Front("", False, written, written)
    text, postcode, called = japanese.squash(written), "", False
    while text:
        shorter = _without_label(_SIGNS.sub("", text, count=1) if _SIGNS.match(text) else text, near)
        code = None if postcode else _POSTCODE.match(shorter)
        if code and (code["sign"] or search.all_by_postcode(code["postcode"])):
            postcode, called = code["postcode"], bool(code["sign"])
            shorter = shorter[code.end() :]
        if shorter == text:
            break
        text = shorter
    if postcode:
        return Front(postcode, called, text, f"{postcode} {text}")
    return _with_postcode_behind(text)


def _with_postcode_behind(text: str) -> Front:
    """高砂町6 〒067-8674, 1-2-3 Shinjuku Tokyo 160-0022."""
    behind = _BEHIND_IT.search(text)
    code = (behind["postcode"] or behind["bare"]) if behind else ""
    if behind and (behind["sign"] or search.all_by_postcode(code)):
        rest = f"{text[: behind.start()]} {text[behind.end() :].strip()}".strip()
        return Front(code, bool(behind["sign"]), rest, text)
    return Front("", False, text, text)


def _without_label(text: str, near: Place) -> str:
    if label := _LABEL.match(text):
        rest = text[label.end() :]
        if behind := _BEHIND.match(rest):
            return rest[behind.end() :]
        found = leading.of(rest, near=near)
        return rest if found.prefecture or leading.is_surely_a_place(found) else text
    closing = _PAIRS.get(text[:1])
    return _without_bracket(text, closing, near) if closing else text


def _without_bracket(text: str, closing: str, near: Place) -> str:
    """A bracket around the whole, a label or a place's name falls away, and one that is never closed."""
    inside, closed, rest = text[1:].partition(closing)
    if not closed or not rest.strip():
        return inside
    if _LABEL.fullmatch(inside) or re.fullmatch(rf"{_POSTCODE.pattern}", inside):
        return rest if _LABEL.fullmatch(inside) else f"{inside} {rest}"
    found = leading.of(inside, near=near)
    return inside + rest if found.places and not found.rest else text
