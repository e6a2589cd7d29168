"""Letters that become several when they are read (㌖, ﷺ): whatever a form takes fits where it is kept."""

import ast
from pathlib import Path

import pytest
from django import forms
from django.urls import get_resolver

from config.settings import BASE_DIR
from foundation.web.fields import TypedText
from foundation.web.forms import Fitting
from referrals.desk.forms.case import NoteForm
from referrals.desk.forms.finding import FindForm
from referrals.desk.forms.parcels import PackForm, SendForm
from referrals.models import Parcel

FLOORS = ("foundation", "organisations", "outreach", "referrals", "reports")


def subclasses(kind: type) -> set[type]:
    below = set(kind.__subclasses__())
    return below.union(*(subclasses(one) for one in below))


def test_a_form_that_reads_what_was_typed_looks_at_its_length_again():
    assert get_resolver().url_patterns  # so that every form is there
    reading = {
        found.name
        for floor in FLOORS
        for path in Path(BASE_DIR, floor).rglob("*.py")
        for found in ast.walk(ast.parse(path.read_text()))
        if isinstance(found, ast.ClassDef)
        and any(isinstance(one, ast.FunctionDef) and one.name.startswith("clean_") for one in found.body)
    }
    typing = [
        form for form in subclasses(forms.Form)
        if form.__module__.split(".")[0] in FLOORS
        and any(isinstance(field, TypedText) for field in form.base_fields.values())
        and any(base.__name__ in reading for base in form.__mro__)
    ]  # fmt: skip
    assert {SendForm, PackForm, FindForm} <= set(typing)
    # What is compared with a number that is known, and kept nowhere.
    assert {form.__name__ for form in typing if not issubclass(form, Fitting)} == {"NumberForm"}


@pytest.mark.parametrize("letter", ["㌖", "ﷺ", "㈱"])
def test_what_a_box_is_given_fits_its_columns(letter):
    for column, form in (("tracking_number", SendForm), ("contents", PackForm)):
        longest = Parcel._meta.get_field(column).max_length
        made = form({"seen": "1", "corrected": "0", "read": "0", column: letter * longest})
        made.is_valid()
        assert len(made.cleaned_data.get(column, "")) <= longest
        assert made[column].value() == letter * longest  # it comes back whole


def test_a_note_takes_whatever_is_within_its_length():
    assert NoteForm({"text": "㌖", "read": "0"}).is_valid()
