"""Putting right what was written down of a box: number, weight, contents; both versions stay in its history."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation.coded import word
from foundation.erased import ERASED
from foundation.errors import Conflict, DomainError
from organisations.models import Member
from organisations.roles import Permission
from referrals.desk.parcels import note_of
from referrals.locks import lock
from referrals.models import Parcel, ParcelTransition
from referrals.rules import check_may
from referrals.states import PUT_RIGHT, ParcelStatus
from referrals.words.parcel import PARCEL_PUT_RIGHT

FIELDS = {"tracking_number": _("送り状番号"), "weight_grams": _("重さ"), "contents": _("箱の中身")}


@transaction.atomic
def correct(*, parcel: Parcel, now: Mapping[str, Any], why: str, by: Member, seen: int) -> None:
    """Put ``now`` (all ``FIELDS``; grams, or None for not weighed) in the place of what stands, with the reason.

    ``seen`` is the parcel's version: Conflict when somebody was first. DomainError without a reason, a change or
    contents. A number that is taken away stays in the history.
    """
    check_may(by, Permission.WORK_CASES, parcel.case)
    if not why.strip():
        raise DomainError(_("なぜ直すのかを書いてください。"))
    if not now["contents"].strip():
        raise DomainError(_("箱の中身を書いてください。"))
    lock(parcel.case.person)
    first = newer_than(parcel, seen)
    if first:
        raise first
    parcel.refresh_from_db(fields=["version", *FIELDS])
    was = {name: getattr(parcel, name) for name in FIELDS}
    changed = [name for name in FIELDS if now[name] != was[name]]
    if not changed:
        raise DomainError(_("変わったところがありません。直すところを書きかえてください。"))
    Parcel.objects.filter(pk=parcel.pk).update(version=F("version") + 1, **{name: now[name] for name in changed})
    told = {"why": why.strip(), "was": {n: was[n] for n in changed}, "now": {n: now[n] for n in changed}}
    note_of(parcel, PUT_RIGHT, json.dumps(told, ensure_ascii=False), by)


def newer_than(parcel: Parcel, seen: int) -> Conflict | None:
    """Who moved or corrected the parcel since the version ``seen``."""
    if Parcel.objects.filter(pk=parcel.pk, version=seen).exists():
        return None
    last = ParcelTransition.objects.filter(subject=parcel).select_related("by").order_by("-pk").first()
    if last is None:
        return Conflict(who=_("ほかの人"), what="", at=None)
    what = PARCEL_PUT_RIGHT if last.reason == PUT_RIGHT else word(ParcelStatus, last.to_status)
    return Conflict(who=str(last.by or ""), what=what, at=last.at, by_id=last.by_id)


def last_of(parcel: Parcel) -> ParcelTransition | None:
    """The newest correction of ``parcel``."""
    rows = ParcelTransition.objects.filter(subject=parcel, reason=PUT_RIGHT).select_related("data_key")
    return rows.order_by("-pk").first()


def read(words: Any) -> dict[str, Any]:
    """A correction as it was kept: ``why``, ``was``, ``now``; {} of whoever was erased."""
    return json.loads(words) if words and words is not ERASED else {}


def as_words(words: Any) -> str:
    """What a correction says on the timeline: the old value beside the new one, and why."""
    if words is ERASED:
        return str(words)
    told = read(words)
    if not told:
        return ""
    lines = [
        f"{FIELDS[name]}{_('：')}{_shown(name, was)} → {_shown(name, told['now'][name])}"
        for name, was in told["was"].items()
    ]
    return "\n".join([*lines, f"{_('理由')}{_('：')}{told['why']}"])


def _shown(name: str, value: Any) -> str:
    if name == "weight_grams" and value:
        return f"{value / 1000:g}kg"
    return str(value or _("（なし）"))
