"""Names of places in Latin letters, as people write them: Sapporo, Kōbe, Koube and Kobe, Chuo-ku, Ebetsu City."""

import re
import unicodedata

import jaconv

from foundation.text.unicode_form import normal

# What the names of places end in, and how that is read.
_KINDS = {
    "市": ("し",),
    "町": ("ちょう", "まち"),
    "村": ("むら", "そん"),
    "区": ("く",),
    "都": ("と",),
    "府": ("ふ",),
    "県": ("けん",),
}
_LEFT_OUT = "市都府県"
_LATIN = re.compile(r"[a-z][a-z ,.'’-]*")
_ENGLISH = re.compile(r"\b(?:city|town|village|ward|prefecture|pref|japan)\b\.?")
_LONG = (("ou", "o"), ("oo", "o"), ("uu", "u"))
_LONG_AS_H = re.compile(r"oh(?![aeiouy])")
_N_AND_N = re.compile(r"nn(?=[aeiouy])")  # Tennoji: ん and の
_M_FOR_N = re.compile(r"m(?=[bmp])")


def is_latin(text: str) -> bool:
    """Whether ``text`` is written in Latin letters, with or without marks over them."""
    return bool(_LATIN.fullmatch(_plain(text)))


def written(text: str) -> list[str]:
    """The spellings to look for, the likelier first: as it stands, and the English order turned round.

    With a comma the English order is the likelier.
    """
    # Each word by itself: the o of Hokkaido and that of Otaru are no long vowel.
    parts = [[_letters(word) for word in _ENGLISH.sub(" ", part).split()] for part in _plain(text).split(",")]
    joined = ["".join(words) for words in parts if any(words)]
    words = [word for part in parts for word in part if word]
    as_it_stands, turned = "".join(joined), "".join(reversed(joined))
    orders = [turned, as_it_stands] if len(joined) > 1 else [as_it_stands, "".join(reversed(words))]
    return [order for order in dict.fromkeys(orders) if order]


def of_kana(kana: str) -> str:
    """A reading in hiragana in plain Hepburn, long vowels short: さっぽろ is sapporo, とうきょうと is tokyoto."""
    return _folded(jaconv.kana2alphabet(jaconv.kata2hira(kana)))


def name(written: str, kana: str) -> str:
    """A place's name as it is read: 札幌市 is Sapporo, せたな町 Setana-cho, 中央区 Chuo-ku, 青森県 Aomori."""
    for kind, readings in _KINDS.items():
        reading = next((one for one in readings if written.endswith(kind) and kana.endswith(one)), "")
        if reading and kana != reading:
            stem = of_kana(kana.removesuffix(reading)).capitalize()
            return stem if kind in _LEFT_OUT else f"{stem}-{of_kana(reading)}"
    return of_kana(kana).capitalize()


def _plain(text: str) -> str:
    """Lower case, without marks over the letters: Kōbe is kobe."""
    parted = normal("NFKD", text.strip().casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _letters(text: str) -> str:
    """One spelling for all systems of romanisation: tu and tsu, si and shi, tch and cch, mb and nb."""
    joined = _M_FOR_N.sub("n", re.sub(r"[^a-z']", "", text.replace("’", "'")).replace("tch", "cch"))
    joined = _N_AND_N.sub("n'n", joined)
    return _folded(jaconv.kana2alphabet(jaconv.alphabet2kana(_LONG_AS_H.sub("o", joined))))


def _folded(letters: str) -> str:
    for long, short in _LONG:
        letters = letters.replace(long, short)
    return letters.replace("'", "")
