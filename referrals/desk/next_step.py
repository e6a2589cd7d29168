"""What a caseworker does next with a case: one clear action, and what else its state allows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.states import CaseStatus
from referrals.words import CASE, UNKNOWN_STATUS


@dataclass(frozen=True)
class Action:
    """One thing to do: ``move`` names a verb of the case's page, ``leads_to`` another page of the desk."""

    label: Promise
    move: str = ""
    leads_to: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class NextStep:
    hint: str | Promise
    first: Action | None = None
    others: tuple[Action, ...] = ()


_APPROVE = Action(_("発送を決める"), move="approve")
_C = CaseStatus
_FIRST: dict[str, Action] = {
    _C.RECEIVED: Action(_("確認をはじめる"), move="start_review"),
    _C.IN_REVIEW: _APPROVE,
    _C.APPROVED: Action(_("箱づめへ進む"), leads_to="desk:parcel"),
    _C.PACKED: Action(_("発送を記録する"), leads_to="desk:parcel"),
    _C.SENT: Action(_("お届けを記録する"), leads_to="desk:parcel"),
    _C.DELIVERED: Action(_("ケースを終える"), anchor="end"),
}
_OTHERS: dict[str, tuple[Action, ...]] = {_C.RECEIVED: (_APPROVE,)}


def next_step(status: str) -> NextStep:
    words = CASE.get(status)
    return NextStep(words.hint if words else UNKNOWN_STATUS, _FIRST.get(status), _OTHERS.get(status, ()))
