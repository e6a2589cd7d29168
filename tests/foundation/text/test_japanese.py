from datetime import UTC, date, datetime

import jaconv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.text import japanese

HIRAGANA = "あいうえおかがきぎくぱぴぷんっゃゅょゎゐゑゔー"
HALF_WIDTH_HAS = "アイウエオカキクケコサシスセソガギグゲゴパピプペポャュョッー"


def readings(alphabet):
    return st.text(alphabet=alphabet, min_size=1).filter(lambda text: set(text) != {"ー"})


def refusal(read, text):
    """What a person is told when their text is not understood; None when it is."""
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return None


@pytest.fixture(autouse=True)
def in_2022():
    with clock.at(datetime(2022, 6, 3, tzinfo=UTC)):
        yield


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
    assert japanese.postcode(written) == "0640941"


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
    assert "064-0941" in refusal(japanese.postcode, written)


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("1980", 1980),
        ("昭和五十五年", 1980),
        ("昭和五五年", 1980),
        ("一九八〇", 1980),
        ("平成十年三月三日", 1998),
        ("１９８０", 1980),
        ("1980年", 1980),
        ("昭和55年", 1980),
        ("昭和５５年", 1980),
        ("昭和55", 1980),
        ("昭和 55 年", 1980),
        ("S55", 1980),
        ("s55", 1980),
        ("Ｓ５５", 1980),
        ("昭55", 1980),
        ("㍼55年", 1980),
        ("平成元年", 1989),
        ("平成1年", 1989),
        ("H1", 1989),
        ("令和2", 2020),
        ("R2", 2020),
        ("大正15年", 1926),
        ("T15", 1926),
        ("明治45年", 1912),
        ("昭和64年", 1989),
        ("平成31年", 2019),
        ("昭和55年生まれ", 1980),
        ("昭和55年4月1日", 1980),
        ("S55.4.1", 1980),
        ("1980/04/01", 1980),
        ("1980-4-1", 1980),
        ("1900", 1900),
        ("1980年（昭和55年）", 1980),
        ("昭和55年（1980年）5月3日", 1980),
        ("19800503", 1980),
        ("S.55", 1980),
        ("Ｓ．５５．５．３", 1980),
        ("昭55.5", 1980),
        ("1980年5月", 1980),
        ("May 1980", 1980),
        ("3 May 1980", 1980),
        ("Sept. 3rd, 1980", 1980),
        ("born in May 1980", 1980),
        ("03/05/1980", 1980),
    ],
)
def test_a_birth_year_is_understood_by_era_or_number(written, year):
    assert japanese.birth_year(written) == year


@pytest.mark.parametrize(
    "written",
    [
        "",
        "昭和",
        "年",
        "55",
        "五十五",
        "昭和70年",
        "平成32年",
        "大正16年",
        "昭和0年",
        "令和9年",
        "2023",
        "2022",
        "令和4年",
        "20220603",
        "1980年（昭和54年）",
        "1980（さる年）",
        "19801301",
        "Max 1980",
        "1899",
        "明治5年",
        "80",
        "198",
        "19800",
        "昭和55年ごろ",
        "むかし",
        "R",
        "元年",
        "-5",
    ],
)
def test_an_impossible_birth_year_is_refused_with_an_example(written):
    assert "「昭和55年」や「1980」" in refusal(japanese.birth_year, written)


def test_a_year_beyond_its_era_says_how_long_the_era_was():
    assert "昭和は64年まで" in refusal(japanese.birth_year, "昭和70年")


def test_todays_year_is_no_grown_ups_and_two_that_differ_are_asked_about():
    assert "今年の年" in refusal(japanese.birth_year, "2022年6月3日")
    assert "合いません" in refusal(japanese.birth_year, "1980年（昭和54年）")


@given(st.integers(1900, 2021))
def test_every_year_by_era_is_read_back_as_itself(year):
    with clock.at(datetime(2022, 6, 3, tzinfo=UTC)):
        assert japanese.birth_year(japanese.wareki(year)) == year


@given(st.text(alphabet="昭和平成令和大正元年月日SHTR0123456789 -/.", max_size=12))
def test_no_text_breaks_the_reading_of_a_birth_year(text):
    with clock.at(datetime(2022, 6, 3, tzinfo=UTC)):
        told = refusal(japanese.birth_year, text)
        assert "「昭和55年」や「1980」" in told if told else 1900 <= japanese.birth_year(text) < 2022


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2022, 6, 3), "令和4年6月3日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1600, 1, 1), "1600年1月1日"),
    ],
)
def test_a_date_by_era_changes_on_the_very_day(day, shown):
    assert japanese.wareki_date(day) == shown


@pytest.mark.parametrize(
    "written",
    [
        "090-1234-5678",
        "09012345678",
        "０９０－１２３４－５６７８",
        "090 1234 5678",
        "(090)1234-5678",
        "（０９０）１２３４ー５６７８",
        "090‐1234‐5678",
        "090−1234−5678",
        "090—1234—5678",
        "+81 90 1234 5678",
        "+81-90-1234-5678",
        " 090.1234.5678 ",
    ],
)
def test_a_telephone_number_is_understood_however_it_is_typed(written):
    assert japanese.phone(written) == "+819012345678"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("011-211-2000", "011-211-2000"),
        ("0120279338", "0120-279-338"),
        ("0570-064-556", "0570-064-556"),
        ("0123-23-3131", "0123-23-3131"),
    ],
)
def test_a_stored_number_is_shown_as_people_write_it(written, shown):
    assert japanese.show_phone(japanese.phone(written)) == shown


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1",
        "110",
        "1234-5678",
        "090-1234-567",
        "090-1234-56789",
        "でんわ",
        "+1 212 555 0100",
        "0120-ABC-DEF",
        "-",
        "+",
    ],
)
def test_what_is_no_japanese_number_is_refused_with_an_example(written):
    assert "090-1234-5678" in refusal(japanese.phone, written)


@pytest.mark.parametrize("number", ["188", "#7119", "", "なし"])
def test_what_is_no_long_number_is_shown_as_it_stands(number):
    assert japanese.show_phone(number) == number


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_numbers(text):
    for read in (japanese.phone, japanese.postcode, japanese.kana):
        told = refusal(read, text)
        assert "例：" in told if told else read(text)
