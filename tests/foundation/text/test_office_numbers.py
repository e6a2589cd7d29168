"""Numbers that are shown to be dialled: read alike everywhere, or refused with the cause."""

import csv
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from foundation.templatetags.tsunagu import tel
from foundation.text import office_numbers
from organisations.models import Organisation
from outreach import directory
from tests.factories.directory import WindowFactory


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("０１１－２２１－１７６６", "011-221-1766"),
        ("011ー221ー1766", "011-221-1766"),
        ("(011)221-1766", "011-221-1766"),
        ("0112211766", "011-221-1766"),
        ("+81 11-221-1766", "011-221-1766"),
        ("0120-17-3456", "0120-17-3456"),
        ("0120173456", "0120-173-456"),
        ("0570-064-556", "0570-064-556"),
        ("050-3733-4444", "050-3733-4444"),
        ("１１０", "110"),
        ("＃８００８", "#8008"),
        ("189", "189"),
        ("0800-800-1777", "0800-800-1777"),
        ("090-1234-5678", "090-1234-5678"),
        ("", ""),
        ("　", ""),
    ],
)
def test_a_number_is_read_as_one_dials_it(text, number):
    assert office_numbers.read(text) == number
    assert bool(tel(number)) == bool(number)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("なし", "数字で"),
        ("名寄の電話", "数字で"),
        ("ひゃくとおばん", "数字で"),
        ("011-123", "足りません"),
        ("011-221-1766 内線12", "内線"),
        ("011-221-1766（代表）", "代表"),
        ("011-221-1766、011-221-1767", "2つ"),
        ("999", "0から始まる"),
        ("0570-064-55", "足りません"),
        ("0570-064-5566", "多いようです"),
        ("0120-279-33", "足りません"),
        ("0800-800-177", "足りません"),
        ("03-123-4567", "足りません"),
        ("011-221-176", "足りません"),
        ("18409012345678", "0から始まる"),
        ("+81-11-221-176", "足りません"),
    ],
)
def test_what_reaches_nobody_is_refused_with_the_cause(text, cause):
    with pytest.raises(ValueError, match=cause):
        office_numbers.read(text)


@pytest.mark.parametrize("text", ["なし", "011-221-1766 内線12", "011-221-1766（代表）", "abc", ""])
def test_no_link_dials_nothing_or_a_part(text):
    assert tel(text) == ""


@pytest.mark.django_db
def test_a_number_is_read_alike_whichever_table_it_stands_in():
    window = WindowFactory(phone="０１１－２２１－１７６６")
    window.clean_fields(exclude=["edited_by"])
    assert window.phone == "011-221-1766"
    with pytest.raises(ValidationError, match="数字で"):
        Organisation(kind="npo", name="見本", phone="なし").full_clean()


def test_no_number_of_the_windows_is_refused_and_none_is_taken_with_a_digit_too_few_or_too_many():
    numbers = real_numbers()
    assert len(numbers) > 90
    assert [one for one in numbers if office_numbers.read(one) != one] == []
    taken = [wrong for one in numbers for wrong in (one[:-1], f"{one}{one[-1]}") if can_be_read(wrong)]
    assert taken == []


def can_be_read(text):
    try:
        return office_numbers.read(text)
    except ValueError:
        return False


def real_numbers():
    starter = Path(directory.__file__).parent / "data"
    found = []
    for file in ("windows.csv", "organisations.csv"):
        rows = csv.DictReader((starter / file).read_text(encoding="utf-8-sig").splitlines())
        found += [cell for row in rows for name, cell in row.items() if name == "電話番号" and cell]
    return [one for one in found if one.startswith("0")]
