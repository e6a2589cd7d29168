"""One timeline of a case: what happened to it, its parcels and referrals, what was consented and noted, and who did it.

All steps and notes come in one query, whatever their number; the rest is what the case's page has loaded already.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, Model, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.history import NAMES_OF_NOBODY
from foundation.models import Actor
from outreach.models import ApplicationAddendum
from referrals.models import (
    Case,
    CaseNote,
    CaseTransition,
    ConsentEntry,
    Parcel,
    ParcelTransition,
    Referral,
    ReferralTransition,
)  # fmt: skip
from referrals.models.consent import Purpose
from referrals.models.referral import Way
from referrals.states import CaseStatus, DeclineReason, EndReason, Outcome, ParcelStatus, ReferralStatus
from referrals.visibility import REASONS_ABOUT_THE_REFERRAL, told_as

Words = str | Promise
KINDS = ("case", "parcel", "referral", "note")  # in the order of what happened in the same moment


@dataclass(frozen=True)
class Entry:
    """One thing that happened, as the component ``timeline`` shows it."""

    at: datetime
    text: Words
    by: Words
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class _Step:
    """One row of a history, or a note (``kind`` "note")."""

    kind: str
    key: int
    about: int
    at: datetime
    from_status: str
    to_status: str
    reason: str
    actor: str
    member: str | None
    sealed: Any


def of_case(
    case: Case,
    *,
    parcels: Iterable[Parcel],
    referrals: Iterable[Referral],
    consents: Iterable[ConsentEntry],
    addenda: Iterable[ApplicationAddendum],
    result_told_by: set[int],
) -> list[Entry]:
    """Everything that happened in ``case``, newest first (decrypts the notes).

    ``result_told_by``: the centres whose result the desk may hear, by key; of others it is not shown.
    """
    by_key = {referral.pk: referral for referral in referrals}
    tracking = {parcel.pk: parcel.tracking_number for parcel in parcels}
    found: list[tuple[datetime, int, Entry]] = []
    for order, entry in enumerate(
        [
            *_from_steps(case, by_key, tracking, result_told_by),
            *map(_consent, consents),
            *map(_addendum, addenda),
            *(entry for referral in by_key.values() for entry in _follow_up(referral)),
        ]
    ):
        found.append((entry.at, order, entry))
    return [entry for _at, _order, entry in sorted(found, key=lambda row: row[:2], reverse=True)]


def of_referral(referral: Referral, *, result_is_told: bool) -> list[Entry]:
    """What happened to one referral, newest first (decrypts what the centre wrote, where it may be told)."""
    steps = sorted(
        (_Step(*row) for row in _rows(ReferralTransition, "referral", "subject_id", subject=referral)),
        key=lambda step: (step.at, step.key),
    )
    told_by = {referral.centre_id} if result_is_told else set()
    entries = [entry for step in steps for entry in _referral(referral.case, referral, step, told_by)]
    entries += _follow_up(referral)
    return [replace(entry, url="") for entry in reversed(entries)]  # the page is that of the referral itself


def _from_steps(
    case: Case, referrals: dict[int, Referral], tracking: dict[int, str], told_by: set[int]
) -> Iterator[Entry]:
    for step in _steps(case):
        if step.kind == "note":
            yield Entry(step.at, _("メモ"), step.member or "", note=_opened(CaseNote, "text", case, step))
        elif step.kind == "parcel":
            yield Entry(step.at, _parcel_words(step.to_status, tracking.get(step.about, "")), step.member or "")
        elif step.kind == "referral":
            yield from _referral(case, referrals[step.about], step, told_by)
        elif not _follows_a_parcel(step):
            yield Entry(step.at, _case_words(case, step), _who(case, step))


def _steps(case: Case) -> list[_Step]:
    """The histories of the case, its parcels and referrals, and its notes, in one query."""
    histories = _rows(CaseTransition, "case", "subject_id", subject=case).union(
        _rows(ParcelTransition, "parcel", "subject_id", subject__case=case),
        _rows(ReferralTransition, "referral", "subject_id", subject__case=case),
        _rows(CaseNote, "note", "case_id", case=case),
        all=True,
    )
    return sorted((_Step(*row) for row in histories), key=lambda s: (s.at, KINDS.index(s.kind), s.key))


def _rows(model: type[Model], kind: str, about: str, **whose: Any) -> QuerySet:
    """Rows in the columns of ``_Step``; what is sealed stays sealed."""
    columns = ["kind", "pk", about, "at", "from_status", "to_status", "reason", "actor", "by__name", "note"]
    marked = model._default_manager.filter(**whose).order_by().annotate(kind=Value(kind, CharField()))
    if model is CaseNote:
        blank = {name: Value("", CharField()) for name in ("from_status", "to_status", "reason", "actor")}
        marked, columns[-1] = marked.annotate(**blank), "text"
    return marked.values_list(*columns)


def _opened(model: type, field: str, case: Case, step: _Step) -> str:
    """The words of a note or an answer: sealed for their own column, under the person's key."""
    return getattr(model(**{field: step.sealed}, data_key=case.person.data_key), field) if step.sealed else ""


def _who(case: Case, step: _Step) -> Words:
    if step.member:
        return step.member
    if step.actor == Actor.PERSON and not step.from_status and case.application.applying_for == "other":
        return _("代わりの方")
    return NAMES_OF_NOBODY[step.actor]


def _follows_a_parcel(step: _Step) -> bool:
    """The case moved because its parcel did, which has a line of its own."""
    parcel_ways = {CaseStatus.PACKED, CaseStatus.SENT, CaseStatus.DELIVERED}
    came_back = step.to_status == CaseStatus.APPROVED and step.from_status in parcel_ways
    return step.to_status in parcel_ways or came_back


def _case_words(case: Case, step: _Step) -> Words:
    if not step.from_status:
        return format_lazy(_("申込みを受け付けました（{way}）"), way=case.application.get_channel_display())
    if step.to_status == CaseStatus.IN_REVIEW:
        return _("確認をはじめました")
    if step.to_status == CaseStatus.APPROVED:
        return _("発送を決めました")
    return format_lazy(
        _("「{end}」で終えました（{reason}）"),
        end=CaseStatus(step.to_status).label,
        reason=EndReason(step.reason).label,
    )


def _parcel_words(status: str, tracking_number: str) -> Words:
    if status == ParcelStatus.SENT and tracking_number:
        return format_lazy(_("荷物を発送しました（送り状番号 {number}）"), number=tracking_number)
    return {
        ParcelStatus.PACKED: _("箱づめしました"),
        ParcelStatus.SENT: _("荷物を発送しました"),
        ParcelStatus.DELIVERED: _("荷物が届きました"),
        ParcelStatus.RETURNED: _("荷物が戻ってきました"),
        ParcelStatus.UNPACKED: _("箱をほどきました"),
    }[ParcelStatus(status)]


_REFERRAL_WORDS: dict[str, Words] = {
    ReferralStatus.VIEWED: _("{centre}が受けとりました"),
    "answered": _("{centre}から返事がありました"),
    ReferralStatus.ACCEPTED: _("{centre}が引き受けました"),
    ReferralStatus.CONTACTED: _("{centre}が本人に連絡しました"),
    ReferralStatus.CLOSED: _("{centre}へのつなぎの結果：{detail}"),
    ReferralStatus.DECLINED: _("{centre}は受け入れ不可でした（{detail}）"),
    ReferralStatus.EXPIRED: _("{centre}から返答がなく、期限が切れました"),
    ReferralStatus.REVOKED: _("同意の撤回により、{centre}へのつなぎを止めました"),
}


def _referral(case: Case, referral: Referral, step: _Step, told_by: set[int]) -> Iterator[Entry]:
    is_told = referral.centre_id in told_by
    code, _label = told_as(step.to_status, result_is_told=is_told)
    url = reverse("desk:referral", args=[referral.public_id])
    by = step.member or NAMES_OF_NOBODY[step.actor]
    if step.actor == Actor.CENTRE_REPLY:
        by = format_lazy(_("{name}（返事の書きとり）"), name=by)
    centre = referral.centre.name
    if code == ReferralStatus.SENT:
        words = _("{centre}につなぎました（{way}）")
        if referral.way == Way.TELEPHONE:  # nothing has left the house yet
            words = _("{centre}に渡すつなぎシートを用意しました（{way}）")
        sent = format_lazy(words, centre=centre, way=Way(referral.way).label)
        yield Entry(step.at, sent, by, url=url)
    elif code == "answered" and step.to_status != ReferralStatus.ACCEPTED:
        return  # that an answer came has been said; what came of it is not told
    else:
        words = format_lazy(str(_REFERRAL_WORDS[code]), centre=centre, detail=_detail(step, is_told=is_told))
        note = _opened(ReferralTransition, "note", case, step) if is_told else ""
        yield Entry(step.at, words, by, note=note, url=url)


def _detail(step: _Step, *, is_told: bool) -> Words:
    if step.to_status == ReferralStatus.CLOSED:
        return Outcome(step.reason).label
    if step.to_status == ReferralStatus.DECLINED and (is_told or step.reason in REASONS_ABOUT_THE_REFERRAL):
        return DeclineReason(step.reason).label
    return _("理由は、結果を聞く同意がないため出していません")


def _consent(entry: ConsentEntry) -> Entry:
    words = {
        (Purpose.TELL_CENTRE, True): _("{centre}に伝える同意を受けました（{way}）"),
        (Purpose.TELL_CENTRE, False): _("{centre}に伝える同意の撤回を受けました（{way}）"),
        (Purpose.HEAR_RESULT, True): _("{centre}から結果を聞く同意を受けました（{way}）"),
        (Purpose.HEAR_RESULT, False): _("{centre}から結果を聞く同意の撤回を受けました（{way}）"),
    }[Purpose(entry.purpose), entry.given]
    by = entry.recorded_by.name if entry.recorded_by else NAMES_OF_NOBODY[Actor.PERSON]
    return Entry(entry.at, format_lazy(words, centre=entry.recipient.name, way=entry.get_channel_display()), by)


def _addendum(addendum: ApplicationAddendum) -> Entry:
    return Entry(addendum.added_at, _("申込みにあとから書きたしました"), NAMES_OF_NOBODY[Actor.PERSON])


def _follow_up(referral: Referral) -> Iterator[Entry]:
    if referral.followed_up_at and referral.followed_up_by:
        told, took_up = _("{centre}に、つなぎのとりやめを伝えました"), _("戻ってきたつなぎ（{centre}）に対応しました")
        done = format_lazy(told if referral.must_be_told else took_up, centre=referral.centre.name)
        url = reverse("desk:referral", args=[referral.public_id])
        yield Entry(referral.followed_up_at, done, referral.followed_up_by.name, url=url)
