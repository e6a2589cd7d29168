"""What staff fill in to take back a consent or a withdrawal that was recorded in error."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.web.fields import TypedText
from referrals.acts import SeenForm, choice_field
from referrals.notes import LONGEST_NOTE


class VoidForm(SeenForm):
    """Which entry, and how it came to be written; ``seen`` is the length of the ledger on the page."""

    number = forms.ChoiceField(
        label=_("まちがえた記録"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("どの記録がまちがいかを選んでください。"),
            "invalid_choice": _("この記録は、いまは取り消せません。ほかの記録を選んでください。"),
        },
    )
    why = TypedText(
        label=_("どこがまちがいでしたか"),
        help_text=_(
            "ケースのメモとして残ります。例：別の方のケースに書いてしまった。ほかの方の名前は書かないでください。"
        ),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("どこがまちがいだったかを書いてください。")},
    )

    def __init__(self, *args: Any, offered: Collection[tuple[int, Any]], **kwargs: Any) -> None:
        """``offered``: numbers in the ledger with the words for each."""
        super().__init__(*args, **kwargs)
        choice_field(self, "number").choices = [(str(number), words) for number, words in offered]

    def clean_number(self) -> int:
        return int(self.cleaned_data["number"])
