"""Fields that forms of every floor share: typed text, days, numbers that offices give out."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import days, office_numbers

_TOO_LONG = _("%(limit_value)d文字までで書いてください。いま%(show_value)d文字あります。短くできるところはありますか。")


class TypedText(forms.CharField):
    """Text that somebody types, which comes back whole where it is too long, with the limit named.

    The page carries no ``maxlength``, at which browsers would cut it without a word. The end of a line counts once,
    as whoever types sees it, though browsers send two characters for it. Where there is room for several lines the
    limit is told beforehand.
    """

    def __init__(self, *, max_length: int, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = max_length
        self.validators.append(MaxLengthValidator(max_length, message=_TOO_LONG))
        self.help_text = help_text
        if isinstance(self.widget, forms.Textarea):
            limit = format_lazy(_("{limit}文字まで書けます。"), limit=max_length)
            self.help_text = format_lazy("{} {}", help_text, limit) if help_text else limit

    def fits(self, typed: str) -> bool:
        """Whether it may be looked at before the form is checked: what is too long is refused unread."""
        return len(typed) <= self.longest

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace("\r\n", "\n").replace("\r", "\n") if isinstance(typed, str) else typed


class DayField(forms.DateField):
    """A day, as the browser sends it or as people write it."""

    widget = forms.DateInput(attrs={"type": "date", "size": 14}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, datetime) or not isinstance(value, str) or value in self.empty_values:
            return super().to_python(value)
        try:
            return days.read(value)
        except ValueError as error:
            raise forms.ValidationError(error.args[0], code="invalid") from None


class OfficeNumber(forms.CharField):
    """A telephone number that an office gives out, as one dials it."""

    def to_python(self, value: Any) -> str:
        try:
            return office_numbers.read(super().to_python(value) or "")
        except ValueError as error:
            raise forms.ValidationError(error.args[0], code="invalid") from None


class WholeNumber(forms.IntegerField):
    """A number in plain figures; Python would read 1_0 and 1.0 as well."""

    def to_python(self, value: Any) -> int | None:
        if value not in self.empty_values and not re.fullmatch(r"[0-9]{1,19}", str(value)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)
