"""Correcting what is known of a person and how they are reached: the application keeps what was stated, and both
versions stay readable.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.erased import ERASED
from foundation.errors import Conflict, DomainError
from foundation.text.wording import with_aside
from organisations.models import Member
from organisations.roles import Permission
from outreach.application import labels
from outreach.application.questions import QUESTIONS
from referrals import corrected, person_index
from referrals.corrected import FIELDS, Words
from referrals.handoff import put_right
from referrals.handoff.notice_table import by_mail
from referrals.locks import lock
from referrals.models import Case, Person, PersonCorrection, Referral
from referrals.models.referral import Way
from referrals.rules import check_may
from referrals.states import CaseStatus, ParcelStatus

# What a person's row holds in columns; how to reach them beyond it stands in ``reaching``.
_COLUMNS = ("name", "kana", "postcode", "address", "phone", "safe_times", "email")
_REACHING = tuple(name for name in FIELDS if name not in _COLUMNS)
# What has to be known for each way of contact.
_BEHIND = {
    "phone": "phone",
    "sms": "phone",
    "email": "email",
    "letter": "address",
    "supporter": "helper_phone",
    "none": "passphrase",
}
CORRECTED = _("名前・連絡先を直しました")
_AS_WRITTEN: dict[str, Callable[[Any], str]] = {
    "phone": labels.phone,
    "helper_phone": labels.phone,
    "postcode": labels.postcode,
    "reach_by": QUESTIONS["reach_by"].words,
    "cannot_telephone": labels.yes_or_no,
}


@transaction.atomic
def correct(*, case: Case, now: Mapping[str, Any], why: str, by: Member, seen: int) -> None:
    """Put ``now`` (all ``FIELDS``) in the place of what is known of the case's person, and keep what stood before.

    ``seen`` is how many corrections there were on the page (``length``): Conflict when somebody was first. The person
    is found by what stands now, and still by what stood before. Raises DomainError without a reason, without a change,
    and with what is ``amiss``.
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
    case.person = person
    was = stands(case)
    changed = [name for name in FIELDS if now[name] != was[name]]
    if not changed:
        raise DomainError(_("変わったところがありません。直すところを書きかえてください。"))
    for problem in amiss(was, now).values():
        raise DomainError(problem)
    for name in changed:
        if name in _COLUMNS:
            setattr(person, name, now[name])
    person.reaching = case.written_down | {name: now[name] for name in changed if name in _REACHING} or None
    person.save(update_fields=["reaching", *(name for name in changed if name in _COLUMNS)])
    PersonCorrection.objects.create(
        person=person, case=case, data_key=person.data_key, by=by, at=clock.now(),
        changes={"why": why.strip(), "was": {n: was[n] for n in changed}, "now": {n: now[n] for n in changed}},
    )  # fmt: skip
    person_index.index_anew(person)
    put_right.tell_centres(person=person, changed=changed)


def amiss(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Words]:
    """Why ``now`` may not stand in the place of ``was``, by field: who would not be reached, or in a way they can't.

    What was so before and is left alone stays.
    """
    changed = {name for name in FIELDS if now[name] != was[name]}
    found: dict[str, Words] = {}
    if not now["name"] or (was["address"] and not now["address"]):
        found["name" if not now["name"] else "address"] = _("名前と住所は、空けられません。")
    if was["reach_by"] and not now["reach_by"]:
        found["reach_by"] = _("連絡方法をえらんでください。連絡がいらないときは「連絡はいらない」をえらんでください。")
    both = now["cannot_telephone"] and "phone" in now["reach_by"]
    if both and changed & {"cannot_telephone", "reach_by"}:
        found["reach_by"] = _("「電話は使えません」と「電話」の両方がえらばれています。ほかの方法をえらんでください。")
    for way in now["reach_by"]:
        behind = _BEHIND.get(way, "")
        if behind and not now[behind] and (behind in changed or way not in was["reach_by"]):
            words = _("連絡方法の「{way}」に要ります。空けるときは、連絡方法もほかのものに直してください。")
            found.setdefault(behind, format_lazy(str(words), way=QUESTIONS["reach_by"].words([way])))
    return found


def stands(case: Case) -> dict[str, Any]:
    """What is known of the case's person now (decrypts); lists and yes or no as the Statement has them."""
    columns = {name: str(getattr(case.person, name)) for name in _COLUMNS}
    known = {name: case.known(name) for name in _REACHING}
    return {name: columns[name] if name in columns else _plain(name, known[name]) for name in FIELDS}


def _plain(name: str, value: Any) -> Any:
    return value if name in ("reach_by", "cannot_telephone") else str(value or "")


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


def overtaken(case: Case, seen: int) -> dict[str, Any]:
    """What others have changed since ``seen`` corrections: what stood on a page of then (decrypts)."""
    was: dict[str, Any] = {}
    for row in PersonCorrection.objects.filter(person=case.person_id).select_related("data_key").order_by("pk")[seen:]:
        if isinstance(row.changes, dict):
            was = row.changes["was"] | was
    return was


def to_be_told(case: Case) -> list[Words]:
    """Who works with what stood before the last correction and has to be told by word of mouth (decrypts)."""
    last = PersonCorrection.objects.filter(person=case.person_id).select_related("data_key").order_by("pk").last()
    if last is None or not isinstance(last.changes, dict):
        return []
    changed = set(last.changes["was"])
    told: list[Words] = []
    if not changed.isdisjoint(corrected.ON_LABEL):
        told += _of_the_box(case)
    words = _(
        "{centre}へのつなぎが続いています。窓口に渡した内容は変わりません。"
        "窓口に電話で、直したところ（{fields}）を伝えてください。"
    )
    in_portal = _(
        "{centre}のつなぎ画面に、直したところ（{fields}）が出ます。内容を開いてあれば、メールでも知らせます。"
    )
    unmailed = _(
        "{centre}のつなぎ画面に、直したところ（{fields}）が出ます。メールでは知らせないので、窓口に電話で知らせてください。"
    )
    live = Referral.objects.live().filter(case__person=case.person_id)
    for referral in live.select_related("centre", "packet__consent"):
        fields = put_right.shows(referral, changed)  # nothing beyond the consent, by word of mouth neither
        centre = with_aside(referral.centre.name, labels.phone(referral.centre.phone))
        if fields:
            on_screen = in_portal if by_mail(referral, "") else unmailed
            said = on_screen if referral.way == Way.PORTAL else words
            told.append(format_lazy(str(said), centre=centre, fields=corrected.labels(fields)))
    return told


def _of_the_box(case: Case) -> list[Words]:
    """Of a box that has its label already, or is under way with it."""
    if case.status == CaseStatus.PACKED and case.parcels.filter(status=ParcelStatus.PACKED).exists():
        return [_("箱づめが済んだ箱があります。送り状のあて先を、箱づめの担当と確かめてください。")]
    sent = case.parcels.filter(status=ParcelStatus.SENT).order_by("pk").last()
    if sent is None:
        return []
    if not sent.tracking_number:
        return [_("箱は直す前のあて先へ向かっています。運送会社に電話して、あて先を伝えてください。")]
    words = _("箱は直す前のあて先へ向かっています（送り状番号 {number}）。運送会社に電話して、あて先を伝えてください。")
    return [format_lazy(str(words), number=sent.tracking_number)]


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
    return str(_AS_WRITTEN.get(name, str)(value)) if value or value is False else ""


def _shown(name: str, value: Any) -> str:
    return as_written(name, value) or str(_("（なし）"))
