"""Correcting what is known of a person: the application keeps what was stated, and both versions stay readable."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.erased import ERASED
from foundation.errors import Conflict, DomainError
from foundation.text import japanese
from organisations.models import Member, Place
from organisations.roles import Permission
from outreach.application import labels
from referrals import person_index
from referrals.locks import lock
from referrals.models import Case, Person, PersonCorrection
from referrals.rules import check_may
from referrals.states import CaseStatus, ParcelStatus

# The place is none of them: by it food bank and centre are found, so whoever moved elsewhere applies anew.
FIELDS: dict[str, str | Promise] = {
    "name": _("名前"),
    "kana": _("ふりがな"),
    "postcode": _("郵便番号"),
    "address": _("住所"),
    "phone": _("電話"),
    "email": _("メール"),
}
CORRECTED = _("名前・連絡先を直しました")
_AS_WRITTEN = {"phone": japanese.show_phone, "postcode": labels.postcode}


@transaction.atomic
def correct(*, case: Case, now: Mapping[str, str], why: str, by: Member, seen: int) -> None:
    """Put ``now`` (all ``FIELDS``) in the place of what is known of the case's person, and keep what stood before.

    ``seen`` is how many corrections there were on the page (``length``): Conflict when somebody was first. The person
    is found by what stands now. Raises DomainError without a reason, without a change, or where a name, or an address
    there is, would be left empty.
    """
    check_may(by, Permission.WORK_CASES, case)
    if not why.strip():
        raise DomainError(_("なぜ直すのかを書いてください。"))
    lock(case.person)
    first = newer_than(case, seen)
    if first:
        raise first
    person = Person.objects.select_related("data_key").get(pk=case.person_id)
    if person.name is ERASED:
        raise DomainError(_("この方の記録は消去されています。直せません。"))
    was = {name: getattr(person, name) for name in FIELDS}
    changed = [name for name in FIELDS if now[name] != was[name]]
    if not changed:
        raise DomainError(_("変わったところがありません。直すところを書きかえてください。"))
    if not now["name"] or (was["address"] and not now["address"]):
        raise DomainError(_("名前と住所は、空けられません。"))
    for name in changed:
        setattr(person, name, now[name])
    person.save(update_fields=changed)
    person_index.index_anew(person)
    PersonCorrection.objects.create(
        person=person, case=case, data_key=person.data_key, by=by, at=clock.now(),
        changes={"why": why.strip(), "was": {n: was[n] for n in changed}, "now": {n: now[n] for n in changed}},
    )  # fmt: skip


def stands(case: Case) -> dict[str, str]:
    """What is known of the case's person now (decrypts)."""
    return {name: str(getattr(case.person, name)) for name in FIELDS}


def sent_to(case: Case) -> Place:
    """Where the address is: the place that was named for box and letters, else the home."""
    return case.application.sending_place or case.person.place


def length(case: Case) -> int:
    """How many corrections there are: what a page shows as seen."""
    return PersonCorrection.objects.filter(person=case.person_id).count()


def newer_than(case: Case, seen: int) -> Conflict | None:
    """Who corrected the person since the page that showed ``seen`` corrections."""
    rows = PersonCorrection.objects.filter(person=case.person_id)
    if rows.count() == seen:
        return None
    last = rows.select_related("by").order_by("-pk").first()
    return Conflict(who=str(last.by), what=CORRECTED, at=last.at, by_id=last.by_id) if last else None


def overtaken(case: Case, seen: int) -> dict[str, str]:
    """What others have changed since ``seen`` corrections, as it was written on a page of then (decrypts)."""
    was: dict[str, str] = {}
    for row in PersonCorrection.objects.filter(person=case.person_id).select_related("data_key").order_by("pk")[seen:]:
        if isinstance(row.changes, dict):
            was = {name: as_written(name, value) for name, value in row.changes["was"].items()} | was
    return was


def to_be_told(case: Case) -> list[str | Promise]:
    """Who works with what stood before and has to be told by word of mouth."""
    told: list[str | Promise] = []
    if case.parcels.filter(status=ParcelStatus.PACKED).exists() and case.status == CaseStatus.PACKED:
        told.append(_("箱づめが済んだ箱があります。送り状のあて先を、箱づめの担当と確かめてください。"))
    if case.referrals.live().exists():
        told.append(_("つなぎが続いています。窓口に渡した内容は変わりません。必要なら、窓口に電話で伝えてください。"))
    return told


def as_words(changes: Any) -> str:
    """What a correction says on the timeline: the old value beside the new one, and why."""
    if not isinstance(changes, dict):
        return str(changes or "")
    lines = [
        f"{FIELDS.get(name, name)}{_('：')}{_shown(name, was)} → {_shown(name, changes['now'][name])}"
        for name, was in changes["was"].items()
    ]
    return "\n".join([*lines, f"{_('理由')}{_('：')}{changes['why']}"])


def as_written(name: str, value: Any) -> str:
    """A value as people write it."""
    return str(_AS_WRITTEN.get(name, str)(value)) if value else ""


def _shown(name: str, value: str) -> str:
    return as_written(name, value) or str(_("（なし）"))
