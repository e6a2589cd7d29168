"""The forms of an entry and its texts, for the directory's editors."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.text import days
from organisations.editing.saving import SeenForm
from outreach.directory.codes import PROGRAMME_LETTERS, WINDOW_LETTERS, Language, TroubleClass
from outreach.directory.opendata.cells import code_of
from outreach.models import Window
from outreach.navi import content


class EntryForm(SeenForm):
    """An entry with its codes to tick."""

    troubles = forms.MultipleChoiceField(
        label=_("困りごと"),
        choices=TroubleClass.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("ひとつは選んでください。")},
    )
    needs = forms.MultipleChoiceField(label=_("必要なこと"), widget=forms.CheckboxSelectMultiple, required=False)

    def clean_code(self) -> str:
        letters = WINDOW_LETTERS if isinstance(self.instance, Window) else PROGRAMME_LETTERS
        try:
            return str(code_of(letters)(self.cleaned_data["code"]))
        except ValueError as error:
            raise forms.ValidationError(error.args[0]) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        amiss = {
            "verified_on": days.why_not_checked_on(said.get("verified_on")),
            "closes_on": days.why_not_from_until(said.get("opens_on"), said.get("closes_on")),
        }
        for name in filter(amiss.get, amiss):
            self.add_error(name, amiss[name])
        return said

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs: Any = self.fields["needs"]
        needs.choices = [
            (need.id, need.title.into(get_language() or "ja")) for need in content.shipped().needs.values()
        ]


class TextForm(forms.ModelForm):
    """One text; the Japanese one keeps to the lengths of the open-data standard."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("language") == Language.JA:
            for name, limit in (("title", 40), ("subtitle", 40), ("summary", 200)):
                if len(said.get(name) or "") > limit:
                    self.add_error(name, _("日本語は%(limit)d文字までです。") % {"limit": limit})
        return said


class TextForms(forms.BaseInlineFormSet):
    """The texts of one entry: Japanese always, other languages as they are written."""

    def clean(self) -> None:
        super().clean()
        said = [form.cleaned_data for form in self.forms if form.is_valid()]
        if not any(text.get("language") == Language.JA and not text.get("DELETE") for text in said):
            raise forms.ValidationError(_("日本語の文章を書いてください。"))
