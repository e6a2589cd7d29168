"""What the forms of every floor share."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_TOO_LONG = _("%(limit_value)d文字までで書いてください。いま%(show_value)d文字あります。短くできるところはありますか。")


class TypedText(forms.CharField):
    """Text that somebody types, which comes back whole where it is too long, with the limit named.

    The page carries no ``maxlength``, at which browsers would cut it without a word. The end of a line counts once,
    as whoever types sees it, though browsers send two characters for it. Where there is room for several lines the
    limit is told beforehand.
    """

    def __init__(self, *, max_length: int, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(MaxLengthValidator(max_length, message=_TOO_LONG))
        self.help_text = help_text
        if isinstance(self.widget, forms.Textarea):
            limit = format_lazy(_("{limit}文字まで書けます。"), limit=max_length)
            self.help_text = format_lazy("{} {}", help_text, limit) if help_text else limit

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace("\r\n", "\n").replace("\r", "\n") if isinstance(typed, str) else typed


class AsTyped(forms.BaseForm):
    """A form that can be shown again with what was typed, unread and unchecked."""

    def keep_as_typed(self, typed: QueryDict) -> None:
        """Show ``typed`` in place of what was kept before."""
        for name, field in self.fields.items():
            self.initial[name] = field.widget.value_from_datadict(typed, MultiValueDict(), self.add_prefix(name))


class Unremembered(AsTyped):
    """A form of the public's: what is typed into it the browser keeps nowhere and offers to nobody who comes after.

    The page's ``<form>`` says the same, for what is ticked (docs/decisions/0026).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs["autocomplete"] = "off"
