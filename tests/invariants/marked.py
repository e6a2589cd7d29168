"""Somebody whose every word is recognisable wherever it turns up, in whatever spelling."""

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import quote

SIGN = "めじるし"
PHONE, EMAIL = "+819098765432", "mejirushi@example.net"

# What the person types into the form, by field name.
TYPED = {
    "food_days": "none",
    "typed": "064-0941",
    "people_count": "3",
    "children_ages": "4、9",
    "cannot_eat": ["allergy"],
    "cannot_eat_note": f"{SIGN}アレルギー",
    "cooking": "microwave",
    "lifelines_cut": ["gas"],
    "applying_for": "self",
    "name": f"見本 {SIGN}",
    "kana": f"みほん {SIGN}",
    "birth_year": "昭和55年",
    "receive_by": "home",
    "postcode": "064-0941",
    "address": f"{SIGN}町9丁目",
    "delivery_slot": "morning",
    "reach_by": ["phone", "email"],
    "phone": "090-9876-5432",
    "email": EMAIL,
    "safe_times": f"{SIGN}の午前だけ",
    "household_type": "single_parent",
    "income": "lost_job",
    "income_since": "this_month",
    "in_debt": "yes",
    "debt_kinds": ["consumer_finance"],
    "first_time": "yes",
    "found_by": "navi",
    "someone_to_consult": "no",
    "bodies": ["none"],
    "hand_off_wish": "call_me",
    "groups": ["contact", "household", "troubles"],
    "consent": "yes",
    "feedback": "on",
}
# The same person as a statement, for tests that begin at the verb.
STATED = {
    "people_count": 3,
    "children_ages": [4, 9],
    "cannot_eat": ["allergy"],
    "cannot_eat_note": TYPED["cannot_eat_note"],
    "name": TYPED["name"],
    "kana": TYPED["kana"],
    "birth_year": 1980,
    "address": TYPED["address"],
    "reach_by": ["phone", "email"],
    "phone": PHONE,
    "email": EMAIL,
    "safe_times": TYPED["safe_times"],
    "passphrase": f"{SIGN}の合言葉",
}

_SPELLINGS = (
    SIGN,
    "メジルシ",
    SIGN.encode("unicode_escape").decode(),
    SIGN.encode("unicode_escape").decode().upper().replace("\\U", "\\u"),
    quote(SIGN),
    repr(SIGN.encode())[2:-1],
    SIGN.encode().hex(),
    "mejirushi",
    "9098765432",
    "9876-5432",
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


def found_in(*texts: str | bytes) -> set[str]:
    """The spellings of the person's words that ``texts`` hold, looked for inside base64 too."""
    return {spelling for text in texts for layer in _layers(text) for spelling in _SPELLINGS if spelling in layer}


def _layers(text: str | bytes) -> Iterator[str]:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    yield plain
    for match in _BASE64.findall(plain):
        try:
            padded = match.rstrip("=") + "=" * (-len(match.rstrip("=")) % 4)
            yield base64.b64decode(padded, altchars=b"-_" if "-" in match or "_" in match else None).decode(
                "utf-8", "replace"
            )
        except (binascii.Error, ValueError):
            continue
