"""Writing down what the person said on the telephone or on paper: a consent, or its withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict
from foundation.text.telephone import show_phone
from organisations.models import Member, Organisation
from organisations.sign_in.kept_words import keeps_words, posted, pressed
from organisations.sign_in.signed_in import MemberRequest
from outreach.application import consent_texts, disclosable
from referrals import same_person
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.doors import case_of_desk
from referrals.handoff import consents, packet, routing
from referrals.handoff.forms.consents import ConsentForm, WithdrawalForm
from referrals.models import Case, Referral


@keeps_words
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
    refused: Refusal | None = None
    if posted(request) is not None:
        refused = perform(request, RECORD, case, centres=centres, statement=statement)
        if refused is None:
            return back_to("desk:case", public_id)
    now = {"seen": consents.length(case.person)}
    typed = typed_over(refused, "form", now)
    context = {
        "case": case,
        "form": ConsentForm(typed, centres=centres, statement=statement, initial={**now, **asked}),
        "text_version": consent_texts.CURRENT,
        "read_out": [_read_out(centre) for centre in centres],
        "groups": [(group, [row for row in rows if row.group == group]) for group in disclosable.Group],
        "refused": refused,
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


@keeps_words
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    """Record a withdrawal; the live referral is stopped at once."""
    case = case_of_desk(request, public_id)
    standing = case.person.consents.not_withdrawn().select_related("recipient").order_by("pk")
    centres = list(dict.fromkeys(entry.recipient for entry in standing))
    asked = pressed(request, "centre")
    if not centres or (asked and _is_withdrawn(case, asked, centres)):
        _say_there_is_none(request, case, asked, channel=pressed(request, "channel"))
        return back_to("desk:case", public_id)
    refused: Refusal | None = None
    if posted(request) is not None:
        refused = perform(request, WITHDRAW, case, centres=centres)
        if refused is None:
            _say_what_to_do(request, case, to=request.POST["centre"])
            for words in same_person.warnings(same_person.of(case)):
                messages.warning(request, str(words))
            return back_to("desk:case", public_id)
    now = {"seen": consents.length(case.person)}
    form = WithdrawalForm(typed_over(refused, "form", now), centres=centres, initial=now)
    live_to = Referral.objects.live().filter(case__person=case.person).select_related("centre")
    held_by = Referral.objects.held_by_centre().filter(case__person=case.person, centre__in=centres)
    context: dict[str, Any] = {
        "case": case, "form": form, "centres": centres, "refused": refused,
        "live": live_to, "held": held_by.select_related("centre"), "same_person": same_person.of(case),
    }  # fmt: skip
    return render(request, "referrals/handoff/withdraw.html", context, status=status_of(refused))


def _record(case: Case, by: Member, data: dict[str, Any]) -> None:
    consents.record_consent(
        case=case,
        recipient=data["centre"],
        fields=data["keys"],
        hear_result=data["hear_result"] == "yes",
        channel=data["channel"],
        stated_on=data["stated_on"],
        text_version=data.get("text_version", ""),
        by=by,
        seen=data["seen"],
    )


def _withdraw(case: Case, by: Member, data: dict[str, Any]) -> None:
    consents.withdraw_consent(case=case, recipient=data["centre"], channel=data["channel"], by=by, seen=data["seen"])


def _newer(case: Case, seen: int) -> Conflict | None:
    return consents.newer_than(case.person, seen)


# That a click is a second one the verb itself knows, by the words of the ledger.
RECORD = Act(ConsentForm, _record, "form", _("同意を記録しました。"), newer=_newer)
WITHDRAW = Act(WithdrawalForm, _withdraw, "form", _("同意の撤回を記録しました。"), newer=_newer)


def _is_withdrawn(case: Case, asked: str, standing: list[Organisation]) -> bool:
    """Whether the consent towards the centre ``asked`` about was withdrawn before this click."""
    known = case.person.consents.filter(recipient__public_id=asked).exists()
    return known and asked not in {centre.public_id for centre in standing}


def _say_there_is_none(request: MemberRequest, case: Case, asked: str, *, channel: str) -> None:
    """Nothing to withdraw; who pressed is told who was first, unless it was they themselves."""
    first = consents.last_word(case.person, towards=asked) if asked else None
    if first is None:
        messages.info(request, _("撤回できる同意は、いまありません。"))
    elif first.by_id == request.user.pk and channel in ("", consents.last_channel(case.person, towards=asked)):
        messages.success(request, str(WITHDRAW.done))
    else:
        messages.warning(request, str(first))


def _say_what_to_do(request: MemberRequest, case: Case, *, to: str) -> None:
    """A centre that no mail reaches must be told by telephone what it has to destroy."""
    stopped = Referral.objects.to_be_told().filter(case__person=case.person, centre__public_id=to)
    for referral in stopped.select_related("centre")[:1]:
        messages.warning(
            request,
            format_lazy(
                _(
                    "{centre}（{phone}）に電話して、本人に連絡しないこと、紙を破棄することを伝えてください。"
                    "伝えたら、つなぎの画面で記録してください。"
                ),
                centre=referral.centre.name,
                phone=show_phone(referral.centre.phone),
            ),
        )
