"""A case's page, and the moves made from it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation.errors import NotAllowed
from organisations.sign_in.kept_words import keeps_words, pressed
from organisations.sign_in.signed_in import MemberRequest
from referrals import notes, same_person
from referrals.acts import Act, Refusal, SeenForm, back_to, perform, status_of, typed_over
from referrals.desk import case_file, casework, parcels
from referrals.desk.forms.case import EndForm, NoteForm, WhyForm
from referrals.desk.next_step import next_step
from referrals.doors import case_of_desk
from referrals.models import Case
from referrals.states import CaseStatus


@require_safe
def case(request: MemberRequest, public_id: str) -> HttpResponse:
    return _page(request, case_of_desk(request, public_id))


@keeps_words
def move(request: MemberRequest, public_id: str) -> HttpResponse:
    """Do what the pressed button says; refused, the page comes again as it stands now, with what was typed."""
    found = case_of_desk(request, public_id)
    act = ACTS.get(pressed(request, "move"))
    if act is None:
        return redirect("desk:case", public_id)
    refused = perform(request, act, found)
    return (
        _page(request, case_of_desk(request, public_id), refused=refused)
        if refused
        else back_to("desk:case", public_id)
    )


def _start_review(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.start_review(case=found, by=by, seen=data["seen"])


def _approve(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.approve(case=found, by=by, seen=data["seen"])


def _end(found: Case, by: Any, data: dict[str, Any]) -> None:
    to, reason = data["end"]
    casework.end(case=found, to=to, reason=reason, by=by, seen=data["seen"], note=data["note"])


def _note(found: Case, by: Any, data: dict[str, Any]) -> None:
    notes.write_note(case=found, text=data["text"], by=by)


def _reopen(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.reopen_duplicate(case=found, why=data["why"], by=by, seen=data["seen"])


def _undo_delivery(found: Case, by: Any, data: dict[str, Any]) -> None:
    last = found.parcels.order_by("pk").last()
    if last is None:
        raise NotAllowed()
    last.case = found
    parcels.undo_delivery(parcel=last, why=data["why"], by=by, seen=data["seen"])


def _said_why(found: Case, data: dict[str, Any]) -> bool:
    """Whether the reason that stands is the one that was typed."""
    newest = found.notes.select_related("data_key").order_by("pk").last()
    return newest is not None and newest.text == data["why"].strip()


def _ended_so(found: Case, data: dict[str, Any]) -> bool:
    """Whether the end that stands has the same reason, and the note that was typed."""
    now = Case.objects.get(pk=found.pk)
    newest = found.notes.select_related("data_key").order_by("pk").last()
    noted = not data["note"].strip() or (newest is not None and newest.text == data["note"].strip())
    return now.end_reason == data["end"][1] and noted


ACTS = {
    "start_review": Act(
        SeenForm, _start_review, "next", _("確認をはじめました。"), lambda _data: CaseStatus.IN_REVIEW
    ),
    "approve": Act(SeenForm, _approve, "next", _("発送を決めました。"), lambda _data: CaseStatus.APPROVED),
    "end": Act(EndForm, _end, "end", _("ケースを終えました。"), lambda data: data["end"][0], _ended_so),
    "reopen": Act(
        WhyForm, _reopen, "undo", _("「重複」をとりけしました。確認にもどっています。"),
        lambda _data: CaseStatus.IN_REVIEW, _said_why,
    ),
    "undo_delivery": Act(
        WhyForm, _undo_delivery, "undo", _("「届いた」をとりけしました。発送済みにもどっています。"),
        lambda _data: CaseStatus.SENT, _said_why,
    ),
    "note": Act(NoteForm, _note, "note", _("メモを保存しました。")),
}  # fmt: skip


# What may be taken back in which state: the move, what its form is called, the words of its button.
UNDOING: dict[str, tuple[str, Any, Any]] = {
    CaseStatus.DUPLICATE: ("reopen", _("重複ではなかったとき"), _("「重複」をとりけして確認にもどす")),
    CaseStatus.DELIVERED: ("undo_delivery", _("まだ届いていなかったとき"), _("「届いた」をとりけす")),
}


def _page(request: MemberRequest, found: Case, *, refused: Refusal | None = None) -> HttpResponse:
    note = refused.form if refused and refused.place == "note" else NoteForm()
    now = {"seen": found.version}
    end = EndForm(typed_over(refused, "end", now), initial=now, status=found.status)
    context = {
        "file": case_file.of(found),
        "case": found,
        "next": next_step(found.status),
        "same_person": same_person.of(found),
        "note_form": note,
        "end_form": end if not found.has_ended else None,
        "undoing": UNDOING.get(found.status),
        "undo_form": WhyForm(typed_over(refused, "undo", now), initial=now),
        "refused": refused,
    }
    return render(request, "referrals/desk/case.html", context, status=status_of(refused))
