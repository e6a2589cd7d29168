import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text import japanese, postcodes
from tests.foundation.text.refusal import refusal

HIRAGANA = "あいうえおかがきぎくぱぴぷんっゃゅょゎゐゑゔー"
HALF_WIDTH_HAS = "アイウエオカキクケコサシスセソガギグゲゴパピプペポャュョッー"


def readings(alphabet):
    return st.text(alphabet=alphabet, min_size=1).filter(lambda text: set(text) != {"ー"})


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("さとう はなこ", "さとう はなこ"),
        ("サトウ　ハナコ", "さとう はなこ"),
        ("ｻﾄｳ ﾊﾅｺ", "さとう はなこ"),
        ("ﾀﾞﾃ ﾊﾟﾋﾟｺ", "だて ぱぴこ"),
        ("た゛て", "だて"),
        ("ヴァイオレット", "ゔぁいおれっと"),
        ("アン・マリー", "あん・まりー"),
        ("ｱﾝ･ﾏﾘｰ", "あん・まりー"),
        ("マリ-", "まりー"),
        ("  みすず  ", "みすず"),
        ("ヶ", "ゖ"),
    ],
)
def test_a_reading_becomes_hiragana(written, reading):
    assert japanese.kana(written) == reading


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("マリア＝テレサ", "まりあ・てれさ"),
        ("まりあ=てれさ", "まりあ・てれさ"),
        ("ニシㇰ", "にしく"),
        ("アㇷ゚ナ", "あぷな"),
    ],
)
def test_names_of_several_parts_and_in_ainu_have_readings_too(written, reading):
    assert japanese.kana(written) == reading
    assert japanese.kana(reading) == reading


@pytest.mark.parametrize("written", ["=", "", "   ", "ー", "佐藤", "satou", "さとう3", "さとう!", "😀"])
def test_what_is_no_reading_is_refused_with_an_example(written):
    assert "さとう はなこ" in refusal(japanese.kana, written)


@given(readings(HIRAGANA))
def test_every_way_of_writing_kana_gives_one_reading(text):
    katakana = jaconv.hira2kata(text)
    reading = japanese.kana(text)
    assert japanese.kana(katakana) == reading
    assert japanese.kana(reading) == reading


@given(readings(HALF_WIDTH_HAS))
def test_half_width_kana_reads_as_full_width(text):
    assert japanese.kana(jaconv.z2h(text)) == japanese.kana(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("札幌市", "札幌市 "),
        ("サッポロ", "さっぽろ"),
        ("ｻｯﾎﾟﾛ", "サツポロ"),
        ("龍ケ崎", "龍ヶ崎"),
        ("龍ヶ崎", "龍が崎"),
        ("四ツ谷", "四っ谷"),
        ("一ノ関", "一の関"),
        ("ＡＢＣ", "abc"),
        ("北海道 札幌市　中央区", "北海道札幌市中央区"),
        ("き゛ふ", "ぎふ"),
    ],
)
def test_one_place_is_found_however_it_is_spelt(one, other):
    assert japanese.search_key(one) == japanese.search_key(other)


def test_different_places_stay_different():
    assert japanese.search_key("おたる") != japanese.search_key("おだる")
    assert japanese.search_key("札幌") != japanese.search_key("旭川")


@given(st.text())
def test_a_search_key_is_its_own_search_key(text):
    key = japanese.search_key(text)
    assert japanese.search_key(key) == key


@pytest.mark.parametrize(
    "written",
    [
        "064-0941",
        "0640941",
        "〒064-0941",
        "〒０６４－０９４１",
        "０６４０９４１",
        " 064 0941 ",
        "064ー0941",
        "064‐0941",
        "064−0941",
    ],
)
def test_a_postcode_is_understood_however_it_is_typed(written):
    assert postcodes.postcode(written) == "0640941"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "064",
        "064-094",
        "064-09411",
        "abc-defg",
        "〒",
        "٠٦٤٠٩٤١",
        "〇六四〇九四一",
    ],
)
def test_what_is_no_postcode_is_refused_with_an_example(written):
    assert "064-0941" in refusal(postcodes.postcode, written)
