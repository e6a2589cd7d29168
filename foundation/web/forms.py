"""What the forms of every floor share."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from foundation.web.fields import TypedText


class Fitting(forms.BaseForm):
    """A form whose typed texts fit once more when they were read: one letter may become several (㌖, ﷺ)."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own forms hook in here; the stubs leave it out
        for name, field in self.fields.items():
            read = self.cleaned_data.get(name)
            if isinstance(field, TypedText) and isinstance(read, str):
                try:
                    field.run_validators(read)
                except forms.ValidationError as error:
                    self.add_error(name, error)


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
