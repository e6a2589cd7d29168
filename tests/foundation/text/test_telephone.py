"""Why a telephone number can't be taken: the true cause, and an example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text import japanese, postcodes, telephone
from tests.foundation.text.refusal import refusal


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("でんわ", "数字で書いて"),
        ("もっていない", "数字で書いて"),
        ("090-1234-567", "1けた足りません。090で始まる番号は11けた"),
        ("090-1234-56789", "1けた多い"),
        ("011-123-456", "1けた足りません。011で始まる番号は10けた"),
        ("０１１ー１２３ー４５６７８", "1けた多い"),
        ("+81 90 1234 567", "1けた足りません。090"),
        ("123-4567", "0から始まる番号を、市外局番から"),
        ("+1 212 555 0100", "外国の番号"),
        ("+86 138 0013 8000", "外国の番号"),
        ("090-1234-5678、011-123-4567", "番号が2つ"),
        ("09012345678 / 0111234567", "番号が2つ"),
        ("090-1234-5678 または 080-1234-5678", "番号が2つ"),
        ("090123456780111234567", "番号が2つ"),
        ("011-123-4567 内線 12", "内線"),
        ("011-123-4567 ext. 12", "内線"),
        ("090-1234-5678（母）", "「母」が入っています"),
        ("0120-ABC-DEF", "「ABCDEF」が入っています"),
        ("090-0000-000a", "「a」が入っています"),
        ("000-000-0000", "使われていない番号"),
    ],
)
def test_the_true_cause_is_named_with_an_example(written, cause):
    with pytest.raises(ValueError, match=r"\S") as refused:
        telephone.phone(written)
    assert cause in str(refused.value.args[0])
    assert "例：090-1234-5678" in str(refused.value.args[0])


@pytest.mark.parametrize("written", ["0120-279-338", "0800-123-4567", "0088-22-1234", "0570-064-556", "0990-123456",
                                     "020-1234-5678", "+81 120 279 338"])  # fmt: skip
def test_at_a_number_of_an_office_nobody_is_called_back(written):
    assert telephone.phone(written)
    with pytest.raises(ValueError, match="ご本人が出る番号を書いて") as refused:
        telephone.own_phone(written)
    start = telephone.show_phone(telephone.phone(written))[:3]
    assert f"{start}" in str(refused.value.args[0]).split("で始まる")[0]


@pytest.mark.parametrize("written", ["090-1234-5678", "060-1234-5678", "050-1234-5678", "011-211-1111", "0133-23-4567"])
def test_at_any_other_somebody_is(written):
    assert telephone.own_phone(written) == telephone.phone(written)


@pytest.mark.parametrize(
    ("typed", "number", "remark"),
    [
        ("090-1234-5678(夜だけ)", "090-1234-5678", "夜だけ"),
        ("011-211-1111 内線 12", "011-211-1111", "内線 12"),
        ("0112111111(代)", "0112111111", "代"),
        ("090-1234-5678 母", "090-1234-5678", "母"),
        ("090-1234-5678 18時から21時", "090-1234-5678", "18時から21時"),
        ("090-1234-5678です。", "090-1234-5678", ""),
        ("090-1234-5678", "090-1234-5678", ""),
        ("090-1234-5678、011-211-1111", "090-1234-5678、011-211-1111", ""),
        ("でんわ", "でんわ", ""),
    ],
)
def test_what_is_noted_behind_a_number_is_told_apart(typed, number, remark):
    assert telephone.remark_beside(typed) == (number, remark)


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
    assert telephone.phone(written) == "+819012345678"


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
    assert telephone.show_phone(telephone.phone(written)) == shown


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
    assert "090-1234-5678" in refusal(telephone.phone, written)


@pytest.mark.parametrize("number", ["188", "#7119", "", "なし"])
def test_what_is_no_long_number_is_shown_as_it_stands(number):
    assert telephone.show_phone(number) == number


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_numbers(text):
    for read in (telephone.phone, postcodes.postcode, japanese.kana):
        told = refusal(read, text)
        assert "例：" in told if told else read(text)
