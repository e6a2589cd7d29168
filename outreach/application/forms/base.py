"""What every screen of the application form is: a form over some fields of the statement."""

import dataclasses
from typing import Any

from django import forms

from foundation.web.forms import AsTyped
from outreach.application.serving import Serving
from outreach.application.statement import Statement


class StepForm(AsTyped, forms.Form):
    """One screen. Its fields are named as those of the statement they fill; ``values`` gives the answers.

    ``aloud`` tells that a member reads the questions out and writes down what is said.
    """

    use_required_attribute = False
    has_no_home = False  # whether "none" stood in place of an address

    def __init__(self, data: Any = None, *, said: Statement, serving: Serving, aloud: bool = False) -> None:
        self.said, self.serving, self.aloud = said, serving, aloud
        super().__init__(data, initial=said.to_json(), label_suffix="")
        if aloud or said.applying_for == "other":  # the browser knows the data of who types
            for one in self.fields.values():
                one.widget.attrs["autocomplete"] = "off"

    def values(self) -> dict[str, Any]:
        """The answers to keep in the draft, by the statement's names."""
        return {name: value for name, value in self.cleaned_data.items() if name in _NAMES}


_NAMES = frozenset(f.name for f in dataclasses.fields(Statement))


class NothingAsked(StepForm):
    """A screen to read, with nothing to answer."""
