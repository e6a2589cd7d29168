"""Correcting what was written down of a box, from the page of its case."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisations.models import Member
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.desk import parcel_corrections
from referrals.desk.forms.parcels import ParcelCorrectionForm
from referrals.doors import parcel_of_desk
from referrals.models import Parcel
from referrals.words.parcel import PARCEL_PUT_RIGHT


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, public_id: str, parcel_id: str) -> HttpResponse:
    """Number, weight and contents as they stand, to be typed over; who was second is told and reads what stands."""
    parcel = parcel_of_desk(request, public_id, parcel_id)
    if not parcel.may_be_corrected:
        return redirect("desk:case", public_id)
    refused: Refusal | None = None
    if posted(request) is not None:
        refused = perform(request, CORRECT, parcel)
        if refused is None:
            return back_to("desk:case", public_id)
        parcel = parcel_of_desk(request, public_id, parcel_id)
    now = {"seen": parcel.version}
    stands = {
        "tracking_number": parcel.tracking_number,
        "weight": f"{parcel.weight_grams / 1000:g}" if parcel.weight_grams else "",
        "contents": parcel.contents,
    }
    form = ParcelCorrectionForm(typed_over(refused, "form", now), initial={**now, **stands})
    shown = [(form.fields[name].label, value) for name, value in stands.items()]
    context = {"case": parcel.case, "form": form, "stands": shown, "refused": refused}
    return render(request, "referrals/desk/parcel_correct.html", context, status=status_of(refused))


def _now(data: dict[str, Any]) -> dict[str, Any]:
    contents, number = data["contents"].strip(), data["tracking_number"]
    return {"tracking_number": number, "weight_grams": data["weight"], "contents": contents}


def _correct(parcel: Parcel, by: Member, data: dict[str, Any]) -> None:
    parcel_corrections.correct(parcel=parcel, now=_now(data), why=data["why"], by=by, seen=data["seen"])


def _just_corrected(parcel: Parcel, by: Member, data: dict[str, Any]) -> bool:
    """Whether the last correction is this one: a second click."""
    last = parcel_corrections.last_of(parcel)
    if last is None or last.by_id != by.pk:
        return False
    told, now = parcel_corrections.read(last.note), _now(data)
    return bool(told) and told["why"] == data["why"].strip() and all(now[n] == v for n, v in told["now"].items())


CORRECT = Act(
    ParcelCorrectionForm, _correct, "form", PARCEL_PUT_RIGHT, done_before=_just_corrected,
    newer=parcel_corrections.newer_than,
)  # fmt: skip
