"""What every screen of the application form is: a form over some fields of the statement."""

import copy
import dataclasses
from typing import Any

from django import forms
from django.http import QueryDict

from foundation.web.forms import Fitting, Unremembered
from outreach.application.serving import Serving
from outreach.application.statement import Statement


class StepForm(Fitting, Unremembered, forms.Form):
    """One screen. Its fields are named as those of the statement they fill; ``values`` gives the answers.

    ``aloud`` tells that a member reads the questions out and writes down what is said.
    """

    use_required_attribute = False
    has_no_home = False  # whether "none" stood in place of an address

    def __init__(self, data: Any = None, *, said: Statement, serving: Serving, aloud: bool = False) -> None:
        self.said, self.serving, self.aloud = said, serving, aloud
        super().__init__(data, initial=said.to_json(), label_suffix="")

    def show_as_sent(self, posted: QueryDict) -> None:
        """Show what a page held that nobody knows anything of any more, the fields too that only some are asked."""
        asked = copy.deepcopy(self.base_fields)
        self.fields |= {name: field for name, field in asked.items() if name in posted and name not in self.fields}
        self.fields |= {name: field for name, field in self.asked_of_some(posted).items() if name in posted}
        self.keep_as_typed(posted)

    def asked_of_some(self, _posted: QueryDict) -> dict[str, forms.Field]:
        """The fields whose choices follow from other answers, as far as ``posted`` alone tells them."""
        return {}

    def values(self) -> dict[str, Any]:
        """The answers to keep in the draft, by the statement's names."""
        return {name: value for name, value in self.cleaned_data.items() if name in _NAMES}


_NAMES = frozenset(f.name for f in dataclasses.fields(Statement))


class NothingAsked(StepForm):
    """A screen to read, with nothing to answer."""
