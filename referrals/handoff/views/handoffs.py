"""A referral on the desk's page: what came of it, and what staff write down of it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.errors import Conflict
from organisations.models import Member
from organisations.roles import Permission
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from referrals import same_person, states
from referrals.acts import Act, Refusal, SeenForm, back_to, perform, status_of, typed_over
from referrals.doors import referral_of_desk
from referrals.handoff import replies, reply_corrections, retelling, since, stopping, taken_back, timeline, visibility
from referrals.handoff.forms.either_side import HoldForm, TakeBackForm
from referrals.handoff.forms.handoffs import FollowUpForm, ReplyForm, TellPersonForm, ToldForm, WrongCentreForm
from referrals.handoff.views.either_side import HOLD, HOLDABLE, RESUME, TAKE_BACK
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.states import REFERRAL_STOPPED, ReferralStatus


@require_safe
def referral(request: MemberRequest, public_id: str) -> HttpResponse:
    return _referral_page(request, referral_of_desk(request, public_id))


@keeps_words
def reply(request: MemberRequest, public_id: str) -> HttpResponse:
    """Write down what a centre without the portal answered, or any centre too late."""
    found = referral_of_desk(request, public_id)
    told, on_paper = visibility.result_may_be_told(found), found.way == Way.TELEPHONE
    return _done_with(request, REPLY, public_id, result_is_told=told, on_paper=on_paper)


@keeps_words
def hold(request: MemberRequest, public_id: str) -> HttpResponse:
    """A centre on paper has put it aside until a day."""
    told = visibility.result_may_be_told(referral_of_desk(request, public_id))
    return _done_with(request, HOLD, public_id, why_is_told=told)


@keeps_words
def resume(request: MemberRequest, public_id: str) -> HttpResponse:
    """A centre on paper goes on with what was on hold."""
    return _done_with(request, RESUME, public_id)


@keeps_words
def take_back(request: MemberRequest, public_id: str) -> HttpResponse:
    """What was written down as the centre's last answer was none."""
    return _done_with(request, TAKE_BACK, public_id)


@keeps_words
def follow_up(request: MemberRequest, public_id: str) -> HttpResponse:
    """The desk has taken up a referral that came back."""
    return _done_with(request, FOLLOW_UP, public_id)


@keeps_words
def tell_person(request: MemberRequest, public_id: str) -> HttpResponse:
    """A member has told the person that a referral goes on which they had been told was back."""
    return _done_with(request, TELL_PERSON, public_id)


@keeps_words
def told(request: MemberRequest, public_id: str) -> HttpResponse:
    """A member has told the centre of a withdrawal, or that it was not meant."""
    found = referral_of_desk(request, public_id)
    return _done_with(request, TOLD, public_id, may_not_have_left=found.may_not_have_left)


@keeps_words
def wrong_centre(request: MemberRequest, public_id: str) -> HttpResponse:
    """It went to the wrong centre: stopped at once, whatever the centre has answered."""
    return _done_with(request, WRONG_CENTRE, public_id)


def _done_with(request: MemberRequest, act: Act, public_id: str, **asked: Any) -> HttpResponse:
    found = referral_of_desk(request, public_id)
    if posted(request) is None:
        return redirect("desk:referral", public_id)
    refused = perform(request, act, found, **asked)
    if refused is None:
        return back_to("desk:referral", public_id)
    now = referral_of_desk(request, public_id)
    if isinstance(refused.problem, Conflict):
        refused = replace(refused, problem=visibility.first_as_told(now, refused.problem))
    return _referral_page(request, now, refused=refused)


def _reply(found: Referral, by: Member, data: dict[str, Any]) -> None:
    replies.record_reply(referral=found, by=by, **data)


def _replied_so(found: Referral, data: dict[str, Any]) -> bool:
    """Whether the reply that stands says the same: day, reason, outcome and words."""
    now = Referral.objects.get(pk=found.pk)
    said = (data.get("reason") or "", data.get("outcome") or "", (data.get("note") or "").strip())
    day = replies.day_of_reply(now)  # that it was handed over nobody answered, so that no day of it is kept
    same_day = day is None or day == (data.get("replied_on") or clock.today())
    return same_day and (now.decline_reason, now.outcome, now.note) == said


def _follow_up(found: Referral, by: Member, data: dict[str, Any]) -> None:
    replies.follow_up(referral=found, by=by, **data)


def _tell_person(found: Referral, by: Member, data: dict[str, Any]) -> None:
    retelling.record_person_told(referral=found, by=by, **data)


def _told(found: Referral, by: Member, data: dict[str, Any]) -> None:
    replies.record_told(referral=found, by=by, **data)


def _what_was_told(data: dict[str, Any]) -> str:
    return states.TOLD if data.get("had_left", True) else states.NEVER_LEFT


_SAID = {states.TOLD: _("窓口に伝えたことを記録しました。"), states.NEVER_LEFT: _("紙を破棄したことを記録しました。")}


def _wrong_centre(found: Referral, by: Member, data: dict[str, Any]) -> None:
    stopping.mark_wrong_centre(referral=found, why=data["why"], by=by, seen=data["seen"])


def _noted_so(found: Referral, data: dict[str, Any]) -> bool:
    """Whether the note that stands is the one that was typed."""
    newest = found.case.notes.select_related("data_key").order_by("pk").last()
    return newest is not None and newest.text == data["note"].strip()


REPLY = Act(
    ReplyForm, _reply, "reply", _("返事を記録しました。"), lambda data: data["to"], _replied_so,
    newer=since.changed_since,
)  # fmt: skip
FOLLOW_UP = Act(
    FollowUpForm, _follow_up, "follow_up", _("対応を記録しました。"), lambda _data: states.FOLLOWED_UP,
    _noted_so, newer=since.followed_up_since,
)  # fmt: skip
TELL_PERSON = Act(
    TellPersonForm, _tell_person, "tell_person", _("本人に伝えたことを記録しました。"),
    lambda _data: states.PERSON_TOLD, _noted_so, newer=since.person_told_since,
)  # fmt: skip
TOLD = Act(
    ToldForm, _told, "told", lambda data: _SAID[_what_was_told(data)], _what_was_told, _noted_so,
    newer=since.told_since,
)  # fmt: skip
WRONG_CENTRE = Act(
    WrongCentreForm, _wrong_centre, "wrong_centre", _("つなぎ先のまちがいを記録して、つなぎを止めました。"),
    lambda _data: ReferralStatus.ENTERED_IN_ERROR,
    lambda found, data: Referral.objects.get(pk=found.pk).note == data["why"].strip(), newer=since.changed_since,
)  # fmt: skip


def _referral_page(request: MemberRequest, found: Referral, *, refused: Refusal | None = None) -> HttpResponse:
    told, stands = visibility.result_may_be_told(found), visibility.consent_stands(found)
    context: dict[str, Any] = {
        "referral": found,
        "case": found.case,
        "answer": visibility.answer_for_desk(found, result_is_told=told),
        "result_is_told": told,
        "waits_again": taken_back.may_be_handed_on(found),  # once it is stopped as sent to the wrong centre
        "waits_for_desk": visibility.waits_for_desk(found, result_is_told=told),
        "stands": found.is_live and stands,
        "history": timeline.of_referral(found, result_is_told=told),
        "same_person": same_person.of(found.case),
        "refused": refused,
    }
    if context["waits_for_desk"]:
        gone = visibility.why_consent_is_gone(found)
        context["gone"] = gone.value if gone else ""
        context["may_be_handed_on"] = taken_back.consents_to_hand_on(found.case).exists()
    context |= _forms(request.user, found, refused, result_is_told=told, stands=stands)
    context["form_of_refusal"] = context.get(f"{refused.place}_form") if refused else None
    return render(request, "referrals/handoff/referral.html", context, status=status_of(refused))


def _forms(
    by: Member, found: Referral, refused: Refusal | None, *, result_is_told: bool, stands: bool
) -> dict[str, forms.Form | None]:
    """What ``by`` may write down now, with what was typed still there: each form stands at the place of its act."""
    now = {"seen": found.version}

    def form(place: str, fits: type[forms.Form], *, when: bool, **asked: Any) -> forms.Form | None:
        data = typed_over(refused, place, now)
        return fits(data, initial=now, auto_id=f"{place}_%s", **asked) if when else None

    may = by.can(Permission.HAND_OFF, found.case.desk)
    on_paper = found.way == Way.TELEPHONE
    writes_down = may and on_paper
    late = may and found.status == ReferralStatus.EXPIRED and stands and taken_back.may_be_handed_on(found)
    goes_on = writes_down and stands
    asked = {"may_not_have_left": found.may_not_have_left}
    waits = visibility.waits_for_desk(found, result_is_told=result_is_told)
    replied = {"status": found.status, "result_is_told": result_is_told, "on_paper": on_paper}
    reply_form = form("reply", ReplyForm, when=(writes_down and found.is_live) or late, **replied)
    return {
        "reply_form": reply_form if isinstance(reply_form, ReplyForm) and reply_form.offers_any else None,
        "hold_form": form("hold", HoldForm, when=goes_on and found.status in HOLDABLE, why_is_told=result_is_told),
        "resume_form": form("resume", SeenForm, when=goes_on and found.status == ReferralStatus.ON_HOLD),
        "take_back_form": form(
            "take_back", TakeBackForm, when=reply_corrections.may_be_taken_back(found, by, stands=stands)
        ),
        "tell_person_form": form("tell_person", TellPersonForm, when=may and _goes_on(found)),
        "told_form": form("told", ToldForm, when=may and found.is_to_be_told, **asked),
        "follow_up_form": form("follow_up", FollowUpForm, when=may and waits),
        "wrong_centre_form": form("wrong_centre", WrongCentreForm, when=may and found.status not in REFERRAL_STOPPED),
    }


def _goes_on(found: Referral) -> bool:
    """Whether the person was told something of it that is no longer so."""
    return Referral.objects.goes_on_after_all().filter(pk=found.pk).exists()
