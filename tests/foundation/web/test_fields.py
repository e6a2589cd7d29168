"""Typed text: never cut without a word, counted as whoever types sees it, and given back whole."""

import pytest
from django import forms
from django.utils.translation import override

from foundation.web.fields import TypedText, WholeNumber


class Short(forms.Form):
    line = TypedText(label="line", max_length=5, required=False, help_text="Say it.")
    lines = TypedText(label="lines", max_length=5, required=False, widget=forms.Textarea)


def test_no_browser_is_told_to_cut_it():
    assert "maxlength" not in str(Short())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_end_of_a_line_counts_once_whatever_the_browser_sends(end):
    form = Short({"lines": f"卵{end}と{end}麦"})
    assert form.is_valid()
    assert form.cleaned_data["lines"] == "卵\nと\n麦"


def test_what_is_too_long_comes_back_whole_with_the_limit_and_its_length():
    typed = "卵\r\nと\r\n小麦"
    form = Short({"lines": typed})
    assert not form.is_valid()
    assert "5文字まで" in str(form.errors)
    assert "いま6文字" in str(form.errors)
    assert form["lines"].value() == typed


def test_only_where_there_is_room_for_several_lines_the_limit_is_told_beforehand():
    fields = Short.base_fields
    assert str(fields["line"].help_text) == "Say it."
    assert str(fields["lines"].help_text) == "5文字まで書けます。"
    with override("en"):
        assert str(fields["lines"].help_text) == "Up to 5 characters."


class Counted(forms.Form):
    number = WholeNumber(required=False)


@pytest.mark.parametrize("typed", ["1_0", "1.0", "1e2", "+1", "-1", "٣", "１", "9" * 20])
def test_only_plain_figures_are_a_number(typed):
    assert not Counted({"number": typed}).is_valid()


@pytest.mark.parametrize(("typed", "read"), [("0", 0), ("17", 17), ("", None)])
def test_plain_figures_are_read(typed, read):
    form = Counted({"number": typed})
    assert form.is_valid()
    assert form.cleaned_data["number"] == read
