"""A case's page, and the moves made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation.errors import NotAllowed
from organisations.sign_in.kept_words import keeps_words, pressed
from organisations.sign_in.signed_in import MemberRequest
from referrals import same_person
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.desk import addenda, case_file, casework, parcels, undoing
from referrals.desk.forms.case import EndForm, NoteForm, ReadForm, SendAgainForm, WhyForm
from referrals.desk.next_step import next_step
from referrals.doors import case_of_desk
from referrals.models import Case, CaseTransition, ParcelTransition
from referrals.states import CASE_ENDS, SEND_AGAIN, CaseStatus


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
    casework.start_review(case=found, by=by, seen=data["seen"], read=data["read"])


def _approve(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.approve(case=found, by=by, seen=data["seen"], read=data["read"])


def _end(found: Case, by: Any, data: dict[str, Any]) -> None:
    to, reason = data["end"]
    asked = {name: data[name] for name in ("read", "without_hand_off", "hand_off_goes_on", "box")}
    casework.end(case=found, to=to, reason=reason, by=by, seen=data["seen"], note=data["note"], **asked)


def _note(found: Case, by: Any, data: dict[str, Any]) -> None:
    casework.write_note(case=found, text=data["text"], by=by, read=data["read"])


def _send_again(found: Case, by: Any, data: dict[str, Any]) -> None:
    last = found.parcels.order_by("pk").last()
    if last is None:
        raise NotAllowed()
    last.case = found
    parcels.send_again(parcel=last, found_out=data["found_out"], by=by, seen=data["seen"])


def _decided_so(found: Case, by: Any, data: dict[str, Any]) -> bool:
    """Whether this member has just decided it, in the same words."""
    rows = ParcelTransition.objects.filter(subject__case=found).select_related("data_key").order_by("-pk")
    last = rows.first()
    return bool(last and last.reason == SEND_AGAIN and last.by_id == by.pk and last.note == data["found_out"].strip())


def _undo(verb: Callable[..., None]) -> Callable[[Case, Any, dict[str, Any]], None]:
    return lambda found, by, data: verb(case=found, why=data["why"], by=by, seen=data["seen"])


def _said_why(found: Case, data: dict[str, Any]) -> bool:
    """Whether the reason that stands is the one that was typed."""
    newest = found.notes.select_related("data_key").order_by("pk").last()
    return newest is not None and newest.text == data["why"].strip()


def _end_undone_so(found: Case, by: Any, data: dict[str, Any]) -> bool:
    """Whether the last step is this member's own taking back of an end, for the same reason."""
    last = CaseTransition.objects.filter(subject=found).order_by("-pk").first()
    return last is not None and last.from_status in CASE_ENDS and last.by_id == by.pk and _said_why(found, data)


def _ended_so(found: Case, data: dict[str, Any]) -> bool:
    """Whether the end that stands has the same reason, and the note that was typed."""
    now = Case.objects.get(pk=found.pk)
    newest = found.notes.select_related("data_key").order_by("pk").last()
    noted = not data["note"].strip() or (newest is not None and newest.text == data["note"].strip())
    return now.end_reason == data["end"][1] and noted


ACTS = {
    "start_review": Act(
        ReadForm, _start_review, "next", _("確認をはじめました。"), lambda _data: CaseStatus.IN_REVIEW
    ),
    "approve": Act(
        ReadForm, _approve, "next", _("発送を決めました。"), lambda _data: CaseStatus.APPROVED,
        beside=addenda.came_beside,
    ),
    "end": Act(
        EndForm, _end, "end", _("ケースを終えました。"), lambda data: data["end"][0], _ended_so,
        beside=addenda.came_beside,
    ),
    "undo_end": Act(
        WhyForm, _undo(undoing.undo_end), "undo", _("終えたのをとりけしました。ケースは、いまの状態から続けられます。"),
        done_before=_end_undone_so,
    ),
    "undo_approval": Act(
        WhyForm, _undo(undoing.undo_approval), "undo", _("「発送決定」をとりけしました。確認にもどっています。"),
        lambda _data: CaseStatus.IN_REVIEW, _said_why,
    ),
    "undo_sending": Act(
        WhyForm, _undo(undoing.undo_sending), "undo", _("「発送」をとりけしました。箱づめ済みにもどっています。"),
        lambda _data: CaseStatus.PACKED, _said_why,
    ),
    "undo_return": Act(
        WhyForm, _undo(undoing.undo_return), "undo", _("「戻ってきた」をとりけしました。発送済みにもどっています。"),
        lambda _data: CaseStatus.SENT, _said_why,
    ),
    "undo_delivery": Act(
        WhyForm, _undo(undoing.undo_delivery), "undo", _("「届いた」をとりけしました。発送済みにもどっています。"),
        lambda _data: CaseStatus.SENT, _said_why,
    ),
    "send_again": Act(
        SendAgainForm, _send_again, "came_back", _("もう一度送ることにしました。箱づめできます。"),
        done_before=_decided_so,
    ),
    "note": Act(NoteForm, _note, "note", _("メモを保存しました。")),
}  # fmt: skip


@dataclass(frozen=True)
class Undo:
    """What may be taken back: the move, what its form is called, the words of its button."""

    move: str
    title: Promise
    button: Promise


_UNDO_END = Undo("undo_end", _("まちがえて終えたとき"), _("終えたのをとりけして、前の状態にもどす"))
_UNDO_RETURN = Undo("undo_return", _("荷物が戻っていなかったとき"), _("「戻ってきた」をとりけす"))
UNDOING: dict[str, Undo] = {
    CaseStatus.APPROVED: Undo("undo_approval", _("発送をまだ決めないとき"), _("「発送決定」をとりけして確認にもどす")),
    CaseStatus.SENT: Undo("undo_sending", _("まだ発送していなかったとき"), _("「発送」をとりけして箱づめ済みにもどす")),
    CaseStatus.DELIVERED: Undo("undo_delivery", _("まだ届いていなかったとき"), _("「届いた」をとりけす")),
    CaseStatus.CLOSED: _UNDO_END,
    CaseStatus.DECLINED: _UNDO_END,
    CaseStatus.WITHDRAWN: _UNDO_END,
    CaseStatus.DUPLICATE: Undo("undo_end", _("重複ではなかったとき"), _("「重複」をとりけして確認にもどす")),
}


def _undoing(file: case_file.CaseFile, refused: Refusal | None) -> list[tuple[Undo, WhyForm, bool]]:
    """What may be taken back now, each with its form, and whether that was refused just now."""
    case = file.case
    fits = [UNDOING[case.status]] if case.status in UNDOING else []
    if case.status == CaseStatus.APPROVED and file.last_came_back:
        fits.insert(0, _UNDO_RETURN)
    pressed_move = refused.typed.get("move") if refused and refused.place == "undo" else None
    now = {"seen": case.version}
    return [
        (
            undo,
            WhyForm(
                typed_over(refused, "undo", now) if undo.move == pressed_move else None,
                initial=now, auto_id=f"id_{undo.move}_%s",
            ),
            undo.move == pressed_move,
        )
        for undo in fits
    ]  # fmt: skip


def _page(request: MemberRequest, found: Case, *, refused: Refusal | None = None) -> HttpResponse:
    file = case_file.of(found)
    read = {"read": file.newest_addendum}
    note = refused.form if refused and refused.place == "note" else NoteForm(initial=read)
    now = {"seen": found.version}
    end = EndForm(
        typed_over(refused, "end", now | read), initial=now | read, status=found.status, asks_back=file.asked_at_end
    )
    undoing_now = _undoing(file, refused)
    context = {
        "file": file,
        "case": found,
        "next": next_step(found.status),
        "same_person": same_person.of(found),
        "note_form": note,
        "end_form": end if not found.has_ended else None,
        "undoing": undoing_now,
        "send_again_form": SendAgainForm(typed_over(refused, "came_back", now), initial=now, auto_id="id_send_again_%s")
        if file.came_back
        else None,
        "undo_is_gone": refused and refused.place == "undo" and not any(tried for _undo, _form, tried in undoing_now),
        "refused": refused,
    }
    return render(request, "referrals/desk/case.html", context, status=status_of(refused))
