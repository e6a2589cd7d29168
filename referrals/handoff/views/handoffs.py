"""Handing a case to a centre, and what comes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.errors import Conflict, DomainError
from organisations.models import Member
from organisations.roles import Permission
from organisations.signed_in import MemberRequest
from outreach.application.answers import FoodDays
from outreach.application.disclosable import Group
from referrals.acts import Refusal, back_to, is_second_click, status_of
from referrals.doors import case_of_desk, referral_of_desk
from referrals.handoff import packet, replies, routing, sending, timeline, visibility
from referrals.handoff.forms.handoffs import FollowUpForm, ReplyForm, SendForm, ToldForm
from referrals.handoff.routing import Candidate
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.rules import DOUBLE_CLICK
from referrals.states import CENTRE_DECLINE_REASONS, REASONS_ABOUT_THE_REFERRAL

_SENT = {
    Way.PORTAL: _("つなぎを送りました。"),
    Way.TELEPHONE: _("つなぎシートができました。窓口に電話して、紙を渡してください。まだ窓口には伝わっていません。"),
}


def referral_new(request: MemberRequest, public_id: str) -> HttpResponse:
    """The centres of the person's place with the consent that stands, the packet to be sent, and the way."""
    case = case_of_desk(request, public_id)
    choices = routing.choices(case)
    if not choices:
        return render(request, "referrals/handoff/no_centre.html", {"case": case})
    choice = _chosen(choices, request.POST.get("centre") or request.GET.get("centre", ""))
    if request.method != "POST":
        return _sending_page(request, case, choices, choice)
    form = SendForm(request.POST, centre=choice.centre)
    problem: DomainError | None = None
    if form.is_valid():
        referral: Referral | None
        try:
            referral = sending.send(case=case, centre=choice.centre, by=request.user, **form.cleaned_data)
        except DomainError as error:
            problem = error
            referral = _sent_just_now(case, choice, request.user)
        if referral:  # now, or by the first of two clicks
            messages.success(request, _SENT[Way(referral.way)])
            return back_to("desk:referral", referral.public_id)
    case = case_of_desk(request, public_id)
    choices = routing.choices(case)
    choice = _chosen(choices, choice.centre.public_id)
    return _sending_page(request, case, choices, choice, refused=Refusal("form", problem, form))


@require_safe
def referral(request: MemberRequest, public_id: str) -> HttpResponse:
    return _referral_page(request, referral_of_desk(request, public_id))


def reply(request: MemberRequest, public_id: str) -> HttpResponse:
    """Write down what a centre without the portal answered."""
    found = referral_of_desk(request, public_id)
    if request.method != "POST":
        return redirect("desk:referral", public_id)
    form = ReplyForm(request.POST, result_is_told=visibility.result_may_be_told(found))
    problem: DomainError | None = None
    if form.is_valid():
        try:
            replies.record_reply(referral=found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            problem = error
        if problem is None or is_second_click(problem, form.cleaned_data["to"], request.user):
            messages.success(request, _("返事を記録しました。"))
            return back_to("desk:referral", public_id)
    return _referral_page(request, referral_of_desk(request, public_id), refused=Refusal("reply", problem, form))


def follow_up(request: MemberRequest, public_id: str) -> HttpResponse:
    """The desk has taken up a referral that came back, or told the centre of a withdrawal."""
    found = referral_of_desk(request, public_id)
    if request.method != "POST":
        return redirect("desk:referral", public_id)
    form = _follow_up_form(found)(request.POST)
    problem: DomainError | None = None
    if form.is_valid():
        try:
            replies.follow_up(referral=found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            problem = error
        if problem is None or is_second_click(problem, replies.FOLLOWED_UP, request.user):
            messages.success(request, _("対応を記録しました。"))
            return back_to("desk:referral", public_id)
    return _referral_page(request, referral_of_desk(request, public_id), refused=Refusal("follow_up", problem, form))


@require_safe
def sheet(request: MemberRequest, public_id: str) -> HttpResponse:
    """つなぎシート, 情報提供書 and 返信票 on paper; nothing once the consent is withdrawn."""
    found = referral_of_desk(request, public_id)
    stands = found.is_live and visibility.consent_stands(found)
    told = visibility.result_may_be_told(found)
    reasons = [r.label for r in CENTRE_DECLINE_REASONS if told or r in REASONS_ABOUT_THE_REFERRAL]
    context = {
        "referral": found,
        "stands": stands,
        "reach": packet.how_to_reach(found.packet) if stands else "",
        "hungry": stands and packet.says(found.packet, "food", FoodDays.NONE),
        "groups": packet.by_groups(found.packet) if stands else [],
        "result_is_told": told,
        "reasons": reasons,
    }
    return render(request, "referrals/handoff/sheet.html", context)


def _sent_just_now(case: Case, choice: Candidate, by: Member) -> Referral | None:
    """What the first of two clicks sent; one that the same member sent long ago is no second click."""
    lately = {"created_by": by, "created_at__gt": clock.now() - DOUBLE_CLICK}
    return case.referrals.live().filter(centre=choice.centre, **lately).first()


def _follow_up_form(found: Referral) -> type[FollowUpForm | ToldForm]:
    return ToldForm if found.must_be_told else FollowUpForm


def _chosen(choices: list[Candidate], public_id: str) -> Candidate:
    """The centre asked for, else the nearest with a consent, else the nearest."""
    asked = next((choice for choice in choices if choice.centre.public_id == public_id), None)
    return asked or next((choice for choice in choices if choice.consent), choices[0])


def _sending_page(
    request: MemberRequest, case: Case, choices: list[Candidate], choice: Candidate, *, refused: Refusal | None = None
) -> HttpResponse:
    rows = packet.preview(case, choice.consent) if choice.consent else []
    live = case.referrals.live().filter(centre=choice.centre).first()
    form = None
    if choice.consent and not live:
        now = {"seen": case.version, "previewed": packet.fingerprint(rows)}
        form = SendForm(initial=now, centre=choice.centre)
        if refused:  # what was chosen stays, over the case and the packet as they are now
            form = SendForm({**request.POST.dict(), **now}, centre=choice.centre)
    context = {
        "case": case,
        "choices": choices,
        "choice": choice,
        "groups": [(group, [row for row in rows if row.group == group]) for group in Group],
        "live": live,
        "form": form,
        "refused": refused,
        "changed_meanwhile": status_of(refused) == 409,
    }
    return render(request, "referrals/handoff/referral_new.html", context, status=status_of(refused))


def _referral_page(request: MemberRequest, found: Referral, *, refused: Refusal | None = None) -> HttpResponse:
    told = visibility.result_may_be_told(found)
    may = request.user.can(Permission.HAND_OFF, found.case.desk)
    context: dict[str, Any] = {
        "referral": found,
        "case": found.case,
        "answer": visibility.answer_for_desk(found, result_is_told=told),
        "result_is_told": told,
        "stands": found.is_live and visibility.consent_stands(found),
        "history": timeline.of_referral(found, result_is_told=told),
        "reply_form": None,
        "follow_up_form": None,
        "refused": refused,
        "changed_meanwhile": bool(refused and isinstance(refused.problem, Conflict)),
        "typed": request.POST.get("note", "") if refused else "",
    }
    now = {"seen": found.version}
    if may and found.is_live and found.way == Way.TELEPHONE:
        data = {**request.POST.dict(), **now} if refused and refused.place == "reply" else None
        context["reply_form"] = ReplyForm(data, initial=now, status=found.status, result_is_told=told)
    if may and (found.waits_for_desk or found.is_to_be_told):
        data = {**request.POST.dict(), **now} if refused and refused.place == "follow_up" else None
        context["follow_up_form"] = _follow_up_form(found)(data, initial=now)
    context["form_of_refusal"] = context.get(f"{refused.place}_form") if refused else None
    return render(request, "referrals/handoff/referral.html", context, status=status_of(refused))
