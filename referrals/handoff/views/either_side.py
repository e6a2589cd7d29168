"""Acts of the centre in its portal, and of the desk for a centre on paper: hold, go on, take an answer back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from organisations.models import Member
from referrals.acts import Act, SeenForm
from referrals.handoff import answering, reply_corrections
from referrals.handoff.forms.either_side import HoldForm, TakeBackForm
from referrals.models import Referral
from referrals.states import CORRECTED_REASON, REFERRAL_TRANSITIONS, ReferralStatus

S = ReferralStatus


def _hold(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    why = data.get("why", "")
    answering.hold(referral=referral, until=data["until"], why=why, by=by, seen=data["seen"])


def _held_so(referral: Referral, data: dict[str, Any]) -> bool:
    now = Referral.objects.get(pk=referral.pk)
    return (now.on_hold_until, now.note) == (data["until"], data.get("why", "").strip())


def _resume(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    answering.resume(referral=referral, by=by, seen=data["seen"])


def _just_resumed(referral: Referral, by: Member, _data: dict[str, Any]) -> bool:
    """Whether the last step is this one: a second click. Where it led depends on where the referral had stood."""
    last = referral.history.latest("pk")
    goes_on = last.to_status in REFERRAL_TRANSITIONS[S.ON_HOLD] - {S.CLOSED}
    return last.by_id == by.pk and last.from_status == S.ON_HOLD and goes_on


def _take_back(referral: Referral, by: Member, data: dict[str, Any]) -> None:
    reply_corrections.correct_reply(referral=referral, why=data["why"], by=by, seen=data["seen"])


def _just_taken_back(referral: Referral, by: Member, data: dict[str, Any]) -> bool:
    """Whether the last step is this one: a second click."""
    last = referral.history.select_related("data_key").latest("pk")
    return last.by_id == by.pk and last.reason == CORRECTED_REASON and last.note == data["why"].strip()


HOLD = Act(HoldForm, _hold, "hold", _("保留にしました。"), lambda _data: S.ON_HOLD, _held_so)
RESUME = Act(SeenForm, _resume, "resume", _("保留を終えて、つづけることを記録しました。"), done_before=_just_resumed)
TAKE_BACK = Act(
    TakeBackForm, _take_back, "take_back",
    _("返事の記録を取り消しました。正しい返事があれば、記録しなおしてください。"), done_before=_just_taken_back,
)  # fmt: skip
# May follow each of these: what can be held.
HOLDABLE = frozenset(status for status, after in REFERRAL_TRANSITIONS.items() if S.ON_HOLD in after)
