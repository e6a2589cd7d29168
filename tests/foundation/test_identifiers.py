import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import identifiers
from foundation.identifiers import RECEIPT_ALPHABET, clean_receipt_number, new_receipt_number, receipt_numbers_in

bodies = st.text(alphabet=RECEIPT_ALPHABET, min_size=7, max_size=7)


def numbered(body: str) -> str:
    letters = body + identifiers._check_letter(body)
    return f"{letters[:4]}-{letters[4:]}"


def test_public_ids_fit_an_address_and_do_not_repeat():
    seen = {identifiers.new_public_id() for _ in range(1000)}
    assert len(seen) == 1000
    assert all(len(public_id) == 22 for public_id in seen)
    assert set("".join(seen)) <= set(string.ascii_letters + string.digits + "-_")


def test_a_receipt_number_is_found_again_as_it_was_given():
    for _ in range(200):
        number = new_receipt_number()
        assert clean_receipt_number(number) == number


def test_a_receipt_number_has_no_letters_that_are_mistaken_for_each_other():
    assert len(RECEIPT_ALPHABET) == 28
    assert not set(RECEIPT_ALPHABET) & set("01ILOSUZ")


@pytest.mark.parametrize(
    "written",
    [
        "k7q3-9mxf",
        "Ｋ７Ｑ３－９ＭＸＦ",
        "K7Q39MXF",
        " k7q3 9mxf ",
        "K7Q3ー9MXF",
        "ｋ７ｑ３　９ｍｘｆ",
        "K7Q3‐9MXF",
    ],
)
def test_a_receipt_number_is_understood_however_it_is_typed(written):
    body = "K7Q39MX"
    letters = body + identifiers._check_letter(body)
    typed = written.replace("f", letters[-1].lower()).replace("F", letters[-1]).replace("Ｆ", letters[-1])
    assert clean_receipt_number(typed.replace("ｆ", letters[-1])) == numbered(body)


@given(bodies, st.integers(0, 7), st.sampled_from(RECEIPT_ALPHABET))
def test_any_single_wrong_letter_is_noticed(body, position, wrong):
    right = numbered(body).replace("-", "")
    typed = right[:position] + wrong + right[position + 1 :]
    assert (clean_receipt_number(typed) is None) == (typed != right)


@given(bodies)
def test_five_and_two_may_be_read_as_s_and_z(body):
    right = numbered(body)
    assert clean_receipt_number(right.replace("5", "S").replace("2", "z")) == right


@pytest.mark.parametrize("written", ["", "-", "K7Q3", "K7Q3-9MXF-2", "K7Q3-9MX!", "こんにちは", "0000-0000"])
def test_what_is_no_receipt_number_is_refused(written):
    assert clean_receipt_number(written) is None


@given(st.text())
def test_no_text_breaks_the_reading_of_a_receipt_number(text):
    assert clean_receipt_number(text) is None or text


def test_no_two_secrets_are_the_same_and_each_fits_into_an_address():
    made = {identifiers.new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(re.fullmatch(r"[\w-]{32}", secret) for secret in made)


@pytest.mark.parametrize(
    "written",
    [
        "受付番号{}", "受付番号：{}です", "つなぎ番号{}", "No.{}", "{}さん", "{}です。", "番号は {} です",
        "(受付番号 {})", "見本 花子 {}", "{}、見本花子", "No. {}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("hyphen", ["-", "", " ", "ー"])
def test_a_receipt_number_is_understood_with_words_around_it(written, hyphen):
    number = numbered("K7Q39MX")
    assert clean_receipt_number(written.format(number.replace("-", hyphen))) == number


def test_of_two_numbers_in_a_line_none_is_taken_for_the_one_and_both_are_found():
    one, other = numbered("K7Q39MX"), numbered("2X8GTVN")
    assert receipt_numbers_in(f"{one}と{other}、{one}") == [one, other]
    assert clean_receipt_number(f"{one} {other}") is None


@pytest.mark.parametrize("written", ["{}-2", "A{}", "{}7", "X-{}"])
def test_a_number_that_goes_on_is_another(written):
    assert clean_receipt_number(written.format(numbered("K7Q39MX"))) is None
