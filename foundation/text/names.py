"""Personal names: kept as people write them, and folded into the form they are looked for by.

The fold is apart from that of place names (foundation.text.japanese.search_key), where が and か are one: けいこ is not
がいこ, and たけだ not たがだ.
"""

from __future__ import annotations

import re

import jaconv

from foundation.text import rare_kana
from foundation.text.japanese import squash
from foundation.text.kanji_variants import EVERYDAY_FORM
from foundation.text.unicode_form import normal

_SPACE = re.compile(r"\s+")
# Between the parts of a name, and in マリア＝テレサ: written by some and left out by others.
_SEPARATORS = re.compile(r"[\s・･·‧.,'’\-‐‑‒–—−=＝゠]+")
# Signs for an apostrophe that NFKC would take apart.
_APOSTROPHES = str.maketrans(dict.fromkeys("´`ʼʹ′‘", "'"))
# A hyphen behind kana is meant for the long-vowel mark, as in foundation.text.japanese.kana.
_LONG_VOWEL = re.compile("(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−]")
# Latin letters that no accent was put on.
_PLAIN_LATIN = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")
# 竹ヶ原, 竹ケ原, 竹が原: the sign between two kanji is not the kana け.
_BETWEEN_KANJI = re.compile("(?<=[一-鿿々])[ゖけが](?=[一-鿿])")
_KANJI = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ONE_OR_TWO_KANJI = re.compile(f"[{_KANJI}][々{_KANJI}]?")
# Common family names of three kanji.
_OF_THREE = re.compile(
    "佐々木|長谷川|五十嵐|久保田|小野寺|大久保|小笠原|佐久間|宇佐美|日比野|長谷部|野々村|曽我部|波多野|阿久津|伊集院|羽田野"
    "|美濃部|與那覇|喜屋武|大河原|小田切|小久保|三田村|二階堂"
)
# Small and large kana: bank books and old registers know only large ones (シヨウコ for しょうこ).
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
# What sounds alike on the telephone and is written one way or the other: かづこ and かずこ, をさむ and おさむ.
_SAME_SOUND = str.maketrans("ぢづをゐゑ", "じずおいえ")
_VOICED = dict(
    zip("かきくけこさしすせそたちつてとはひふへほう", "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ", strict=True)
)
# Which vowel a letter of the fold ends in, for those that long vowels are written in two ways with.
_VOWEL_OF = {
    letter: vowel
    for vowel, row in (
        ("あ", "あかがさざただなはばぱまやらわ"),
        ("い", "いきぎしじちにひびぴみり"),
        ("う", "うくぐすずつぬふぶぷむゆるゔ"),
        ("え", "えけげせぜてでねへべぺめれ"),
        ("お", "おこごそぞとどのほぼぽもよろ"),
    )
    for letter in row
}
_APART = re.compile(r"[\s・･=＝゠,、，]+")
_JAPANESE_WHOLE = re.compile(f"[{_KANJI}][々ヶケぁ-ゖァ-ヺー{_KANJI}]{{1,6}}")
_LONGEST_PART = 3  # of a family name or a given name, where no space parts them
_PLAIN = {voiced: plain for plain, voiced in _VOICED.items()}


def as_typed(text: str) -> str:
    """A personal name as it was typed, letter by letter; only white space is tidied.

    No Unicode normalisation: it would make another letter of 神 (U+FA19), which is how the person writes themselves.
    """
    return _SPACE.sub(" ", text).strip()


def may_be_one_part(name: str) -> bool:
    """Whether ``name`` is likely one part of a Japanese name: one or two kanji (高橋, 花子), or 佐々木 and its like.

    Whole names of two kanji (林一) are rare, and whoever has one says so.
    """
    return bool(_ONE_OR_TWO_KANJI.fullmatch(name)) or bool(_OF_THREE.fullmatch(name))


def fold(name: str) -> str:
    """The form a name is looked for by: width, case, spaces, old and new forms of a kanji, 々 and ヶ alike.

    A reading (kana) is folded by the same rules. Voicing is never folded. Latin letters lose their accents, since
    residence cards show them without.
    """
    typed = _LONG_VOWEL.sub("ー", squash(squash(name.translate(_APOSTROPHES)).casefold()))
    letters = _without_accents(squash(_SEPARATORS.sub("", typed)).translate(_PLAIN_LATIN))
    hiragana = jaconv.kata2hira(rare_kana.spelt_in_hiragana(letters))
    everyday = _spelt_out(hiragana).translate(EVERYDAY_FORM)
    return _BETWEEN_KANJI.sub("が", everyday).translate(_SMALL).translate(_SAME_SOUND)


def sound(name: str) -> str:
    """The fold of a reading in which long vowels written one way or the other are one: さとー, さとお, さとう.

    おの and おおの stay two. It finds more than ``fold`` and tells nobody apart, so that nobody is made one by it.
    """
    heard: list[str] = []
    for letter in fold(name):
        row = _VOWEL_OF.get(heard[-1], "") if heard else ""
        if row == "お" and letter in "おうー":
            letter = "う"
        elif row == "え" and letter in "えいー":
            letter = "い"
        elif letter == "ー" and row:
            letter = row
        heard.append(letter)
    return "".join(heard)


def parts(name: str) -> set[str]:
    """What somebody may be called by of a whole name, each as ``sound``: family name and given name, in any order.

    Of 高橋花子, written without a space, every place where the two may part is meant.
    """
    written = [part for part in _APART.split(as_typed(name)) if part]
    if len(written) == 1 and _JAPANESE_WHOLE.fullmatch(written[0]):
        whole = written[0]
        splits = range(max(1, len(whole) - _LONGEST_PART), min(_LONGEST_PART, len(whole) - 1) + 1)
        written += [piece for at in splits for piece in (whole[:at], whole[at:])]
    return {heard for part in written if (heard := sound(part))}


def _without_accents(letters: str) -> str:
    taken_apart = normal("NFD", letters)
    return normal("NFC", _ACCENTS.sub(r"\1", taken_apart))


def _spelt_out(letters: str) -> str:
    """Without iteration marks: 佐々木 as 佐佐木, すゞき as すずき, さゝき as ささき."""
    spelt: list[str] = []
    for letter in letters:
        before = spelt[-1] if spelt else ""
        if letter in "々〻" and before:
            letter = before
        elif letter in "ゝヽ" and before:
            letter = _PLAIN.get(before, before)
        elif letter in "ゞヾ" and before:
            letter = _VOICED.get(_PLAIN.get(before, before), before)
        spelt.append(letter)
    return "".join(spelt)
