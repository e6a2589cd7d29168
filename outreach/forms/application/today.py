"""Today: how much food is left, and where the person lives."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation import japanese
from outreach import circumstances as said_as
from outreach.forms.application.base import AsTyped, StepForm
from outreach.forms.application.fields import Tap
from outreach.forms.navi import PlaceForm
from outreach.ground import Ground
from outreach.statement import Statement


class FoodForm(StepForm):
    food_days = Tap(said_as.FoodDays, label=_("いま、食べものは何日分ありますか"))


class HomeForm(AsTyped, PlaceForm):
    """The navi's question of where someone lives; here it has to be answered, or nothing could be sent."""

    if_blank = _("送り先がわかるように、郵便番号か市区町村の名前を入力してください。")

    def __init__(self, data: Any = None, *, said: Statement, ground: Ground, aloud: bool = False) -> None:
        self.said = said
        typed = ground.place.full_name if ground.place else ""
        super().__init__(data, initial={"typed": typed}, label_suffix="", use_required_attribute=False)

    def values(self) -> dict[str, Any]:
        """The place, with its postcode when that was typed; another place's postcode is forgotten."""
        assert self.place is not None  # a valid form has found one
        known = {"place_code": self.place.code}
        if self.said.sending_place_code:  # then the postcode is of there
            return known
        try:
            return known | {"postcode": japanese.postcode(self.cleaned_data["typed"])}
        except ValueError:
            return known if self.place.code == self.said.place_code else known | {"postcode": ""}
