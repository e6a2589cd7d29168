"""The dashboard's one form: from which day to which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.web.fields import DayField
from reports.periods import Period


class PeriodForm(forms.Form):
    """``from`` and ``to`` in the address. Once valid, ``period`` is the Period."""

    start = DayField(label=_("始まりの日"), error_messages={"required": _("始まりの日を入れてください。")})
    end = DayField(label=_("終わりの日"), error_messages={"required": _("終わりの日を入れてください。")})

    period: Period | None = None

    def add_prefix(self, field_name: str) -> str:
        return {"start": "from", "end": "to"}.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "start" in cleaned and "end" in cleaned:
            try:
                self.period = Period(cleaned["start"], cleaned["end"])
            except DomainError as error:
                self.add_error("end", str(error))
        return cleaned
