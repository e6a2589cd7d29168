"""Every example that a message or a hint gives can be typed just so."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from foundation.text import birth_dates, japanese, postcodes, telephone
from outreach.application import ages
from outreach.application.forms.fields import email, people
from outreach.navi.forms import PlaceForm, places_meant
from tests.factories.applications import real_place

CATALOGUE = Path(__file__).parents[3] / "locale/en/LC_MESSAGES/django.po"
MESSAGES = [entry.id for entry in read_po(io.BytesIO(CATALOGUE.read_bytes())) if isinstance(entry.id, str)]
# What an example looks like, in which messages it stands, and what reads it.
SHAPES = [
    (r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{4}(?!\d)", "例", telephone.own_phone),
    (r"(?<![\d-])\d{3}-\d{4}(?![\d-])", "例", postcodes.postcode),
    (r"[a-z]+@[a-z.]+[a-z]", "例", email),
    (r"(?<=例：)[ぁ-ん]+ [ぁ-ん]+", "ふりがな", japanese.kana),
    (r"昭和\d+年|\b19\d\d\b", "年", birth_dates.birth_year),
    (r"(?<=「)\d[^」人]*(?=」)", "歳", ages.read),
    (r"(?<=例：)\d+、\d+", "歳", ages.read),
    (r"(?<=「)\d+(?=」のように数字で)", "人数", people),
]


@pytest.mark.parametrize(("shape", "among", "read"), SHAPES)
def test_an_example_is_taken_where_it_is_given(shape, among, read):
    examples = {found for message in MESSAGES if among in message for found in re.findall(shape, message)}
    assert examples
    for example in examples:
        assert read(example) not in ("", None), example


def test_the_numbers_of_a_refusal_can_be_called_in_japan():
    shown = re.split("、", re.search(r"例：([^。]+)", str(telephone.why_not("abc")))[1])
    assert [telephone.show_phone(telephone.phone(one)) for one in shown] == shown


@pytest.mark.django_db
def test_the_places_shown_as_examples_are_found():
    for code in ("011011", "012335"):
        real_place(code)
    written = re.search(r"例：([^。]+)", str(PlaceForm.base_fields["typed"].help_text))[1]
    shown = [one for one in re.split("、", written) if not one[0].isdigit()]
    assert shown
    for example in shown:
        assert places_meant(example), example
