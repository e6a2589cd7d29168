"""Katakana beyond hiragana: ㇰ of Ainu names and ヷ of old ones, which no keyboard for hiragana has."""

from foundation.text.unicode_form import normal

_SMALL = str.maketrans("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "くしすとぬはひふへほむらりるれろ")
_VOICED = str.maketrans({"ヷ": "ゔぁ", "ヸ": "ゔぃ", "ヹ": "ゔぇ", "ヺ": "ゔぉ"})


def spelt_in_hiragana(text: str) -> str:
    """The same with each of them in hiragana that sounds like it; all other letters as they are."""
    return normal("NFC", text.translate(_SMALL).translate(_VOICED))  # ㇷ゚ is two characters, ぷ one
