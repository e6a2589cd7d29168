"""Writing down what the person said on the telephone or on paper: a consent, or its withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.japanese import show_phone
from organisations.models import Organisation
from organisations.signed_in import MemberRequest
from outreach.application import consent_texts, disclosable
from referrals.acts import Refusal, back_to, status_of
from referrals.doors import case_of_desk
from referrals.handoff import consents, packet, routing
from referrals.handoff.forms.consents import ConsentForm, WithdrawalForm
from referrals.models import Case, Referral


def record(request: MemberRequest, public_id: str) -> HttpResponse:
    """Record a consent; the words to read out stand beside what the centre would be told."""
    case = case_of_desk(request, public_id)
    choices = routing.choices(case)
    if not choices:
        return render(request, "referrals/handoff/no_centre.html", {"case": case})
    statement = packet.current_statement(case)
    rows = disclosable.rows(statement, disclosable.FIELDS_BY_KEY)
    centres = [choice.centre for choice in choices]
    asked = {"centre": request.GET["centre"]} if "centre" in request.GET else {}
    form = ConsentForm(request.POST or None, centres=centres, statement=statement, initial=asked)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            consents.record_consent(
                case=case,
                recipient=given["centre"],
                fields=given["keys"],
                hear_result=given["hear_result"] == "yes",
                channel=given["channel"],
                stated_on=given["stated_on"],
                by=request.user,
            )
        except DomainError as error:
            refused = Refusal("form", error, form)
        else:
            messages.success(request, _("同意を記録しました。"))
            return back_to("desk:case", public_id)
    context = {
        "case": case,
        "form": form,
        "read_out": [_read_out(centre) for centre in centres],
        "groups": [(group, [row for row in rows if row.group == group]) for group in disclosable.Group],
        "refused": refused,
        "changed_meanwhile": False,
    }
    return render(request, "referrals/handoff/consent.html", context, status=status_of(refused))


def _read_out(centre: Organisation) -> dict[str, str]:
    """What staff say on the telephone before they record a consent."""
    text = consent_texts.current()
    return {
        "ask": text.ask_aloud.about(centre.name),
        "promise": text.promise_aloud.about(centre.name),
        "hear_result": text.hear_result_aloud.about(centre.name),
    }


def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """Record a withdrawal; the live referral is stopped at once."""
    case = case_of_desk(request, public_id)
    standing = case.person.consents.not_withdrawn().select_related("recipient").order_by("pk")
    centres = list(dict.fromkeys(entry.recipient for entry in standing))
    if not centres:
        messages.info(request, _("撤回できる同意は、いまありません。"))
        return back_to("desk:case", public_id)
    form = WithdrawalForm(request.POST or None, centres=centres)
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        centre = form.cleaned_data["centre"]
        try:
            consents.withdraw_consent(
                case=case, recipient=centre, channel=form.cleaned_data["channel"], by=request.user
            )
        except DomainError as error:
            refused = Refusal("form", error, form)
        else:
            messages.success(request, _("同意の撤回を記録しました。"))
            _say_what_to_do(request, case, centre)
            return back_to("desk:case", public_id)
    live_to = Referral.objects.live().filter(case__person=case.person).select_related("centre")
    context: dict[str, Any] = {
        "case": case, "form": form, "centres": centres, "live": live_to, "refused": refused, "changed_meanwhile": False,
    }  # fmt: skip
    return render(request, "referrals/handoff/withdraw.html", context, status=status_of(refused))


def _say_what_to_do(request: MemberRequest, case: Case, centre: Organisation) -> None:
    """A centre that no mail reaches must be told by telephone what it has to destroy."""
    if Referral.objects.to_be_told().filter(case__person=case.person, centre=centre).exists():
        messages.warning(
            request,
            format_lazy(
                _(
                    "{centre}（{phone}）に電話して、本人に連絡しないこと、紙を破棄することを伝えてください。"
                    "伝えたら、つなぎの画面で記録してください。"
                ),
                centre=centre.name,
                phone=show_phone(centre.phone),
            ),
        )
