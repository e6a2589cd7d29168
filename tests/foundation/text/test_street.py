"""Whether a text can be an address in a town, or only points at one that was said before."""

import pytest

from foundation.text import street


@pytest.mark.parametrize(
    "text",
    [
        "同じ", "同上", "上と同じ", "上に同じです。", "〃", "々", "自宅", "家", "実家", "お住まいと同じ",
        "本人と同じ", "同左", "上記", "上記の通り", "上記住所",
        "先ほどと同じ", "さっきの住所", "前回と同じ", "前と同じ",
        "住民票と同じ", "住民票の通り", "同じ住所", "おなじところ",
        "現住所", "いまいるところ", "家に送ってください", "ここ",
        "上に書いたところ", "同じ 101号室", "〃 101",
        "自宅 101号室", "郵便番号の通り", "わからない", "あとで電話で言います",
        "わからん", "忘れた", "ひみつ", "教えたくない", "おうち",
        "Same as above", "same", "as above", "my home address", "ditto",
    ],
)  # fmt: skip
def test_what_points_at_something_said_is_no_address(text):
    assert street.lacks(text) == street.Lacks.PLACE


@pytest.mark.parametrize("text", ["", "。", "-", "？", "a", "🏠", " ", "090-1234-5678", "(011)221-1766"])
def test_nothing_is_no_address(text):
    assert street.lacks(text) == street.Lacks.WORDS


@pytest.mark.parametrize(
    "text",
    [
        "大通西1丁目", "北1条", "123", "1-2", "旭ヶ丘 見本荘", "みほんちょう", "無番地", "見本寮", "コーポみほん",
        "上1-2", "前田1条", "同心1-2", "家の前町1", "いえじま1", "見本様方", "グループホームみほん", "Odori Nishi 1",
        "Mihon House", "Home Mihon 101", "山鼻同前荘", "同上町1", "01-23",
    ],
)  # fmt: skip
def test_a_block_a_number_or_a_house_is_one(text):
    assert street.lacks(text) is None
