"""The version of a thing that a member has before them, carried by every form that changes it."""

from django import forms


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


def choice_field(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field of ``form`` whose choices depend on what the form is about."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field
