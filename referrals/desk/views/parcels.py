"""Packing and sending one parcel: what a packer needs (whom, where, wishes, contents, urgency), and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from foundation.errors import Conflict, DomainError
from organisations.models import Member
from organisations.roles import Permission
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from referrals.acts import Act, Refusal, SeenForm, back_to, perform, status_of, typed_over
from referrals.desk import addenda, circumstances, corrections, destination, parcel_contents, parcels
from referrals.desk.forms.parcels import PackForm, ReturnForm, SendForm
from referrals.doors import case_packed_meanwhile, case_still_to_pack, case_to_pack
from referrals.models import Case, Parcel, ParcelTransition
from referrals.states import CASE_AFTER_PARCEL, CaseStatus, ParcelStatus


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def parcel(request: MemberRequest, public_id: str) -> HttpResponse:
    """One parcel: what has to be known to pack and send it, and the next step."""
    typed = posted(request)
    if typed is None:
        return _page(request, case_to_pack(request, public_id))
    case = case_packed_meanwhile(request, public_id)
    act = ACTS.get(typed.get("move", ""))
    if act is None:
        return redirect("desk:parcel", public_id)
    refused = perform(request, act, case)
    if refused is None:
        # A parcel that has arrived is gone from here: back to those that are still awaited.
        arrived = f"{reverse('desk:packing')}?tab={CaseStatus.SENT}#main"
        return redirect(arrived) if act is ACTS["deliver"] else back_to("desk:parcel", public_id)
    still = case_still_to_pack(request, public_id)
    return _page(request, still, refused=refused) if still else _gone(request, refused)


def _pack(case: Case, by: Member, data: dict[str, Any]) -> None:
    parcels.pack(
        case=case, contents=data["contents"], weight_grams=data["weight"], by=by, seen=data["seen"], **_shown(data)
    )


def _send(case: Case, by: Member, data: dict[str, Any]) -> None:
    parcels.send(parcel=_last(case), tracking_number=data["tracking_number"], by=by, seen=data["seen"], **_shown(data))


def _shown(data: dict[str, Any]) -> dict[str, int]:
    """What the page showed beside the case's version."""
    return {name: data[name] for name in ("corrected", "read")}


def _came_beside(case: Case, data: dict[str, Any]) -> Conflict | None:
    """What came meanwhile that box and label were made without."""
    added = addenda.newer_than(case, data.get("read") or 0, told=addenda.ASK_FIRST)
    return destination.came_beside(case, data) or added


def _deliver(case: Case, by: Member, data: dict[str, Any]) -> None:
    parcels.deliver(parcel=_last(case), by=by, seen=data["seen"])


def _take_back(case: Case, by: Member, data: dict[str, Any]) -> None:
    parcels.take_back(parcel=_last(case), reason=data["reason"], words=data["words"], by=by, seen=data["seen"])


def _unpack(case: Case, by: Member, data: dict[str, Any]) -> None:
    parcels.unpack(parcel=_last(case), by=by, seen=data["seen"])


def _last(case: Case) -> Parcel:
    """The parcel under way, tied to this very case; the version that was seen tells whether it still is."""
    last = case.parcels.order_by("pk").last()
    if last is None:
        raise DomainError(_("箱がまだありません。先に箱づめを記録してください。"))
    last.case = case
    return last


def _packed_so(case: Case, data: dict[str, Any]) -> bool:
    """Whether the box that stands is the one somebody wrote down: two packers may share an account."""
    last = case.parcels.order_by("pk").last()
    return last is not None and (last.contents, last.weight_grams) == (data["contents"].strip(), data["weight"])


def _sent_so(case: Case, data: dict[str, Any]) -> bool:
    last = case.parcels.order_by("pk").last()
    return last is not None and last.tracking_number == data["tracking_number"]


def _came_back_so(case: Case, data: dict[str, Any]) -> bool:
    rows = ParcelTransition.objects.filter(subject__case=case, to_status=ParcelStatus.RETURNED)
    last = rows.select_related("data_key").order_by("-pk").first()
    return last is not None and (last.reason, last.note or "") == (data["reason"], data["words"].strip())


def _to(status: str) -> Callable[[dict[str, Any]], str]:
    return lambda _data: status


ACTS = {
    "pack": Act(
        PackForm, _pack, "next", _("箱づめを記録しました。"), _to(CaseStatus.PACKED), _packed_so, beside=_came_beside
    ),
    "send": Act(
        SendForm, _send, "next", _("発送を記録しました。"), _to(CaseStatus.SENT), _sent_so, beside=_came_beside
    ),
    "unpack": Act(
        SeenForm, _unpack, "next", _("箱をほどきました。もう一度、箱づめできます。"), _to(CaseStatus.APPROVED)
    ),
    "deliver": Act(SeenForm, _deliver, "next", _("お届けを記録しました。"), _to(CaseStatus.DELIVERED)),
    "take_back": Act(
        ReturnForm,
        _take_back,
        "return",
        _("荷物が戻ったことを記録しました。ケースの担当が、どうするかを決めます。"),
        _to(CaseStatus.APPROVED),
        _came_back_so,
    ),
}


def _page(request: MemberRequest, case: Case, *, refused: Refusal | None = None) -> HttpResponse:
    added = addenda.of(case)
    last = case.parcels.order_by("pk").last()
    form = _form(case, last, refused, {"corrected": corrections.length(case), "read": addenda.newest(added)})
    if refused and refused.place == "next" and not form.is_bound and type(refused.form) is not type(form):
        refused = replace(refused, form_is_gone=True)
    if refused and refused.place == "return" and case.status != CaseStatus.SENT:
        refused = replace(refused, place="next", form_is_gone=True)
    seen = {"seen": case.version}
    context = {
        "case": case,
        "address": f"{case.destination.full_name}{case.person.address}",
        "wishes": circumstances.delivery_wishes(case.application),
        "needs": circumstances.contents_needs(case.application),
        "cannot_eat": parcel_contents.cannot_eat(case.application) if case.status == CaseStatus.APPROVED else "",
        "parcel": last if case.status != CaseStatus.APPROVED else None,
        "came_back": case.status == CaseStatus.APPROVED and last and last.status == ParcelStatus.RETURNED,
        "waits_for_desk": parcels.WAITS_FOR_DESK if last and last.waits_for_desk else "",
        "pickup_unknown": parcels.PICKUP_UNKNOWN,
        "return_form": ReturnForm(typed_over(refused, "return", seen), initial=seen, auto_id="id_return_%s"),
        "put_right": destination.changed_on_the_way(case),
        "addenda": added,
        # What somebody added may tell of a life, and packers see nothing of one.
        "works_on_it": request.user.can(Permission.WORK_CASES, case.desk),
        "form": form,
        "refused": refused,
    }
    return render(request, "referrals/desk/parcel.html", context, status=status_of(refused))


def _gone(request: MemberRequest, refused: Refusal) -> HttpResponse:
    """Nothing of the case is shown any more: who was first only where a parcel moved, not why a case ended."""
    told = isinstance(refused.problem, Conflict) and refused.problem.to in CASE_AFTER_PARCEL.values()
    context = {"problem": refused.problem if told else None, "words": refused.words}
    return render(request, "referrals/desk/parcel_gone.html", context, status=status_of(refused))


def _form(case: Case, last: Parcel | None, refused: Refusal | None, shown: dict[str, int]) -> SeenForm:
    """The form that fits the case's status now; what was typed into the same form stays."""
    fits: type[SeenForm] = SeenForm
    start: dict[str, Any] = {}
    if case.status == CaseStatus.APPROVED:
        fits, start = PackForm, {"contents": parcel_contents.suggested(case.application)}
    elif case.status == CaseStatus.PACKED:
        fits, start = SendForm, {"tracking_number": last.tracking_number if last else ""}  # of a sending taken back
    now = {"seen": case.version, **shown}
    typed = typed_over(refused, "next", now)
    stays = typed is not None and any(
        typed.get(name) for name, field in fits.base_fields.items() if not field.widget.is_hidden
    )
    asked_for = refused is not None and refused.problem is None and type(refused.form) is fits
    return fits(typed if stays or asked_for else None, initial={**now, **start})
