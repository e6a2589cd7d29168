"""The support centre's portal: what was handed to it, opened and answered; of a case only the packet."""

from collections.abc import Callable
from typing import Any

import structlog
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation import access
from foundation.errors import DomainError
from organisations.models import Member
from organisations.sign_in.kept_words import keeps_words, posted, pressed
from organisations.sign_in.signed_in import MemberRequest
from referrals.acts import Act, Refusal, SeenForm, perform, typed_over
from referrals.handoff import answering, packet, visibility
from referrals.handoff.visibility import PacketFor
from referrals.models import Referral
from referrals.portal.forms import AcceptForm, BesideForm, ContactForm, DeclineForm, OutcomeForm
from referrals.portal.queue import shown
from referrals.states import ReferralStatus
from referrals.words import REFERRAL

S = ReferralStatus
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


def _accept(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    """Take it on; not where words stand in the other answer, of which nobody knows which of the two is meant."""
    if data["note"].strip() and data["seen"] == referral.version:
        raise DomainError(
            _(
                "引き受けられない理由の「ひとこと」が書いてあるので、まだ何も記録していません。"
                "引き受けるときは、書いたものを消してから、もう一度「引き受ける」を押してください。"
            )
        )
    answering.accept(referral=referral, by=by, seen=data["seen"])


def _contact(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    answering.note_first_contact(referral=referral, by=by, seen=data["seen"])


def _by(verb: Callable[..., None]) -> Callable[[Referral, Member, dict[str, Any]], None]:
    """A verb of the centre, as a button calls it."""
    return lambda referral, member, data: verb(referral=referral, by=member, **data)


def _words_come_along(_referral: Referral, _data: dict[str, Any]) -> bool:
    """Nothing that was written beside the button is lost by it: it stands on the page that comes."""
    return True


def _answered_so(referral: Referral, data: dict[str, Any]) -> bool:
    """Whether the answer that stands says the same: reason, outcome and words."""
    now = Referral.objects.get(pk=referral.pk)
    said = (data.get("reason", ""), data.get("outcome", ""), data.get("note", "").strip())
    return (now.decline_reason, now.outcome, now.note) == said


ACCEPT = Act(
    AcceptForm, _accept, "answer", _("引き受けを記録しました。本人に連絡してください。"),
    lambda _data: S.ACCEPTED, lambda _referral, data: not data["note"].strip(),
)  # fmt: skip
DECLINE = Act(
    DeclineForm, _by(answering.decline), "answer",
    _("引き受けられないと記録し、フードバンクに戻しました。印刷した内容があれば、破棄してください。"),
    lambda _data: S.DECLINED, _answered_so,
)  # fmt: skip
CONTACT = Act(
    ContactForm, _contact, "answer", _("本人と連絡がとれたことを記録しました。"),
    lambda _data: S.CONTACTED, _words_come_along,
)  # fmt: skip
CLOSE = Act(
    OutcomeForm, _by(answering.close), "answer", _("結果を記録して、このつなぎを終えました。"),
    lambda _data: S.CLOSED, _answered_so,
)  # fmt: skip
# Which form stands on the page in which state.
FORMS: dict[str, type[SeenForm]] = {
    S.VIEWED: DeclineForm,
    S.ACCEPTED: OutcomeForm,
    S.CONTACTED: OutcomeForm,
    S.ON_HOLD: OutcomeForm,
}


def _reach(request: MemberRequest, public_id: str) -> Referral:
    """The one door to a referral: delivered to a centre where this member answers; else 404, logged."""
    found = (
        Referral.objects.for_centre(request.user)
        .filter(public_id=public_id)
        .select_related("centre", "case__desk", "data_key", "packet__data_key", "portal_entry")
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
    return _cover(request, fresh, problem=refused.problem, typed=refused.words)


def _cover(
    request: MemberRequest, referral: Referral, *, problem: DomainError | None = None, typed: str = ""
) -> HttpResponse:
    state = visibility.packet_for_centre(referral)
    context: dict[str, Any] = {
        "referral": referral,
        "words": REFERRAL["revoked" if state is PacketFor.WITHDRAWN else referral.status],
        "can_open": state is PacketFor.UNOPENED,
        "can_read": state is PacketFor.READABLE,
        "withdrawn": state is PacketFor.WITHDRAWN,
        "given_back": state is PacketFor.GIVEN_BACK,
        "not_meant": state is PacketFor.NOT_MEANT,
        # What the withdrawn page says anyway needs no second notice.
        "problem": None if state in (PacketFor.WITHDRAWN, PacketFor.NOT_MEANT) else problem,
        "words_stay": False,
        "typed": typed,
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
    stays = refused is not None and type(refused.form) is fits
    form = (
        fits(typed_over(refused, "answer", now) if stays else None, initial={**now, **(beside or {})}) if fits else None
    )
    context: dict[str, Any] = {
        "referral": referral,
        "words": REFERRAL[referral.status],
        "erased": packet.is_erased(referral.packet),
        "reach": packet.how_to_reach(referral.packet),
        "groups": packet.by_groups(referral.packet),
        "form": form,
        "problem": refused.problem if refused else None,
        "beside": beside,
        "words_stay": bool(beside) or bool(refused and stays and refused.keeps_words),
        "typed": refused.words if refused and not (stays or beside) else "",
        "result_is_told": visibility.result_may_be_told(referral),
    }
    status = 409 if refused and refused.problem and request.method == "POST" else 200
    return render(request, "referrals/portal/packet.html", context, status=status)
