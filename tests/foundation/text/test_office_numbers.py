"""Numbers that are shown to be dialled: read alike everywhere, or refused with the cause."""

import pytest
from django.core.exceptions import ValidationError

from foundation.templatetags.tsunagu import tel
from foundation.text import office_numbers
from organisations.models import Organisation
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
