"""Mail addresses as people type them, with an IME left on."""

from foundation.text import japanese


def in_plain_letters(text: str) -> str:
    """An address in one width, without spaces, with dots for 。 of a kana keyboard; whether it is one isn't asked."""
    return japanese.squash(text).replace(" ", "").rstrip("。、.,").replace("。", ".")
