"""Handing a case to a centre: the page that sends it, and the papers."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation import clock, history
from organisations.models import Member, Organisation
from organisations.sign_in.kept_words import keeps_words, posted
from organisations.sign_in.signed_in import MemberRequest
from outreach.application.answers import FoodDays
from outreach.application.disclosable import Group, Row
from referrals import corrected, same_person
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.doors import case_of_desk, referral_of_desk
from referrals.handoff import packet, routing, sending, visibility
from referrals.handoff.forms.handoffs import SendForm
from referrals.handoff.routing import Candidate
from referrals.models import Case, Referral
from referrals.models.referral import Way
from referrals.outcomes import CENTRE_DECLINE_REASONS, REASONS_ABOUT_THE_REFERRAL
from referrals.rules import DOUBLE_CLICK

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
        # It may have been stopped since it was sent; the newest is the one that was.
        return back_to("desk:referral", case.referrals.filter(centre=choice.centre).latest("pk").public_id)
    case = case_of_desk(request, public_id)
    choices = routing.choices(case)
    choice = _chosen(choices, choice.centre.public_id)
    return _sending_page(request, case, choices, choice, refused=refused)


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


_NOTHING_ON_PAPER: dict[str, Any] = {"erased": False, "reach": "", "hungry": False, "groups": [], "put_right": ""}


def _on_paper(found: Referral) -> dict[str, Any]:
    """What a packet says on paper, in Japanese."""
    with translation.override("ja"):
        stale = corrected.since_frozen(found.packet)
        return {
            "erased": packet.is_erased(found.packet),
            "reach": "" if packet.REACH in stale else packet.how_to_reach(found.packet),
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
    """Whether the first of two clicks sent just this, this way; what was sent long ago is no second click."""
    case, centre = to
    lately = {"created_by": by, "created_at__gt": clock.now() - DOUBLE_CLICK}
    sent = case.referrals.live().filter(centre=centre, way=data["way"], **lately)
    one = sent.select_related("packet__data_key").first()
    return one is not None and packet.fingerprint(packet.rows_of(one.packet)) == data["previewed"]


SEND = Act(
    SendForm, _send, "form", lambda data: _SENT[Way(data["way"])], done_before=_sent_just_now,
    newer=lambda to, seen: history.changed_since(to[0], seen),
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
    last = case.referrals.filter(centre=choice.centre).order_by("pk").last()
    went_wrong = last if last and last.went_to_the_wrong_centre else None
    form = None
    if choice.consent and not choice.is_over and not live:
        now = {"seen": case.version, "previewed": packet.fingerprint(rows)}
        # What was chosen stays, over the case and the packet as they are now.
        form = SendForm(typed_over(refused, "form", now), initial=now, centre=choice.centre)
    context = {
        "case": case,
        "choices": choices,
        "choice": choice,
        "groups": [(group, [row for row in rows if row.group == group]) for group in Group],
        "live": live,
        "went_wrong": went_wrong,
        "same_person": same_person.of(case),
        "form": form,
        "refused": refused,
    }
    return render(request, "referrals/handoff/referral_new.html", context, status=status_of(refused))
