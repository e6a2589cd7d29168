"""A case's page, and the moves made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation.errors import Conflict, DomainError
from organisations.signed_in import MemberRequest
from referrals import notes
from referrals.acts import Refusal, SeenForm, back_to, is_second_click, status_of
from referrals.desk import case_file, casework
from referrals.desk.forms.case import EndForm, NoteForm
from referrals.desk.next_step import next_step
from referrals.doors import case_of_desk
from referrals.models import Case
from referrals.states import CaseStatus


@require_safe
def case(request: MemberRequest, public_id: str) -> HttpResponse:
    return _page(request, case_of_desk(request, public_id))


def move(request: MemberRequest, public_id: str) -> HttpResponse:
    """Do what the pressed button says; refused, the page comes again as it stands now, with what was typed."""
    found = case_of_desk(request, public_id)
    act = ACTS.get(request.POST.get("move", ""))
    if request.method != "POST" or act is None:
        return redirect("desk:case", public_id)
    form = act.form(request.POST)
    problem: DomainError | None = None
    if form.is_valid():
        try:
            act.verb(found, request.user, form.cleaned_data)
        except DomainError as error:
            problem = error
        if problem is None or is_second_click(problem, act.leads_to(form.cleaned_data), request.user):
            messages.success(request, str(act.done))
            return back_to("desk:case", public_id)
    return _page(request, case_of_desk(request, public_id), refused=Refusal(act.place, problem, form))


def _start_review(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.start_review(case=found, by=by, seen=data["seen"])


def _approve(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.approve(case=found, by=by, seen=data["seen"])


def _end(found: Case, by: Any, data: dict[str, Any]) -> None:
    to, reason = data["end"]
    casework.end(case=found, to=to, reason=reason, by=by, seen=data["seen"], note=data["note"])


def _note(found: Case, by: Any, data: dict[str, Any]) -> None:
    notes.write_note(case=found, text=data["text"], by=by)


@dataclass(frozen=True)
class Act:
    """A button of the page: its form, its verb, where on the page it stands, and what is said when it is done."""

    form: type[forms.Form]
    verb: Callable[[Case, Any, dict[str, Any]], None]
    place: str
    done: Promise
    leads_to: Callable[[dict[str, Any]], str] = lambda _data: ""


ACTS = {
    "start_review": Act(
        SeenForm, _start_review, "next", _("確認をはじめました。"), lambda _data: CaseStatus.IN_REVIEW
    ),
    "approve": Act(SeenForm, _approve, "next", _("発送を決めました。"), lambda _data: CaseStatus.APPROVED),
    "end": Act(EndForm, _end, "end", _("ケースを終えました。"), lambda data: data["end"][0]),
    "note": Act(NoteForm, _note, "note", _("メモを保存しました。")),
}  # fmt: skip


def _page(request: MemberRequest, found: Case, *, refused: Refusal | None = None) -> HttpResponse:
    note: forms.Form = NoteForm()
    end = EndForm(initial={"seen": found.version}, status=found.status)
    if refused and refused.place == "note":
        note = refused.form
    if refused and refused.place == "end":
        # What was chosen and typed stays, over the version that is there now.
        end = EndForm({**request.POST.dict(), "seen": found.version}, status=found.status)
    context = {
        "file": case_file.of(found),
        "case": found,
        "next": next_step(found.status),
        "note_form": note,
        "end_form": end if not found.has_ended else None,
        "refused": refused,
        "typed": request.POST.get("note", "") if refused else "",
        "changed_meanwhile": bool(refused and isinstance(refused.problem, Conflict)),
    }
    return render(request, "referrals/desk/case.html", context, status=status_of(refused))
