"""Notes beside the fields of an admin's page that came again: what stands now, and what has to be put in anew."""

from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import listed

_STANDS = _("いまの登録：{value}")
_EMPTY = _("（空欄）")
_NOT_KEPT = _("ここに入れたものは残していません。入れていたときは、もう一度入れてください。")


def tell_what_stands(form: forms.ModelForm) -> None:
    """Put beside each field that says something else than the record what the record says."""
    for name in form.changed_data:
        if name in form.initial and form.instance.pk:
            stands = _in_words(form.fields[name], form.initial[name]) or _EMPTY
            _note(form[name], _STANDS.format(value=stands))


def tell_what_is_not_kept(form: forms.ModelForm) -> None:
    """A password is shown to nobody again, and a browser lets nobody put a file back."""
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.PasswordInput | forms.FileInput):
            _note(form[name], _NOT_KEPT)


def _note(field: forms.BoundField, text: Any) -> None:
    field.help_text = format_html("<strong>{}</strong> {}", text, field.help_text)


def _in_words(field: forms.Field, value: Any) -> str:
    """As a reader of the page would call ``value``; "" for nothing."""
    if isinstance(field, forms.ModelChoiceField):
        keys = value if isinstance(value, list) else [value]
        among: Any = field.queryset
        return listed(among.filter(pk__in=[getattr(key, "pk", key) for key in keys if key]))
    if isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        return str(_("はい") if value else _("いいえ"))
    shown = field.widget.format_value(field.prepare_value(value))
    choices: list[tuple[Any, Any]] = list(flatten_choices(getattr(field.widget, "choices", ())))
    names = {str(key): name for key, name in choices}
    return listed(names.get(one, one) for one in (shown if isinstance(shown, list) else [shown]) if one)
