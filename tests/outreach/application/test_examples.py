"""Whoever writes as an example shows is understood: no example is itself refused."""

import re

import pytest

from foundation.text import japanese, telephone
from outreach.application.forms import fields
from outreach.application.questions import QUESTIONS
from outreach.navi.forms import PlaceForm, places_meant
from tests.factories.applications import real_place


def examples(words: object) -> list[str]:
    """例：A、B。 as [A, B]."""
    found = re.search(r"例：([^。]+)", str(words))
    assert found, words
    return re.split("、", found[1])


def refusal(read, text: str) -> str:
    with pytest.raises(ValueError, match="例：") as refused:
        read(text)
    return str(refused.value)


def test_the_numbers_shown_as_examples_can_be_called_in_japan():
    shown = examples(telephone.why_not("abc"))
    assert [japanese.show_phone(japanese.phone(one)) for one in shown] == shown
    assert len(shown) == 2


@pytest.mark.parametrize(("read", "wrong"), [(japanese.postcode, "12"), (japanese.kana, "abc"), (fields.email, "a")])
def test_what_a_refusal_shows_as_an_example_is_taken(read, wrong):
    for example in examples(refusal(read, wrong)):
        assert read(example)


def test_the_years_shown_as_examples_are_years():
    assert {japanese.birth_year(one) for one in examples(QUESTIONS["birth_year"].hint)} == {1980}


@pytest.mark.django_db
def test_the_places_shown_as_examples_are_found():
    for code in ("011011", "012335"):
        real_place(code)
    shown = [one for one in examples(PlaceForm.base_fields["typed"].help_text) if not one[0].isdigit()]
    assert shown
    for example in shown:
        assert places_meant(example), example
