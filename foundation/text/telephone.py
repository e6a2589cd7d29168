"""Why what somebody wrote is no Japanese telephone number, said so that they know what to change."""

import re

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_EXAMPLE = _("例：090-1234-5678、03-1234-5678")
_NUMBER = re.compile(r"\+?[0-9][0-9\-()\s.]{7,}[0-9]")
_BETWEEN = re.compile(r"[、,，/／・;]|または|と")
_EXTENSION = re.compile(r"内線|ext", re.IGNORECASE)
_MOBILE = ("050", "060", "070", "080", "090")
_LANDLINE_DIGITS, _MOBILE_DIGITS = 10, 11


def why_not(plain: str) -> Promise:
    """The true cause, for ``plain`` with hyphens of one kind; whoever calls knows that it is no number."""
    return format_lazy("{} {}", _cause(plain), _EXAMPLE)


def _cause(plain: str) -> str | Promise:
    digits = "".join(re.findall("[0-9]", plain))
    if not digits:
        return _("電話番号は、数字で書いてください。")
    if _EXTENSION.search(plain):
        return _("内線の番号は、ここには書けません。外からかけられる番号だけを書いてください。")
    if len(_NUMBER.findall(_BETWEEN.sub("|", plain))) > 1 or len(digits) >= 2 * _LANDLINE_DIGITS:
        return _("番号が2つ書いてあるようです。いちばん出やすい番号を、1つだけ書いてください。")
    if rest := re.sub(r"[0-9+\-()\s.]", "", plain):
        return format_lazy(_("電話番号に「{rest}」が入っています。数字だけで書いてください。"), rest=rest[:10])
    if plain.startswith("+") and not digits.startswith("81"):
        return _("外国の番号には電話できません。日本の番号を書いてください。")
    return _about_length(digits.removeprefix("81") if plain.startswith("+") else digits, abroad=plain.startswith("+"))


def _about_length(digits: str, *, abroad: bool) -> str | Promise:
    national = f"0{digits}" if abroad else digits
    if not national.startswith("0"):
        return _("0から始まる番号を、市外局番から書いてください。")
    due = _MOBILE_DIGITS if national.startswith(_MOBILE) else _LANDLINE_DIGITS
    off = len(national) - due
    if off < 0:
        return format_lazy(
            _("番号が{off}けた足りません。{start}で始まる番号は{due}けたです。"), off=-off, start=national[:3], due=due
        )
    if off > 0:
        return format_lazy(
            _("番号が{off}けた多いようです。{start}で始まる番号は{due}けたです。"), off=off, start=national[:3], due=due
        )
    return _("日本では使われていない番号のようです。書きまちがいがないか、たしかめてください。")
