"""What a person may do on their own page: take back a consent, add something in their own words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.web.fields import TypedText
from foundation.web.forms import Unremembered
from organisations.models import Organisation
from outreach.application.addenda import LONGEST_INTERPRETER, LONGEST_WORDS
from outreach.directory import in_english
from outreach.models import ApplicationAddendum


class WithdrawForm(Unremembered, forms.Form):
    """Names the centre that shall no longer be told; with only one there is nothing to choose."""

    centre = forms.ChoiceField(
        label=_("どこへの同意をとりやめますか"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("どこへの同意をとりやめるか、選んでください。"),
            "invalid_choice": _("その窓口への同意は、いまはありません。ほかの窓口を選んでください。"),
        },
    )

    def __init__(self, *args: Any, centres: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["centre"]
        assert isinstance(field, forms.ChoiceField)
        names = in_english.read_names(centres.values())
        field.choices = [(public_id, names[centre.pk]) for public_id, centre in centres.items()]
        if len(centres) == 1:
            field.widget = forms.HiddenInput()
            self.initial["centre"] = next(iter(centres))


class AddendumForm(Unremembered, forms.Form):
    """Everything is optional, and none of it changes whether food comes."""

    own_words = TypedText(
        label=_("ご相談されたいこと"),
        help_text=_(
            "こまっていること、こうなったらよいと思うことを、あなたの言葉で書いてください。みじかくてもだいじょうぶです。"
        ),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    interpreter = TypedText(
        label=_("話しやすいことば・通訳"),
        help_text=_("たとえば「英語」「手話」「やさしい日本語」。"),
        required=False,
        max_length=LONGEST_INTERPRETER,
    )
    public_assistance = forms.ChoiceField(
        label=_("生活保護"),
        help_text=_("受けていても、食べものは申しこめます。"),
        required=False,
        choices=ApplicationAddendum.PublicAssistance.choices,
        widget=forms.RadioSelect,
    )
