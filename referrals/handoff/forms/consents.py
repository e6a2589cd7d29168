"""What staff write down when a person consents or withdraws on the telephone or on paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import quoted
from foundation.web.fields import DayField
from organisations.models import Organisation
from outreach.application import consent_texts
from outreach.application.disclosable import FIELDS, FIELDS_BY_KEY, Group, keys_of, lacking_to_call
from outreach.application.statement import Statement
from referrals.acts import SeenForm, choice_field
from referrals.models.consent import ConsentChannel

CHANNELS = [
    (ConsentChannel.TELEPHONE.value, _("電話で、上のことばを読みあげて聞いた")),
    (ConsentChannel.PAPER.value, _("本人が書いた書面を受けとった")),
]


class _WithCentre(SeenForm):
    """Names the centre, hidden where there is only one; ``seen`` is the length of the ledger on the page."""

    centre = forms.ChoiceField(
        label=_("窓口"), widget=forms.RadioSelect, error_messages={"required": _("窓口を選んでください。")}
    )
    channel = forms.ChoiceField(
        label=_("どうやって聞きましたか"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("どうやって聞いたかを選んでください。")},
    )

    def __init__(self, *args: Any, centres: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {centre.public_id: centre for centre in centres}
        choice_field(self, "centre").choices = [(key, centre.name) for key, centre in self.centres.items()]
        if len(self.centres) == 1:
            self.fields["centre"].widget = forms.HiddenInput()
            self.fields["centre"].initial = next(iter(self.centres))

    def clean_centre(self) -> Organisation:
        return self.centres[self.cleaned_data["centre"]]


class ConsentForm(_WithCentre):
    """A consent: to telling whole groups or single fields, and the answer to the second question."""

    stated_on = DayField(
        label=_("書面に書かれた日付"),
        help_text=_("書面を受けとったときだけ、入れてください。"),
        required=False,
    )
    text_version = forms.ChoiceField(
        label=_("書面の同意文の版"),
        help_text=_("書面を受けとったときだけ、書面のとおりに選んでください。"),
        required=False,
    )
    groups = forms.MultipleChoiceField(
        label=_("伝えてよい内容（まとまりで）"),
        required=False,
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    single = forms.MultipleChoiceField(
        label=_("一部だけのとき、ひとつずつ選ぶ"),
        required=False,
        choices=[(group.label, [(f.key, f.label) for f in FIELDS if f.group == group]) for group in Group],
        widget=forms.CheckboxSelectMultiple,
    )
    hear_result = forms.ChoiceField(
        label=_("窓口が、相談がどうなったかをフードバンクに知らせてよいか"),
        choices=[("yes", _("知らせてよい")), ("no", _("知らせてほしくない"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("知らせてよいかどうかの答えを選んでください。")},
    )
    from_person = forms.BooleanField(
        label=_("本人から直接聞きました（代わりの方や家族の返事ではありません）"),
        error_messages={"required": _("同意は、本人から直接聞いたときだけ記録できます。")},
    )

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        """``statement`` tells by which of the fields the person can be reached."""
        super().__init__(*args, **kwargs)
        self.statement = statement
        versions = list(consent_texts.BY_VERSION)
        if len(versions) == 1:
            del self.fields["text_version"]  # nothing to choose: the page shows it
        else:
            offered = [("", _("選んでください")), *((version, version) for version in versions)]
            choice_field(self, "text_version").choices = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        single = set(cleaned.get("single", []))
        whole = set(keys_of(cleaned.get("groups", [])))
        cleaned["keys"] = [field.key for field in FIELDS if field.key in single | whole]
        undated = not cleaned.get("stated_on") and "stated_on" not in self.errors
        if cleaned.get("channel") == ConsentChannel.PAPER and undated:
            self.add_error("stated_on", _("書面に書かれた日付を入れてください。"))
        of_no_version = "text_version" in self.fields and not cleaned.get("text_version")
        if cleaned.get("channel") == ConsentChannel.PAPER and of_no_version:
            self.add_error("text_version", _("書面に書かれた同意文の版を選んでください。"))
        lacking = lacking_to_call(self.statement, cleaned["keys"])
        if not cleaned["keys"]:
            self.add_error("groups", _("窓口に伝える内容を選んでください。"))
        elif lacking:
            names = quoted(FIELDS_BY_KEY[key].label for key in lacking)
            self.add_error("groups", format_lazy(_("窓口が連絡できるように、{names}も選んでください。"), names=names))
        return cleaned


class WithdrawalForm(_WithCentre):
    """A withdrawal; the words were not read out, the person asked for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "channel").choices = [
            (ConsentChannel.TELEPHONE.value, _("電話で聞いた")),
            (ConsentChannel.PAPER.value, _("書面を受けとった")),
        ]
