"""Correcting name, address, telephone or mail, from a case's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from organisations.models import Member
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.desk import corrections
from referrals.desk.forms.corrections import CorrectionForm
from referrals.doors import case_of_desk
from referrals.models import Case, PersonCorrection


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, public_id: str) -> HttpResponse:
    """What is known of the person, to be typed over; who was second sees what stands now beside what they typed."""
    case = case_of_desk(request, public_id)
    refused: Refusal | None = None
    if posted(request) is not None:
        refused = perform(request, CORRECT, case, stands=corrections.stands(case), near=corrections.sent_to(case))
        if refused is None:
            for words in corrections.to_be_told(case):
                messages.warning(request, str(words))
            return back_to("desk:case", public_id)
        case = case_of_desk(request, public_id)
    now = {"seen": corrections.length(case)}
    stands = corrections.stands(case)
    shown = {name: corrections.as_written(name, value) for name, value in stands.items()}
    typed = typed_over(refused, "form", now)
    if refused and refused.changed_meanwhile and typed:
        # What they had not touched themselves would take back what the other had just put right.
        for name, was in corrections.overtaken(case, refused.form.cleaned_data["seen"]).items():
            typed[name] = shown[name] if typed.get(name, "") == was else typed.get(name, "")
    form = CorrectionForm(typed, stands=stands, near=corrections.sent_to(case), initial={**now, **shown})
    context = {
        "case": case,
        "form": form,
        "stands": [(label, shown[name]) for name, label in corrections.FIELDS.items()],
        "refused": refused,
    }
    return render(request, "referrals/desk/correct.html", context, status=status_of(refused))


def _correct(case: Case, by: Member, data: dict[str, Any]) -> None:
    now = {name: data[name] for name in corrections.FIELDS}
    corrections.correct(case=case, now=now, why=data["why"], by=by, seen=data["seen"])


def _just_corrected(case: Case, by: Member, data: dict[str, Any]) -> bool:
    """Whether the last correction is this one: a second click."""
    last = PersonCorrection.objects.filter(person=case.person_id).select_related("data_key").order_by("pk").last()
    if last is None or last.by_id != by.pk or not isinstance(last.changes, dict):
        return False
    return last.changes["why"] == data["why"].strip() and all(
        data[name] == value for name, value in last.changes["now"].items()
    )


CORRECT = Act(
    CorrectionForm, _correct, "form", _("名前・連絡先を直しました。"), done_before=_just_corrected,
    newer=corrections.newer_than,
)  # fmt: skip
