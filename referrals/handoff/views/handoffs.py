"""Handing a case to a centre, and what comes of it."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation import clock, history
from organisations.models import Member, Organisation
from organisations.roles import Permission
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from outreach.application.answers import FoodDays
from outreach.application.disclosable import Group, Row
from outreach.application.questions import QUESTIONS
from referrals import corrected, same_person
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.doors import case_of_desk, referral_of_desk
from referrals.handoff import packet, replies, routing, sending, stopping, timeline, visibility
from referrals.handoff.forms.handoffs import FollowUpForm, ReplyForm, SendForm, ToldForm, WrongCentreForm
from referrals.handoff.routing import Candidate
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.rules import DOUBLE_CLICK
from referrals.states import (
    CENTRE_DECLINE_REASONS,
    REASONS_ABOUT_THE_REFERRAL,
    REFERRAL_STOPPED,
    ReferralStatus,
)  # fmt: skip

_SENT = {
    Way.PORTAL: _("つなぎを送りました。"),
    Way.TELEPHONE: _("つなぎシートができました。窓口に電話して、紙を渡してください。まだ窓口には伝わっていません。"),
}


@keeps_words
def referral_new(request: MemberRequest, public_id: str) -> HttpResponse:
    """The centres of the person's place with the consent that stands, the packet to be sent, and the way."""
    case = case_of_desk(request, public_id)
    choices = routing.choices(case)
    if not choices:
        return render(request, "referrals/handoff/no_centre.html", {"case": case})
    typed = posted(request)
    choice = _chosen(choices, (typed or request.GET).get("centre", ""))
    if typed is None:
        return _sending_page(request, case, choices, choice)
    refused = perform(request, SEND, (case, choice.centre), centre=choice.centre)
    if refused is None:
        return back_to("desk:referral", case.referrals.live().get(centre=choice.centre).public_id)
    case = case_of_desk(request, public_id)
    choices = routing.choices(case)
    choice = _chosen(choices, choice.centre.public_id)
    return _sending_page(request, case, choices, choice, refused=refused)


@require_safe
def referral(request: MemberRequest, public_id: str) -> HttpResponse:
    return _referral_page(request, referral_of_desk(request, public_id))


@keeps_words
def reply(request: MemberRequest, public_id: str) -> HttpResponse:
    """Write down what a centre without the portal answered."""
    found = referral_of_desk(request, public_id)
    if posted(request) is None:
        return redirect("desk:referral", public_id)
    refused = perform(request, REPLY, found, result_is_told=visibility.result_may_be_told(found))
    if refused is None:
        return back_to("desk:referral", public_id)
    return _referral_page(request, referral_of_desk(request, public_id), refused=refused)


@keeps_words
def follow_up(request: MemberRequest, public_id: str) -> HttpResponse:
    """The desk has taken up a referral that came back."""
    return _done_with(request, FOLLOW_UP, public_id)


@keeps_words
def told(request: MemberRequest, public_id: str) -> HttpResponse:
    """A member has told the centre of a withdrawal, or that it was not meant."""
    return _done_with(request, TOLD, public_id)


@keeps_words
def wrong_centre(request: MemberRequest, public_id: str) -> HttpResponse:
    """It went to the wrong centre: stopped at once, whatever the centre has answered."""
    return _done_with(request, WRONG_CENTRE, public_id)


def _done_with(request: MemberRequest, act: Act, public_id: str) -> HttpResponse:
    found = referral_of_desk(request, public_id)
    if posted(request) is None:
        return redirect("desk:referral", public_id)
    refused = perform(request, act, found)
    if refused is None:
        return back_to("desk:referral", public_id)
    return _referral_page(request, referral_of_desk(request, public_id), refused=refused)


@require_safe
def sheet(request: MemberRequest, public_id: str) -> HttpResponse:
    """つなぎシート, 情報提供書 and 返信票 on paper; nothing once the consent is withdrawn."""
    found = referral_of_desk(request, public_id)
    stands = found.is_live and visibility.consent_stands(found)
    told = visibility.result_may_be_told(found)
    reasons = [r.label for r in CENTRE_DECLINE_REASONS if told or r in REASONS_ABOUT_THE_REFERRAL]
    context: dict[str, Any] = {"referral": found, "stands": stands, "result_is_told": told, "reasons": reasons}
    context |= _on_paper(found) if stands else _NOTHING_ON_PAPER
    return render(request, "referrals/handoff/sheet.html", context)


def _wish(found: Referral) -> str:
    """As answered with the application; a consent that came later, by telephone, stands in a line of its own."""
    with translation.override("ja"):
        return QUESTIONS["hand_off_wish"].to_staff(found.case.application.stated("hand_off_wish"))


_NOTHING_ON_PAPER: dict[str, Any] = {
    "erased": False, "reach": "", "wish": "", "hungry": False, "groups": [], "put_right": "",
}  # fmt: skip


def _on_paper(found: Referral) -> dict[str, Any]:
    """What a packet says on paper, in Japanese."""
    with translation.override("ja"):
        stale = corrected.since_frozen(found.packet)
        return {
            "erased": packet.is_erased(found.packet),
            "reach": "" if packet.REACH in stale else packet.how_to_reach(found.packet),
            "wish": _wish(found),
            "hungry": packet.says(found.packet, "food", FoodDays.NONE),
            "groups": [(group, _as_known(rows, stale)) for group, rows in packet.by_groups(found.packet)],
            "put_right": corrected.labels(stale),
        }


def _as_known(rows: list[Row], stale: list[str]) -> list[Row]:
    """The rows of a packet as they may still be printed: of what was put right since, only that it was."""
    words = str(_("送り主が直しました。電話でたしかめてください。"))
    return [replace(row, value=words) if row.key in stale else row for row in rows]


def _send(to: tuple[Case, Organisation], by: Member, data: dict[str, Any]) -> None:
    case, centre = to
    sending.send(case=case, centre=centre, by=by, **data)


def _sent_just_now(to: tuple[Case, Organisation], by: Member, data: dict[str, Any]) -> bool:
    """Whether the first of two clicks sent it this way; what the same member sent long ago is no second click."""
    case, centre = to
    lately = {"created_by": by, "created_at__gt": clock.now() - DOUBLE_CLICK}
    return case.referrals.live().filter(centre=centre, way=data["way"], **lately).exists()


def _reply(found: Referral, by: Member, data: dict[str, Any]) -> None:
    replies.record_reply(referral=found, by=by, **data)


def _replied_so(found: Referral, data: dict[str, Any]) -> bool:
    """Whether the reply that stands says the same: reason, outcome and words."""
    now = Referral.objects.get(pk=found.pk)
    said = (data.get("reason") or "", data.get("outcome") or "", (data.get("note") or "").strip())
    return (now.decline_reason, now.outcome, now.note) == said


def _follow_up(found: Referral, by: Member, data: dict[str, Any]) -> None:
    replies.follow_up(referral=found, by=by, **data)


def _told(found: Referral, by: Member, data: dict[str, Any]) -> None:
    replies.record_told(referral=found, by=by, **data)


def _wrong_centre(found: Referral, by: Member, data: dict[str, Any]) -> None:
    stopping.mark_wrong_centre(referral=found, why=data["why"], by=by, seen=data["seen"])


def _noted_so(found: Referral, data: dict[str, Any]) -> bool:
    """Whether the note that stands is the one that was typed."""
    newest = found.case.notes.select_related("data_key").order_by("pk").last()
    return newest is not None and newest.text == data["note"].strip()


SEND = Act(
    SendForm, _send, "form", lambda data: _SENT[Way(data["way"])], done_before=_sent_just_now,
    newer=lambda to, seen: history.changed_since(to[0], seen),
)  # fmt: skip
REPLY = Act(ReplyForm, _reply, "reply", _("返事を記録しました。"), lambda data: data["to"], _replied_so)
FOLLOW_UP = Act(
    FollowUpForm, _follow_up, "follow_up", _("対応を記録しました。"), lambda _data: replies.FOLLOWED_UP,
    _noted_so, newer=replies.followed_up_since,
)  # fmt: skip
TOLD = Act(
    ToldForm, _told, "told", _("窓口に伝えたことを記録しました。"), lambda _data: replies.TOLD,
    _noted_so, newer=replies.told_since,
)  # fmt: skip
WRONG_CENTRE = Act(
    WrongCentreForm, _wrong_centre, "wrong_centre", _("つなぎ先のまちがいを記録して、つなぎを止めました。"),
    lambda _data: ReferralStatus.ENTERED_IN_ERROR,
    lambda found, data: Referral.objects.get(pk=found.pk).note == data["why"].strip(),
)  # fmt: skip


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
        # What was chosen stays, over the case and the packet as they are now.
        form = SendForm(typed_over(refused, "form", now), initial=now, centre=choice.centre)
    context = {
        "case": case,
        "choices": choices,
        "choice": choice,
        "groups": [(group, [row for row in rows if row.group == group]) for group in Group],
        "live": live,
        "same_person": same_person.of(case),
        "form": form,
        "refused": refused,
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
        "told_form": None,
        "wrong_centre_form": None,
        "same_person": same_person.of(found.case),
        "refused": refused,
    }
    now = {"seen": found.version}
    if may and found.is_live and found.way == Way.TELEPHONE:
        data = typed_over(refused, "reply", now)
        form = ReplyForm(data, initial=now, status=found.status, result_is_told=told)
        context["reply_form"] = form if form.offers_any else None
    if may and found.is_to_be_told:
        context["told_form"] = ToldForm(typed_over(refused, "told", now), initial=now, auto_id="told_%s")
    if may and found.waits_for_desk:
        context["follow_up_form"] = FollowUpForm(typed_over(refused, "follow_up", now), initial=now)
    if may and found.status not in REFERRAL_STOPPED:
        context["wrong_centre_form"] = WrongCentreForm(typed_over(refused, "wrong_centre", now), initial=now)
    context["form_of_refusal"] = context.get(f"{refused.place}_form") if refused else None
    return render(request, "referrals/handoff/referral.html", context, status=status_of(refused))
