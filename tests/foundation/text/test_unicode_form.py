"""Unicode's normal forms of whatever is typed, in a time that grows with it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from foundation.text.unicode_form import normal

FORMS = ["NFC", "NFD", "NFKC", "NFKD"]


@pytest.mark.parametrize("form", FORMS)
@given(text=some.text(max_size=40))
def test_are_those_of_unicode(form, text):
    assert normal(form, text) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0f73", "\u0f81", "\uff9e"])  # the last three become marks
def test_put_no_more_than_thirty_marks_of_a_letter_in_order(form, marks):
    """A hundred thousand took minutes, in which the process answered nobody."""
    read = normal(form, "か" + marks * 50_000 + "ぎ")
    assert len(read) < 70
    assert unicodedata.normalize("NFC", read).endswith("ぎ")
