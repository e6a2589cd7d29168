"""Today: how much food is left, and where the person lives."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.text import postcodes
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import asked
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.navi.forms import PlaceForm


class FoodForm(StepForm):
    food_days = asked("food_days")


class HomeForm(PlaceForm):
    """The navi's question of where someone lives; here it has to be answered, or nothing could be sent."""

    has_no_home = False  # here it is answered in words
    if_blank = _("送り先がわかるように、郵便番号か市区町村の名前を入力してください。")

    def __init__(self, data: Any = None, *, said: Statement, serving: Serving, aloud: bool = False) -> None:
        self.said = said
        typed = serving.place.full_name if serving.place else ""
        super().__init__(data, initial={"typed": typed}, label_suffix="", use_required_attribute=False)

    show_as_sent = PlaceForm.keep_as_typed

    def values(self) -> dict[str, Any]:
        """The place, with its postcode when that was typed; another place's postcode is forgotten."""
        assert self.place is not None  # a valid form has found one
        known = {"place_code": self.place.code}
        if self.said.sending_place_code:  # then the postcode is of there
            return known
        try:
            return known | {"postcode": postcodes.postcode(self.cleaned_data["typed"])}
        except ValueError:
            return known if self.place.code == self.said.place_code else known | {"postcode": ""}
