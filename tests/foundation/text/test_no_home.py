"""What people write in place of an address that they don't have, and what is an address all the same."""

import pytest

from foundation.text import no_home


@pytest.mark.parametrize(
    "written",
    [
        *(
            "なし",
            "無し",
            "ﾅｼ",
            "（なし）",
            "ありません。",
            "住所なし",
            "住所はありません",
            "住所不定",
            "不定",
            "決まっていません",
            "まだない",
            "決まってない",
        ),
        *(
            "家がない",
            "住むところがない",
            "今は車です",
            "車の中",
            "くるまで寝泊まりしています",
            "車中泊",
            "車上生活",
            "路上生活",
        ),
        *("ネットカフェ", "ネカフェ", "ねっとかふぇ", "公園", "野宿", "ホームレス", "ホームレスです", "友人宅"),
        *("知人の家を転々としています", "no fixed address", "Homeless", "ｎｏｎｅ"),
    ],
)
def test_that_somebody_has_no_address_is_understood(written):
    assert no_home.is_meant(written)


@pytest.mark.parametrize(
    "written",
    [
        *("車町1", "なし町2-3", "公園通り2-1", "駅前1丁目2", "外神田1-1", "橋の下町2", "駅前通り3", "無量寺1"),
        *("快活ネットカフェ中央店 中央3-1", "見本町1丁目2-3 車庫の2階", "", "見本町1 部屋番号なし"),
    ],
)
def test_an_address_stays_one(written):
    assert not no_home.is_meant(written)


@pytest.mark.parametrize(
    "written", ["そと", "こうえん", "いえがない", "住むところがなくなりました", "帰るところがない"]
)
def test_that_nothing_is_left_is_understood_in_kana_too(written):
    assert no_home.is_meant(written)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "無職 住所なし",
            "札幌で車中泊しています",
            "大通公園で寝ています",
            "友人の家に居候しています",
            "大家さんに追い出されました",
        ),
        *("I have no address", "I don't have a home", "I don’t have an address", "I sleep in my car", "in a net cafe"),
    ],
)
def test_it_is_heard_in_a_sentence(written):
    assert no_home.is_said(written)


@pytest.mark.parametrize(
    "written", ["公園通り2-1", "見本町1 部屋番号なし", "駅前1丁目2", "外山 佐藤様方", "Odori Nishi 1", "転石町"]
)
def test_an_address_says_nothing_of_the_kind(written):
    assert not no_home.is_said(written)
