"""Japanese telephone numbers: made into one spelling, shown, or refused so that people know what to change."""

from __future__ import annotations

import re

import phonenumbers
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.japanese import HYPHENS, squash

_EXAMPLE = _("例：090-1234-5678、03-1234-5678")
_NUMBER = re.compile(r"\+?[0-9][0-9\-()\s.]{7,}[0-9]")
_BETWEEN = re.compile(r"[、,，/／・;]|または|と")
_EXTENSION = re.compile(r"内線|ext", re.IGNORECASE)
_MOBILE = ("050", "060", "070", "080", "090")
# By their beginnings, as they are written; what is said of them. Sources: 総務省「電気通信番号計画」.
_FREE = ("0120", "0800", "0088", "0077", "0037")
_CHARGED = ("0570", "0990", "0180", "0170")
_MACHINES = ("020",)
_REMARK = re.compile(
    r"(?P<number>[0-9+][0-9\-()\s.]{8,}?[0-9])(?:\s*(?P<remark>\(?[^0-9+\-()\s.].*)|\s+(?P<hours>\d{1,2}(?:時|:).*))",
    re.DOTALL,
)
_ELEVEN_DIGITS = (*_MOBILE, "020", "0800")
_LANDLINE_DIGITS, _MOBILE_DIGITS = 10, 11
_MOST_DIGITS_BESIDE = 8  # an extension, or hours; more may be another number


def own_phone(text: str) -> str:
    """The number of a human being, as ``phone``: none of an office's, which nobody is called back at."""
    number = phone(text)
    if cause := why_not_own(show_phone(number)):
        raise ValueError(cause)
    return number


def phone(text: str) -> str:
    """A Japanese telephone number as +81…, from any way of writing it. Raises ValueError."""
    plain = HYPHENS.sub("-", squash(text))
    if re.fullmatch(r"[0-9+\-()\s.]+", plain):
        try:
            number = phonenumbers.parse(plain, "JP")
        except phonenumbers.NumberParseException:
            number = None
        if number and number.country_code == 81 and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise ValueError(why_not(plain))


def dialled(text: str) -> str:
    """What somebody types to look for a number, as +81…, whether it is given out or not; "" where it is no number."""
    plain = HYPHENS.sub("-", squash(text))
    if not re.fullmatch(r"[0-9+\-()\s.]+", plain):
        return ""
    try:
        return phonenumbers.format_number(phonenumbers.parse(plain, "JP"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return ""


def show_phone(e164: str) -> str:
    """A stored number as people here write it: 090-1234-5678; anything else (188, #7119) as it stands."""
    try:
        number = phonenumbers.parse(str(e164))  # an erased one is no number, and is shown as what it is
    except phonenumbers.NumberParseException:
        return str(e164)
    here = phonenumbers.PhoneNumberFormat.NATIONAL
    abroad = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, here if number.country_code == 81 else abroad)


def why_not(plain: str) -> Promise:
    """The true cause, for ``plain`` with hyphens of one kind; whoever calls knows that it is no number."""
    return format_lazy("{} {}", _cause(plain), _EXAMPLE)


def why_not_own(national: str) -> Promise | None:
    """Why nobody can be reached at a number (as shown: 0120-279-338) that exists, or None."""
    if national.startswith(_FREE):
        why = _("{start}で始まるのは、会社やお店などのフリーダイヤルで、ご本人にかけることができません。")
    elif national.startswith(_CHARGED):
        why = _("{start}で始まるのは、会社や番組などの案内用の番号で、ご本人にかけることができません。")
    elif national.startswith(_MACHINES):
        why = _("{start}で始まるのは、機械どうしの通信やポケベルの番号で、電話で話せません。")
    else:
        return None
    start = national.split("-")[0] if not national.startswith(_MACHINES) else "020"
    return format_lazy(
        "{} {} {}",
        format_lazy(why, start=start),
        _("ご本人が出る番号を書いてください。"),
        _EXAMPLE,
    )


def why_not_office(national: str) -> str | Promise | None:
    """Why a number (in figures, 0 first) of an office can't be dialled, by its length; None where it can."""
    why = _length_amiss(national)
    return format_lazy("{} {}", why, _EXAMPLE) if why else None


def remark_beside(plain: str) -> tuple[str, str]:
    """A number and what is noted behind it: 内線 12, 夜だけ, 母; the whole and "" where that isn't a remark alone."""
    found = _REMARK.fullmatch(plain)
    noted = (found["remark"] or found["hours"]) if found else ""
    if not found or len(re.findall("[0-9]", noted)) > _MOST_DIGITS_BESIDE:
        return plain, ""
    remark = noted.strip("()、,。 ")
    return found["number"].strip("( "), "" if remark == "です" else remark


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
    return _length_amiss(national) or _(
        "日本では使われていない番号のようです。書きまちがいがないか、たしかめてください。"
    )


def _length_amiss(national: str) -> Promise | None:
    due = _MOBILE_DIGITS if national.startswith(_ELEVEN_DIGITS) else _LANDLINE_DIGITS
    off = len(national) - due
    if off < 0:
        return format_lazy(
            _("番号が{off}けた足りません。{start}で始まる番号は{due}けたです。"), off=-off, start=national[:3], due=due
        )
    if off > 0:
        return format_lazy(
            _("番号が{off}けた多いようです。{start}で始まる番号は{due}けたです。"), off=off, start=national[:3], due=due
        )
    return None
