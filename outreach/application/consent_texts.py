"""The words people consent to, by version: data of the product, kept as long as a consent stands on them.

A version is never changed once somebody may have agreed to it: other words are a new version, written below the old
ones and named in CURRENT. ``{centre}`` is the support centre by its own name.
"""

from dataclasses import dataclass
from typing import NamedTuple

from foundation.text.wording import in_japanese

CURRENT = "2026-1"


class Words(NamedTuple):
    """One sentence as it was shown, in each language it was shown in."""

    ja: str
    en: str

    def about(self, centre: str) -> str:
        """In the reader's language, about a centre."""
        return (self.ja if in_japanese() else self.en).replace("{centre}", centre)


@dataclass(frozen=True, kw_only=True)
class ConsentText:
    """One version: what stands on the screen, the answers to it, and what staff read out on the telephone."""

    shown: tuple[Words, ...]
    agree: Words
    refuse: Words
    hear_result: Words
    ask_aloud: Words
    promise_aloud: Words
    hear_result_aloud: Words


BY_VERSION: dict[str, ConsentText] = {
    "2026-1": ConsentText(
        shown=(
            Words(
                "{centre}に、上の内容を伝えることに同意します。",
                "I agree that {centre} is told what is written above.",
            ),
            Words(
                "同意しなくても食べものは送ります。あとでやめられます。すでに伝わった内容は消せないことがあります。",
                "We send the food whether you agree or not. You can withdraw later. What has already been passed on "
                "cannot always be taken back.",
            ),
            Words(
                "もうひとつ、{centre}が、そのあとどうなったかをフードバンクに知らせてもよいかも聞きます。"
                "こちらは、同意しなくてもかまいません。",
                "There is one more question: whether {centre} may let the food bank know how things went. You do not "
                "have to agree to this.",
            ),
        ),
        agree=Words("はい。{centre}に伝えることに同意します", "Yes. I agree that {centre} is told"),
        refuse=Words(
            "いいえ。伝えないでください（食べものは送ります）",
            "No. Please do not pass it on (the food is sent all the same)",
        ),
        hear_result=Words(
            "{centre}が、そのあとどうなったかをフードバンクに知らせてもよい",
            "{centre} may let the food bank know how things went",
        ),
        ask_aloud=Words(
            "「{centre}に、これから読みあげる内容を伝えてもよいですか。」",
            "“May we tell {centre} what I am about to read to you?”",
        ),
        promise_aloud=Words(
            "「同意しなくても、食べものは送ります。あとで、やめられます。すでに伝わった内容は、消せないことがあります。」",
            "“We send the food whether you agree or not. You can withdraw later. What has already been passed on "
            "cannot always be taken back.”",
        ),
        hear_result_aloud=Words(
            "「{centre}が、相談がどうなったかを、わたしたちフードバンクに知らせてもよいですか。」",
            "“May {centre} let us at the food bank know how things went?”",
        ),
    ),
}


def current() -> ConsentText:
    """The words that are asked now."""
    return BY_VERSION[CURRENT]


def shown(version: str, *, centre: str) -> list[str]:
    """The sentences that stood on the screen of a version; none for one that is not kept here."""
    text = BY_VERSION.get(version)
    return [words.about(centre) for words in text.shown] if text else []
