"""Whether what was written can be the address in a town: a block, a number, the name of a quarter or of a house."""

import re
from enum import Enum

# Words that point at what was said before: whatever stands beside them (同じ 101号室), the address itself isn't said.
_SAME = re.compile(
    r"同じ|おなじ|おんなじ|同上(?!町)|同左|同前(?![荘館寺町])|どうじょう|〃|々$|^々|(?:上|前|左)(?:記|述)|(?:上|前|さっき)に書い"
    r"|\bsame\b|\bditto\b|\bas (?:above|before)\b",
    re.IGNORECASE,
)
# What names no place to anybody else, alone or joined to one another: 現住所, 自宅住所, いまいるところ, 住民票の通り.
_NAMES_NOTHING = re.compile(
    r"(?:(?:現|今|いま|現在|さっき|先ほど|先程|さきほど|前回|以前|本人|自分|私|わたし|住民票|免許証|保険証|郵便番号|番号"
    r"|住所地?|現地|居所|自宅|実家|家|いえ|おうち|うち|お?住まい|ここ|こちら|そこ|場所|住んで|すんで|いる|居る|ところ|所|とこ|通り"
    r"|とおり|どおり|送って|おくって|届けて|書いた|ください|下さい|お願い|します|ます|です|わからない|分からない|わかりません"
    r"|不明|未定|秘密|ひみつ|[言い]いたくない|(?:教|おし)えたくない|わからん|分からん|(?:忘|わす)れ(?:た|ました)"
    r"|あとで|後で|電話で|言います|my|our|your|home|house|address|here|the|is|this|current|unknown"
    r"|[はがのとにをへで上前])|[\W_])+(?:\d+号室)?",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"\(?0\d{1,4}[-‐‑–—―−ー( )]+\d{1,4}[-‐‑–—―−ー( )]+\d{3,4}")
_LETTER = re.compile(r"[^\W_]")
_ENOUGH = re.compile(r"\d|[^\W_]{2}")


class Lacks(Enum):
    """Why a text is no address."""

    WORDS = "words"  # nothing is left that could be one
    PLACE = "place"  # it points at something said before


def lacks(text: str) -> Lacks | None:
    """What ``text`` lacks to be an address; None where it holds something that can be one."""
    if _SAME.search(text):
        return Lacks.PLACE
    if not _LETTER.search(text) or _TELEPHONE.fullmatch(text):
        return Lacks.WORDS
    if _NAMES_NOTHING.fullmatch(text):
        return Lacks.PLACE
    return None if _ENOUGH.search(text) else Lacks.WORDS
