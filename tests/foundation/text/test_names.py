"""Personal names: kept letter by letter, and found again however they are written."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foundation.text.kanji_variants import EVERYDAY_FORM
from foundation.text.names import as_typed, fold, parts, sound

KANA = st.text(alphabet="".join(chr(code) for code in range(0x3041, 0x3095)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("けいこ", "がいこ"), ("けいこ", "げいこ"), ("たけだ", "たがだ"), ("たけだ", "たけた"),
        ("さかもと", "さがもと"), ("かわばた", "かわはた"), ("はら", "ばら"), ("斎藤", "斉藤"), ("崎", "碕"),
        ("坂本", "阪本"), ("大田", "太田"), ("まりあ", "まりや"), ("おの", "おおの"), ("ゆうき", "ゆき"),
        ("川", "河"), ("が", "か"), ("ロラ", "ローラ"), ("Jones", "Johns"),
    ],
)  # fmt: skip
def test_two_names_stay_two(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("佐々木", "佐佐木"), ("佐〻木", "佐々木"), ("すゞき", "すずき"), ("スヾキ", "すずき"),
        ("ささき", "さゝき"), ("みすゞ", "みすず"), ("こゝろ", "こころ"), ("ばゝ", "ばは"), ("髙橋", "高橋"),
        ("山﨑", "山崎"), ("山嵜", "山崎"), ("渡邊", "渡辺"), ("渡邉", "渡辺"), ("齋藤", "斎藤"),
        ("齊藤", "斉藤"), ("澤田", "沢田"), ("廣瀨", "広瀬"), ("濵田", "浜田"), ("濱田", "浜田"),
        ("德永", "徳永"), ("𠮷田", "吉田"), ("櫻井", "桜井"), ("國分", "国分"), ("眞由美", "真由美"),
        ("惠子", "恵子"), ("嶋", "島"), ("龍", "竜"), ("\ufa19田", "神田"), ("\ufa1b田", "福田"),
        ("\ufa4f子", "祐子"), ("辻\U000e0100", "辻"), ("葛\ufe00城", "葛城"), ("ｻﾄｳ ﾊﾅｺ", "さとうはなこ"),
        ("サトウ　ハナコ", "さとう はなこ"), ("マリア＝テレサ", "まりあ・てれさ"), ("ヴァン", "う゛ぁん"),
        ("ヷレリ", "ヴァレリ"), ("クニㇰ", "くにく"), ("シヨウコ", "しょうこ"), ("かづこ", "かずこ"),
        ("ちぢわ", "ちじわ"), ("をさむ", "おさむ"), ("スミヱ", "すみえ"), ("竹ヶ原", "竹が原"),
        ("竹ケ原", "竹ヶ原"), ("Ｓｍｉｔｈ　Ｊｏｈｎ", "smith john"), ("O’Brien", "o'brien"),
        ("見本　花子", "見本花子"), ("佐藤\u200b花子", "佐藤花子"), ("\ufeff佐藤\u00ad花子\u200e", "佐藤花子"),
        ("NGUYEN VAN ANH", "Nguyễn Văn Anh"), ("Đặng", "DANG"), ("Jose", "José"), ("Łukasz Strauß", "lukasz strauss"),
        ("Jose\u0301", "José"), ("O´Brien", "O'Brien"), ("OʼBrien", "O`Brien"), ("⻑谷川", "長谷川"), ("⻘⽊", "青木"),
        ("ロ-ラ", "ろーら"), ("ロ－ラ", "ローラ"), ("ロ―ラ", "ろーら"), ("園田", "薗田"), ("石槗", "石橋"),
        ("飛驒", "飛騨"), ("俱子", "倶子"), ("鰺坂", "鯵坂"), ("壷井", "壺井"), ("噓", "嘘"), ("祗園", "祇園"),
        ("涛", "濤"), ("檮原", "梼原"), ("陈 伟", "陳 偉"), ("张丽华", "張麗華"), ("吴", "呉"), ("苏", "蘇"),
    ],
)  # fmt: skip
def test_one_name_meets_itself_in_every_writing(one, other):
    assert fold(one) == fold(other) != ""


@example("A´")
@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(KANA)
def test_hiragana_and_katakana_of_either_width_are_one(kana):
    katakana = "".join(chr(ord(letter) + 0x60) for letter in kana)
    assert fold(katakana) == fold(kana)


@given(KANA, KANA)
def test_voicing_tells_names_apart(before, after):
    for plain, voiced in zip("かきくけこさすせそたてとはひふへほ", "がぎぐげござずぜぞだでどばびぶべぼ", strict=True):
        assert fold(before + plain + after) != fold(before + voiced + after)


def test_the_table_of_kanji_leads_everywhere_in_one_step():
    assert len(EVERYDAY_FORM) > 350
    for variant, form in EVERYDAY_FORM.items():
        assert ord(form) not in EVERYDAY_FORM, f"{chr(variant)} leads to {form}, which leads on"
        assert unicodedata.normalize("NFKC", chr(variant)) == chr(variant), f"NFKC folds {chr(variant)} by itself"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  見本　 花子\t", "見本 花子"),
        ("\ufa19田 髙﨑", "\ufa19田 髙﨑"),
        ("ｻﾄｳ ﾊﾅｺ", "ｻﾄｳ ﾊﾅｺ"),
        ("辻\U000e0100 ㇰニ", "辻\U000e0100 ㇰニ"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "Ｊｏｈｎ Ｓｍｉｔｈ"),
    ],
)
def test_a_name_is_kept_as_it_was_typed_apart_from_white_space(typed, kept):
    assert as_typed(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("さとー", "さとう"), ("さとお", "さとう"), ("おおの", "おうの"), ("オーノ", "おおの"), ("ゆーこ", "ゆうこ"),
        ("けえこ", "けいこ"), ("しょーた", "しょうた"), ("おおおか", "おうおか"), ("とおる", "とーる"),
        ("かあと", "カート"),
    ],
)  # fmt: skip
def test_a_long_vowel_sounds_the_same_however_it_is_written_and_tells_names_apart_all_the_same(one, other):
    assert sound(one) == sound(other)
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("おの", "おおの"), ("ゆき", "ゆうき"), ("ロラ", "ローラ"), ("いのうえ", "いのえ"), ("けいこ", "けこ")],
)
def test_a_short_vowel_stays_short(one, other):
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("高橋 花子", {"高橋", "花子"}), ("Nguyễn Văn Anh", {"nguyen", "van", "anh"}),
        ("マリア＝テレサ", {"まりあ", "てれさ"}), ("", set()),
    ],
)  # fmt: skip
def test_a_name_has_the_parts_it_is_written_in(name, words):
    assert parts(name) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("高橋花子", {"高橋", "花子"}),
        ("森一", {"森", "一"}),
        ("佐々木希", {"佐佐木", "希"}),
        ("高橋はな", {"高橋", "はな"}),
    ],
)
def test_of_one_written_without_a_space_every_place_where_it_may_part_is_meant(name, words):
    assert words <= parts(name)
