"""Ages of children: read from any way of writing them, with the months where somebody says them.

An age is kept as its years alone, or as [years, months]: a box for a child of eight months holds something else
than one for a child of two. What is typed is read whole or not at all: a part that isn't understood is asked back, so
that no child is dropped and none is guessed.
"""

import re
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese, numerals
from foundation.text.wording import listed, quoted
from outreach.application import ages_grammar as grammar

Age = int | list[int]
OLDEST_CHILD = 25
_WEEKS, _DAYS = 52, 365  # of a year; whoever is older is told in years
_LIST_NUMBERS = str.maketrans({chr(ord("①") + n): f" {n + 1}) " for n in range(20)} | {"½": "半"})
_SPACES = re.compile(r"[^\S\r\n]{2,}")
_COUNTED = {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six"), start=1)}


class _Unclear(Exception):
    """A part of what was typed may mean something else than ages."""


def years(age: Age) -> int:
    return age if isinstance(age, int) else age[0]


def read(text: str) -> list[Age]:
    """Ages of children, oldest last: 3歳と10才, ０、四歳, 1歳3か月 ([1, 3]), 赤ちゃん (0), いない (none).

    Raises ValueError, naming whatever isn't surely one child's age, or the number of children where it isn't that of
    the ages.
    """
    plain = _SPACES.sub(" ", japanese.squash(text.translate(_LIST_NUMBERS)))  # patterns try each of many
    if grammar.NOBODY.fullmatch(plain):
        return []
    heads, plain = _heads(plain)
    found: list[Age] = []
    numbers: list[str] = []
    unclear: list[str] = []
    for part in filter(None, (one.strip(" 。.") for one in _parts(plain))):
        try:
            for number, age in _children(part):
                numbers.append(number)
                found.append(age)
        except _Unclear:
            unclear.append(part)
    if not found and not unclear:
        raise ValueError(_("年齢は、「3、10」のように数字で書いてください。1歳になっていない子は「0」です。"))
    if not unclear and any(numbers) and numbers != [str(n + 1) for n in range(len(numbers))]:
        unclear = [plain]
    count = grammar.COUNT_PERHAPS.match(numerals.numerals(plain))
    if count and int(count["count"]) == len(found) - 1:
        unclear = [plain]
    if unclear:
        raise ValueError(
            format_lazy(
                _(
                    "年齢がはっきりしないところがあります：{parts}。"
                    "「3、10」のように、ひとりずつ、歳の数字だけで書いてください。双子は「3、3」、"
                    "1歳になっていない子は「0」か「8か月」です。これから生まれる子は、まだ書きません。"
                ),
                parts=quoted(unclear),
            )
        )
    if heads not in (None, len(found)):
        raise ValueError(
            format_lazy(
                _(
                    "子どもは{heads}人と書いてありますが、年齢は{found}人分です。「3、10」のように、全員の年齢を書いてください。"
                ),
                heads=heads,
                found=len(found),
            )
        )
    if max(map(years, found)) > OLDEST_CHILD:
        raise ValueError(
            format_lazy(
                _("ここには、{oldest}歳までの子どもの年齢を書いてください。それより上の方は、上の人数だけに入れます。"),
                oldest=OLDEST_CHILD,
            )
        )
    return sorted(found, key=lambda age: age if isinstance(age, list) else [age, 0])


def _heads(plain: str) -> tuple[int | None, str]:
    """How many children are said to be there before their ages, and what is left: 2人（3歳と10歳）."""
    head = grammar.HEADS.match(plain)
    if head is None or numerals.is_rough(head["heads"] or ""):
        return None, plain
    rest = plain[head.end() :]
    if rest.startswith("(") and rest.rstrip("。. ").endswith(")") and rest.count("(") == 1:
        rest = rest.rstrip("。. ")[1:-1]
    if head["counted"]:
        return _COUNTED.get(head["counted"].casefold()) or int(head["counted"]), rest
    said = head["heads"].replace("ひと", "1").replace("ふた", "2")
    return int(numerals.numerals(said)), rest


def _parts(plain: str) -> Iterator[str]:
    """What stands between commas and the like; two that may be one child's age stay together, and are asked about."""
    start = 0
    together = [found.span() for found in grammar.MAY_BE_ONE.finditer(plain)]
    for gap in grammar.SEPARATOR.finditer(plain):
        if not any(first <= gap.start() < last for first, last in together):
            yield plain[start : gap.start()]
            start = gap.end()
    yield plain[start:]


def _children(part: str) -> Iterator[tuple[str, Age]]:
    """Every child of one part, with its number in a list where it has one. Raises _Unclear."""
    if numerals.is_rough(part):
        raise _Unclear
    plain, at = numerals.numerals(part), 0
    if grammar.BABY.fullmatch(plain):
        infant = grammar.INFANT_AGE.search(plain)
        yield "", _infant(infant) if infant else 0
        return
    while at < len(plain):
        child = grammar.CHILD.match(plain, at)
        if child is None:
            raise _Unclear
        yield child["number"] or "", _age(child)
        at = child.end()


def _age(child: re.Match[str]) -> Age:
    if child["infant"]:
        return _infant(child)
    months = int(child["and_months"] or child["aside_months"] or (6 if child["half"] else 0))
    if months > 11 or (child["aside_months"] and int(child["years"] or child["bare"])):
        raise _Unclear
    whole = int(child["years"] or child["bare"])
    return [whole, months] if months else whole


def _infant(infant: re.Match[str]) -> Age:
    if int(infant["weeks"] or 0) > _WEEKS or int(infant["days"] or 0) > _DAYS:
        raise _Unclear
    whole, months = divmod(int(infant["months"] or 0), 12)
    return [whole, months] if months else whole


def as_typed(kept: list[Age]) -> str:
    """Written back as somebody may write it, and as it is read again: 0歳8か月、4."""
    return listed(str(age) if isinstance(age, int) else f"{age[0]}歳{age[1]}か月" for age in kept)


def words(age: Age) -> str:
    """3歳, 1歳3か月, 0歳（8か月）."""
    if isinstance(age, int):
        return str(format_lazy(_("{age}歳"), age=age))
    age, months = age
    return str(format_lazy(_("{age}歳{months}か月") if age else _("0歳（{months}か月）"), age=age, months=months))
