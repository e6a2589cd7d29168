"""The version of a thing that a member has before them, carried by every form that changes it."""

from django import forms


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
