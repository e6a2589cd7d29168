"""Ages of children: read from any way of writing them, with the months where somebody says them.

An age is kept as its years alone, or as [years, months]: a box for a child of eight months holds something else
than one for a child of two.
"""

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese
from foundation.text.wording import listed

Age = int | list[int]
OLDEST_CHILD = 25
# How many children stand before their ages: 2人（3歳と10歳）. Behind an age it is a count that has to be asked back.
_HEADS = re.compile(r"^(?:子ども|こども|子供)?(?:は|が)?\d+\s*(?:人|名)(?:です)?")
_YEARS = r"(?:歳|才|さい|years?(?:\s*old)?|yrs?)"
_MONTHS = r"(?:[かヶカケヵ個]月|月|months?|mos?)"
# One child: 1歳3か月, 8か月 or 生後20日 (not yet one), or a bare number between separators. 中2 is none of these.
_CHILD = re.compile(
    rf"(?P<age>\d+)\s*{_YEARS}(?:\s*(?:と|and)?\s*(?P<and_months>\d+)\s*{_MONTHS})?"
    rf"|(?P<months>\d+)\s*{_MONTHS}"
    r"|(?P<infant>\d+\s*(?:週間?|weeks?|日|days?))"
    r"|(?<![^\s、,・と(/&+:])(?P<bare>\d+)(?![^\s、,・と)/&+。])",
    re.IGNORECASE,
)
# Words that tell of more than one child, or of one that isn't born: 3歳の双子, 妊娠8か月, 3歳（5月で4歳）.
_TELLS_MORE = re.compile(
    r"双子|ふたご|[三3]つ子|みつご|妊|予定|生まれ|うまれ|出産|月で|後に|twin|triplet|pregnan|\bdue\b|born",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:いない|いません|なし|無し|0人)。?")


def years(age: Age) -> int:
    return age if isinstance(age, int) else age[0]


def read(text: str) -> list[Age]:
    """Ages of children, oldest last: 3歳と10才, ０、四歳, 1歳3か月 ([1, 3]), 8か月 ([0, 8]), いない (none).

    Raises ValueError, also where a number is left that may be something else than an age.
    """
    plain = japanese.numerals(japanese.squash(text))
    if _NOBODY.fullmatch(plain):
        return []
    plain = _HEADS.sub(" ", plain)
    found = [_age(child) for child in _CHILD.finditer(plain)]
    if _TELLS_MORE.search(plain) or re.search(r"\d", _CHILD.sub(" ", plain)):
        raise ValueError(
            _(
                "年齢がはっきりしないところがあります。「3、10」のように、ひとりずつ、歳の数字だけで書いてください。"
                "双子は「3、3」、1歳になっていない子は「0」です。これから生まれる子は、まだ書きません。"
            )
        )
    if found and max(map(years, found)) > OLDEST_CHILD:
        raise ValueError(
            format_lazy(
                _("ここには、{oldest}歳までの子どもの年齢を書いてください。それより上の方は、上の人数だけに入れます。"),
                oldest=OLDEST_CHILD,
            )
        )
    if not found:
        raise ValueError(_("年齢は、「3、10」のように数字で書いてください。1歳になっていない子は「0」です。"))
    return sorted(found, key=lambda age: age if isinstance(age, list) else [age, 0])


def _age(child: re.Match[str]) -> Age:
    if child["infant"]:
        return 0
    months = int(child["months"] or child["and_months"] or 0)
    whole = int(child["age"] or child["bare"] or 0) + months // 12
    return [whole, months % 12] if months % 12 else whole


def as_typed(kept: list[Age]) -> str:
    """Written back as somebody may write it, and as it is read again: 0歳8か月、4."""
    return listed(str(age) if isinstance(age, int) else f"{age[0]}歳{age[1]}か月" for age in kept)


def words(age: Age) -> str:
    """3歳, 1歳3か月, 0歳（8か月）."""
    if isinstance(age, int):
        return str(format_lazy(_("{age}歳"), age=age))
    age, months = age
    return str(format_lazy(_("{age}歳{months}か月") if age else _("0歳（{months}か月）"), age=age, months=months))
