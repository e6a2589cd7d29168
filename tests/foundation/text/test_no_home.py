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
