"""Correcting name, address, and how and when somebody is reached, from a case's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from organisations.models import Member
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from referrals import same_person
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.corrected import FIELDS
from referrals.desk import corrections
from referrals.desk.forms.corrections import CorrectionForm
from referrals.doors import case_of_desk
from referrals.models import Case, PersonCorrection

_TICKED = ("reach_by", "cannot_telephone")


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, public_id: str) -> HttpResponse:
    """What is known of the person, to be typed over; who was second sees what stands now beside what they typed."""
    case = case_of_desk(request, public_id)
    refused: Refusal | None = None
    if posted(request) is not None:
        alike_before = same_person.of(case)
        asked = {"near": case.destination, "picks_up": case.picks_up}
        refused = perform(request, CORRECT, case, stands=corrections.stands(case), **asked)
        if refused is None:
            alike = same_person.warnings(alike_before, same_person.of(case))
            for words in (*corrections.to_be_told(case), *alike):
                messages.warning(request, str(words))
            return back_to("desk:case", public_id)
        case = case_of_desk(request, public_id)
    now = {"seen": corrections.length(case)}
    stands = corrections.stands(case)
    typed = typed_over(refused, "form", now)
    if refused and refused.changed_meanwhile and typed:
        # What they had not touched themselves would take back what the other had just put right.
        for name, was in corrections.overtaken(case, refused.form.cleaned_data["seen"]).items():
            if (typed.getlist(name) or [""]) == (_as_sent(name, was) or [""]):
                typed.setlist(name, _as_sent(name, stands[name]))
    initial = {
        name: value if name in _TICKED else corrections.as_written(name, value) for name, value in stands.items()
    }
    form = CorrectionForm(
        typed, stands=stands, near=case.destination, picks_up=case.picks_up, initial={**now, **initial}
    )
    context = {
        "case": case,
        "form": form,
        "stands": [
            (label, corrections.as_written(name, stands[name])) for name, label in FIELDS.items() if name in form.fields
        ],
        "same_person": same_person.of(case),
        "refused": refused,
    }
    return render(request, "referrals/desk/correct.html", context, status=status_of(refused))


def _as_sent(name: str, value: Any) -> list[str]:
    """A value as the page sends it."""
    if name == "cannot_telephone":
        return ["on"] if value else []
    return list(value) if name == "reach_by" else [corrections.as_written(name, value)]


def _correct(case: Case, by: Member, data: dict[str, Any]) -> None:
    now = {name: data[name] for name in FIELDS}
    corrections.correct(case=case, now=now, why=data["why"], by=by, seen=data["seen"])


def _just_corrected(case: Case, by: Member, data: dict[str, Any]) -> bool:
    """Whether the last correction is this one: a second click."""
    last = PersonCorrection.objects.filter(person=case.person_id).select_related("data_key").order_by("pk").last()
    if last is None or last.by_id != by.pk or not isinstance(last.changes, dict):
        return False
    # All that was typed: what others or another page put in beside the last one would be lost under a success.
    stands = corrections.stands(Case.objects.for_handing_off().get(pk=case.pk))
    return last.changes["why"] == data["why"].strip() and all(data[name] == stands[name] for name in FIELDS)


CORRECT = Act(
    CorrectionForm, _correct, "form", _("名前・連絡先を直しました。"), done_before=_just_corrected,
    newer=corrections.newer_than,
)  # fmt: skip
