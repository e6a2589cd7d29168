"""What one letter becomes when it is read has to fit as well."""

import pytest
from django import forms

from foundation.text.japanese import squash
from foundation.web.fields import TypedText
from foundation.web.forms import Fitting


class Read(Fitting, forms.Form):
    line = TypedText(label="line", max_length=5, required=False)

    def clean_line(self):
        return squash(self.cleaned_data["line"])


@pytest.mark.parametrize("typed", ["㌖", "ﷺ", "㈱㈱"])
def test_what_grows_while_it_is_read_has_to_fit_as_well(typed):
    form = Read({"line": typed})
    assert not form.is_valid()
    assert "5文字まで" in str(form.errors["line"])
    assert form["line"].value() == typed


def test_what_fits_after_reading_is_taken():
    assert Read({"line": "㈱"}).is_valid()
