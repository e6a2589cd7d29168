"""The centre of the area: the wish, what it may be told, and the consent itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import listed, quoted
from organisations.models import Organisation
from organisations.models.organisation import Kind
from outreach.application import answers, consent_texts, disclosable
from outreach.application.disclosable import FIELDS_BY_KEY, Group
from outreach.application.forms.base import StepForm
from outreach.application.forms.fields import Ticks, asked
from outreach.directory import in_english

CALL_ME = answers.HandOffWish.CALL_ME
NOTHING_CHOSEN = _(
    "伝えてよいものを、えらんでください。何も伝えたくないときは、前にもどって「窓口だけ知りたい」をえらんでください。"
)


class CentreForm(StepForm):
    """Whether the centre of the area should call; where several serve it, which."""

    hand_off_wish = asked("hand_off_wish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.no_way_to_reach = False
        if len(self.serving.centres) > 1:
            self.fields["centre_id"] = _which_of(self.serving.centres)

    def asked_of_some(self, posted: QueryDict) -> dict[str, forms.Field]:
        named = Organisation.objects.filter(kind=Kind.SUPPORT_CENTRE, public_id=posted.get("centre_id", ""))
        return {"centre_id": _which_of(named)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("hand_off_wish") == CALL_ME:
            if "centre_id" in self.fields and not cleaned.get("centre_id") and "centre_id" not in self.errors:
                self.add_error("centre_id", _("連絡してほしい窓口を、ひとつえらんでください。"))
            if self.said.applying_for == "self" and not disclosable.ways_to_reach(self.said.tidy()):
                self.no_way_to_reach = True
                self.add_error(
                    "hand_off_wish",
                    _("窓口から連絡するには、電話やメールなどの連絡先が要ります。下のリンクから書きたせます。"),
                )
        return cleaned

    def values(self) -> dict[str, Any]:
        """The wish with the centre it is about; of a single one that was shown, that one."""
        only = self.serving.centres[0].public_id if len(self.serving.centres) == 1 else ""
        return {
            "hand_off_wish": self.cleaned_data["hand_off_wish"],
            "centre_id": self.cleaned_data.get("centre_id") or only,
        }


def _which_of(centres: Iterable[Organisation]) -> forms.ChoiceField:
    """The question which centre is meant."""
    centres = list(centres)
    names = in_english.read_names(centres)
    return forms.ChoiceField(
        label=_("どの窓口ですか"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(centre.public_id, names[centre.pk]) for centre in centres],
    )


class ChoosingForm(StepForm):
    """Choosing what is told: nothing is ticked before the person ticks it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.said.tidy()
        self.rows = disclosable.rows(said, FIELDS_BY_KEY)

    def check(self, field: str, keys: list[str]) -> None:
        """Refuse a choice with which the centre could not call, and say what is lacking."""
        if not keys:
            self.add_error(field, NOTHING_CHOSEN)
        elif lacking := disclosable.lacking_to_call(self.said.tidy(), keys):
            labels = quoted(FIELDS_BY_KEY[key].label for key in lacking)
            self.add_error(
                field,
                format_lazy(
                    _("窓口から連絡するには、{labels}も要ります。だれに、どう連絡すればよいかがわからないためです。"),
                    labels=labels,
                ),
            )


class TellForm(ChoosingForm):
    """By the three groups."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"] = Ticks(
            [
                (group.value, format_html("{}<small>{}</small>", group.label, listed(labels)))
                for group in Group
                if (labels := [row.label for row in self.rows if row.group == group])
            ],
            label=_("窓口に伝えてよいもの"),
            help_text=_("えらんだものだけを伝えます。何が伝わるかは、次の画面でたしかめられます。"),
        )
        self.initial["groups"] = [
            group.value for group in Group if set(disclosable.keys_of([group])) <= set(self.said.disclosed)
        ]

    def asked_of_some(self, _posted: QueryDict) -> dict[str, forms.Field]:
        return {"groups": Ticks(Group.choices, label=self.fields["groups"].label)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "groups" not in self.errors:
            self.check("groups", disclosable.keys_of(cleaned["groups"]))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {"disclosed": disclosable.keys_of(self.cleaned_data["groups"])}


class TellFieldsForm(ChoosingForm):
    """Field by field, each with what would be told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in Group:
            choices = [
                (row.key, format_html("{}<small>{}</small>", row.label, row.value))
                for row in self.rows
                if row.group == group
            ]
            if choices:
                self.fields[group.value] = Ticks(choices, label=group.label)
                self.initial[group.value] = self.said.disclosed

    def asked_of_some(self, _posted: QueryDict) -> dict[str, forms.Field]:
        return {
            group.value: Ticks(
                [(key, field.label) for key, field in FIELDS_BY_KEY.items() if field.group == group], label=group.label
            )
            for group in Group
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self.check(next(iter(self.fields)), self._chosen())
        return cleaned

    def values(self) -> dict[str, Any]:
        return {"disclosed": self._chosen()}

    def _chosen(self) -> list[str]:
        return [key for name in self.fields for key in self.cleaned_data[name]]


class ConsentForm(StepForm):
    """The consent, given under the exact preview; the way back is a second, separate one."""

    heard = forms.BooleanField(label=_("上の文を読みあげて、ご本人から同意を聞きました"), required=False)
    feedback = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centre = self.serving.centre(self.said.centre_id)
        name = centre.name if centre else ""
        words = consent_texts.current()
        self.fields["consent"] = forms.ChoiceField(
            label=_("伝えてよいですか"),
            widget=forms.RadioSelect,
            choices=[
                ("yes", words.agree.about(name)),
                ("no", words.refuse.about(name)),
            ],
            error_messages={"required": _("どちらかをえらんでください。")},
        )
        self.order_fields(["consent", "heard", "feedback"])
        self.fields["feedback"].label = words.hear_result.about(name)
        if self.said.consent_text_version == consent_texts.CURRENT:
            self.initial["consent"] = "yes"
        if not self.aloud:
            del self.fields["heard"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.aloud and cleaned.get("consent") == "yes" and not cleaned.get("heard"):
            self.add_error("heard", _("同意の文を読みあげて、ご本人に聞いてから、しるしをつけてください。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        agrees = self.cleaned_data["consent"] == "yes"
        return {
            "consent_text_version": consent_texts.CURRENT if agrees else "",
            "feedback": agrees and self.cleaned_data["feedback"],
        }
