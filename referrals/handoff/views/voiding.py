"""Taking back a consent, or a withdrawal, that was recorded in error."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import listed, moment, with_aside
from organisations.models import Member
from organisations.sign_in.kept_words import keeps_words, posted, pressed
from organisations.sign_in.signed_in import MemberRequest
from outreach.application.disclosable import FIELDS_BY_KEY
from referrals.acts import Act, Refusal, back_to, perform, status_of, typed_over
from referrals.doors import case_of_desk
from referrals.handoff import consents, voiding
from referrals.handoff.forms.voiding import VoidForm
from referrals.models import Case, ConsentEntry, Referral
from referrals.models.consent import ConsentChannel

_WORDS: dict[bool, Promise] = {
    True: _("{centre}に伝える同意（{when}、{way}、書きとった人 {by}）。伝える内容：{fields}"),
    False: _("{centre}への同意の撤回（{when}、{way}、書きとった人 {by}）"),
}
_STANDS: dict[bool, Promise] = {True: _("いまの同意です。"), False: _("いまは、ほかの記録が有効です。")}
_STOPS = _("取り消すと、{centre}へのつなぎ（つなぎ番号 {number}）が止まり、元にもどせません。")
_STOPS_NOTHING = _("取り消しても、止まるつなぎはありません。")


@keeps_words
def void(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say which entry was written in error, and why."""
    case = case_of_desk(request, public_id)
    live = set(case.person.consents.live().values_list("pk", flat=True))
    offered = [(number, _described(entry, stands=entry.pk in live)) for number, entry in voiding.entries(case)]
    if _voided_before(case, request.user, pressed(request, "number")):
        messages.success(request, str(VOID.done))
        return back_to("desk:case", public_id)
    if not offered:
        messages.info(request, _("取り消せる記録は、いまありません。"))
        return back_to("desk:case", public_id)
    refused: Refusal | None = None
    if posted(request) is not None:
        refused = perform(request, VOID, case, offered=offered)
        if refused is None:
            _say_what_to_do(request, case)
            return back_to("desk:case", public_id)
    now = {"seen": consents.length(case.person)}
    form = VoidForm(typed_over(refused, "form", now), offered=offered, initial=now)
    context: dict[str, Any] = {"case": case, "form": form, "refused": refused}
    return render(request, "referrals/handoff/void.html", context, status=status_of(refused))


def _described(entry: ConsentEntry, *, stands: bool) -> Promise:
    """What tells an entry from the others: to the minute, with what it names, whether it stands, and what it stops."""
    said = format_lazy(
        str(_WORDS[entry.given]),
        centre=entry.recipient.name,
        when=moment(entry.at),
        way=_way(entry),
        by=entry.recorded_by.name if entry.recorded_by else "",
        fields=listed(FIELDS_BY_KEY[key].label for key in entry.fields if key in FIELDS_BY_KEY),
    )
    if not entry.given:
        return said
    stopped = [
        format_lazy(str(_STOPS), centre=entry.recipient.name, number=one.number) for one in voiding.stopped_by(entry)
    ]
    parts = [_STANDS[stands], *(stopped or [_STOPS_NOTHING])]
    return format_lazy("{said} {rest}", said=said, rest=format_lazy("{}" * len(parts), *parts))


def _way(entry: ConsentEntry) -> str:
    """How it was said; of a paper its date too, for two may be written down in the same minute."""
    if entry.channel != ConsentChannel.PAPER:
        return str(entry.get_channel_display())
    return with_aside(entry.get_channel_display(), date_format(entry.stated_on, "DATE_FORMAT"))


def _void(case: Case, by: Member, data: dict[str, Any]) -> None:
    voiding.void(case=case, by=by, **data)


def _voided_before(case: Case, by: Member, number: str) -> bool:
    """Whether the same member has just taken this entry back: a second click."""
    entry = voiding.entry_called(case, number)
    return entry is not None and hasattr(entry, "voided_by") and entry.voided_by.recorded_by_id == by.pk


VOID = Act(
    VoidForm, _void, "form", _("まちがいの記録を取り消しました。"),
    newer=lambda case, seen: consents.newer_than(case.person, seen),
)  # fmt: skip


def _say_what_to_do(request: MemberRequest, case: Case) -> None:
    """What a member has to tell a centre, and that what was stopped is begun anew by somebody or never."""
    person = {"case__person": case.person}
    for referral in Referral.objects.to_be_told().filter(**person).select_related("centre"):
        messages.warning(request, str(referral.to_tell_centre))
    if Referral.objects.stopped_in_error().filter(**person).exists():
        messages.warning(
            request, _("止めたつなぎは、元にはもどりません。つづけるときは、あらためて窓口につないでください。")
        )
