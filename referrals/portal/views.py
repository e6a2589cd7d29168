"""The support centre's portal: what was handed to it, opened and answered; of a case only the packet."""

from typing import Any

import structlog
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from foundation import access
from foundation.errors import DomainError
from organisations.sign_in.kept_words import keeps_words, posted, pressed
from organisations.sign_in.signed_in import MemberRequest
from referrals.acts import Act, Refusal, perform, typed_over
from referrals.handoff import answering, packet, put_right, reply_corrections, visibility
from referrals.handoff.forms.either_side import HoldForm, TakeBackForm
from referrals.handoff.views.either_side import HOLD, HOLDABLE, RESUME, TAKE_BACK
from referrals.handoff.visibility import PacketFor
from referrals.models import Referral
from referrals.portal.answers import ACCEPT, CLOSE, CONTACT, DECLINE, FORMS
from referrals.portal.forms import BesideForm
from referrals.portal.queue import shown
from referrals.words import REFERRAL

# Closed for a mistake of the food bank's: the words of the state say which.
_CLOSED_IN_ERROR = (PacketFor.NOT_MEANT, PacketFor.STOPPED_IN_ERROR)
log = structlog.get_logger(__name__)


@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """The member's referrals, without anything about the person: number, desk, day, state."""
    return render(
        request,
        "referrals/portal/queue.html",
        shown(
            request.user,
            tab=request.GET.get("tab", ""),
            after=request.GET.get("after"),
            before=request.GET.get("before"),
        ),
    )


@require_safe
def cover(request: MemberRequest, public_id: str) -> HttpResponse:
    """The cover page: no personal data, so that opening it means nothing."""
    return _cover(request, _reach(request, public_id))


def open_packet(request: MemberRequest, public_id: str) -> HttpResponse:
    """Open and read. Only a POST opens: a mail scanner that follows links doesn't count as a reader."""
    referral = _reach(request, public_id)
    if request.method != "POST":
        return redirect("portal:cover", public_id)
    try:
        answering.open_and_read(referral=referral, by=request.user)
    except DomainError as error:
        fresh = _reach(request, public_id)
        if visibility.packet_for_centre(fresh) is not PacketFor.READABLE:
            return _cover(request, fresh, problem=error)
    return redirect("portal:packet", public_id)


@require_safe
def packet_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """The packet as it was frozen, how to reach the person safely, and what can be answered now."""
    referral = _reach(request, public_id)
    if visibility.packet_for_centre(referral) is not PacketFor.READABLE:
        return redirect("portal:cover", public_id)
    return _packet(request, referral)


@keeps_words
def answer(request: MemberRequest, public_id: str) -> HttpResponse:
    """Accept or decline."""
    return _act(request, public_id, ACCEPT if pressed(request, "answer") == "accept" else DECLINE)


@keeps_words
def contact(request: MemberRequest, public_id: str) -> HttpResponse:
    """Note that the centre spoke with the person for the first time."""
    return _act(request, public_id, CONTACT)


@keeps_words
def close(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say what came of it."""
    return _act(request, public_id, CLOSE)


@keeps_words
def hold(request: MemberRequest, public_id: str) -> HttpResponse:
    """Put it aside until a day."""
    return _act(request, public_id, HOLD)


@keeps_words
def resume(request: MemberRequest, public_id: str) -> HttpResponse:
    """Go on with what was on hold."""
    return _act(request, public_id, RESUME)


@keeps_words
def take_back(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take back the last answer, which was given in error."""
    return _act(request, public_id, TAKE_BACK)


def _reach(request: MemberRequest, public_id: str) -> Referral:
    """The one door to a referral: delivered to a centre where this member answers; else 404, logged."""
    found = (
        Referral.objects.for_centre(request.user)
        .filter(public_id=public_id)
        .select_related(
            "centre",
            "case__desk",
            "data_key",
            "packet__data_key",
            "packet__consent",
            "case__person__data_key",
            "portal_entry",
        )
        .first()
    )
    if found is None:
        view = request.resolver_match.view_name if request.resolver_match else ""
        log.warning("portal.refused", member=request.user.public_id, view=view, method=request.method)
        raise Http404
    access.acting_for(found.centre_id)
    return found


def _act(request: MemberRequest, public_id: str, act: Act) -> HttpResponse:
    """Do it, or say why not with what was typed still there; the second of two clicks does no harm."""
    referral = _reach(request, public_id)
    if posted(request) is None:
        return redirect("portal:packet", public_id)
    refused = perform(request, act, referral)
    fresh = _reach(request, public_id)
    if refused is None:
        # What was written for the other answer stays on the page, which an address couldn't take along.
        form = act.form(posted(request))
        beside = form.carried() if isinstance(form, BesideForm) and FORMS.get(fresh.status) is form.fits else {}
        return _packet(request, fresh, beside=beside) if beside else redirect("portal:packet", public_id)
    if visibility.packet_for_centre(fresh) is PacketFor.READABLE:
        return _packet(request, fresh, refused=refused)
    return _cover(request, fresh, problem=refused.problem, refused=refused)


def _take_back_form(request: MemberRequest, referral: Referral, refused: Refusal | None) -> TakeBackForm | None:
    """Of a referral whose consent stands: nobody else's page asks for it."""
    if not reply_corrections.may_be_taken_back(referral, request.user, stands=True):
        return None
    now = {"seen": referral.version}
    return TakeBackForm(typed_over(refused, "take_back", now), initial=now, auto_id="take_back_%s")


def _cover(
    request: MemberRequest,
    referral: Referral,
    *,
    problem: DomainError | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    state = visibility.packet_for_centre(referral)
    given_back = state is PacketFor.GIVEN_BACK
    take_back_form = _take_back_form(request, referral, refused) if given_back else None
    stays = bool(take_back_form and take_back_form.is_bound)
    context: dict[str, Any] = {
        "referral": referral,
        "words": referral.words_when_closed,
        "can_open": state is PacketFor.UNOPENED,
        "can_read": state is PacketFor.READABLE,
        "withdrawn": state is PacketFor.WITHDRAWN,
        "narrowed": state is PacketFor.NARROWED,
        "given_back": given_back,
        "not_meant": state in _CLOSED_IN_ERROR,
        # What the withdrawn page says anyway needs no second notice.
        "problem": None if state in (PacketFor.WITHDRAWN, PacketFor.NARROWED, *_CLOSED_IN_ERROR) else problem,
        "take_back_form": take_back_form,
        "words_stay": bool(stays and refused and refused.keeps_words),
        "typed": refused.words if refused and not stays else "",
    }
    status = 409 if problem and request.method == "POST" else 200
    return render(request, "referrals/portal/cover.html", context, status=status)


def _packet(
    request: MemberRequest,
    referral: Referral,
    *,
    refused: Refusal | None = None,
    beside: dict[str, str] | None = None,
) -> HttpResponse:
    """``beside``: what had been written for the answer that can be given now, when another was given."""
    fits = FORMS.get(referral.status)
    now = {"seen": referral.version}
    if refused and isinstance(refused.form, BesideForm) and refused.form.fits is fits:
        beside = refused.form.carried()
    answered = refused is not None and type(refused.form) is fits
    form = (
        fits(typed_over(refused, "answer", now) if answered else None, initial={**now, **(beside or {})})
        if fits
        else None
    )
    hold_form = None
    if referral.status in HOLDABLE:
        hold_form = HoldForm(typed_over(refused, "hold", now), initial=now, auto_id="hold_%s")
    take_back_form = _take_back_form(request, referral, refused)
    corrections = put_right.of(referral)
    stays = any(one is not None and one.is_bound for one in (form, hold_form, take_back_form))
    context: dict[str, Any] = {
        "referral": referral,
        "words": REFERRAL[referral.status],
        "erased": packet.is_erased(referral.packet),
        "reach": packet.how_to_reach(referral.packet),
        "groups": packet.by_groups(referral.packet),
        "put_right": corrections,
        "put_right_keys": [one.key for one in corrections],
        "reach_put_right": any(one.key == packet.REACH for one in corrections),
        "form": form,
        "hold_form": hold_form,
        "take_back_form": take_back_form,
        "problem": refused.problem if refused else None,
        "beside": beside,
        "words_stay": bool(beside) or bool(refused and stays and refused.keeps_words),
        "typed": refused.words if refused and not (stays or beside) else "",
        "result_is_told": visibility.result_may_be_told(referral),
    }
    status = 409 if refused and refused.problem and request.method == "POST" else 200
    return render(request, "referrals/portal/packet.html", context, status=status)
