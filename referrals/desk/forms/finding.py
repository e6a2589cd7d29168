"""What a caseworker types to find a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.text.japanese import squash
from foundation.web.fields import TypedText
from foundation.web.forms import Fitting


class FindForm(Fitting, forms.Form):
    """One box for whatever the person on the telephone says."""

    text = TypedText(
        label=_("受付番号・電話番号・名前・ふりがなでさがす"),
        max_length=100,
        error_messages={
            "required": _("受付番号、電話番号、名前、ふりがなのどれかを書いてください。"),
        },
    )

    def clean_text(self) -> str:
        return squash(self.cleaned_data["text"])
