"""What every screen of the application form is: a form over some fields of the statement."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations import catchment
from organisations.models import Organisation, Place
from outreach.statement import Statement

LEAVE_BLANK = _("書きたくないとき、わからないときは、空けたままで次へすすめます。")


@dataclass(frozen=True)
class Ground:
    """Where the person lives, which food bank sends there, and which centres serve the place."""

    place: Place | None = None
    desk: Organisation | None = None
    centres: list[Organisation] = field(default_factory=list)

    @classmethod
    def of(cls, said: Statement) -> Self:
        place = Place.objects.with_lineage().filter(code=said.place_code).first() if said.place_code else None
        if place is None:
            return cls()
        return cls(place, catchment.desk_for(place), catchment.centres_for(place))

    def centre(self, public_id: str) -> Organisation | None:
        """The centre of that id, as long as it serves the place."""
        return next((centre for centre in self.centres if centre.public_id == public_id), None)


class StepForm(forms.Form):
    """One screen. Its fields are named as those of the statement they fill; ``values`` gives the answers.

    ``aloud`` tells that a member reads the questions out and writes down what is said.
    """

    use_required_attribute = False

    def __init__(self, data: Any = None, *, said: Statement, ground: Ground, aloud: bool = False) -> None:
        self.said, self.ground, self.aloud = said, ground, aloud
        super().__init__(data, initial=said.to_json(), label_suffix="")
        if aloud:
            for one in self.fields.values():
                one.widget.attrs["autocomplete"] = "off"

    def values(self) -> dict[str, Any]:
        """The answers to keep in the draft, by the statement's names."""
        return {name: value for name, value in self.cleaned_data.items() if name in _NAMES}


_NAMES = frozenset(f.name for f in dataclasses.fields(Statement))


class NothingAsked(StepForm):
    """A screen to read, with nothing to answer."""
