"""How the name of a place is read, for who reads no kanji."""

import pytest

from organisations.places import romaji


@pytest.mark.parametrize(
    ("written", "kana", "read"),
    [
        ("札幌市", "さっぽろし", "Sapporo"),
        ("せたな町", "せたなちょう", "Setana-cho"),
        ("大磯町", "おおいそまち", "Oiso-machi"),
        ("中央区", "ちゅうおうく", "Chuo-ku"),
        ("新宿区", "しんじゅくく", "Shinjuku-ku"),
        ("東海村", "とうかいむら", "Tokai-mura"),
        ("恩納村", "おんなそん", "Onna-son"),
        ("四日市市", "よっかいちし", "Yokkaichi"),
        ("青森県", "あおもりけん", "Aomori"),
        ("京都府", "きょうとふ", "Kyoto"),
        ("東京都", "とうきょうと", "Tokyo"),
        ("北海道", "ほっかいどう", "Hokkaido"),
    ],
)
def test_a_name_as_english_writes_it(written, kana, read):
    assert romaji.name(written, kana) == read
