"""What happened to a referral and to the consents it stands on, in the words of the desk's timelines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, Model, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.coded import UNKNOWN, word
from foundation.history import NAMES_OF_NOBODY
from foundation.models import Actor, DataKey
from referrals.handoff.done import what_was_told
from referrals.handoff.visibility import REASONS_ABOUT_THE_REFERRAL, told_as
from referrals.models import ConsentEntry, Referral, ReferralTransition
from referrals.models.consent import Purpose
from referrals.models.referral import Way
from referrals.outcomes import DeclineReason, Outcome
from referrals.states import (
    CLOSED_FOR_LESS,
    CLOSED_IN_ERROR,
    CLOSED_ON_WITHDRAWAL,
    CONSENT_VOIDED,
    CORRECTED_REASON,
    FOLLOWED_UP,
    NEVER_LEFT,
    PERSON_TOLD,
    TOLD,
    TOLD_OF_LESS,
    TOLD_OF_MISTAKE,
    ReferralStatus,
)
from referrals.words.mistakes import MISTAKES
from referrals.words.referral import ANSWER_CAME, ANSWERED, CORRECTED, REFERRAL

Words = str | Promise
_COLUMNS = (
    "kind",
    "pk",
    "about",
    "at",
    "from_status",
    "to_status",
    "reason",
    "actor",
    "by__name",
    "note",
    "data_key",
    "sealed_as",
)
_DONE: dict[str, Promise] = {
    FOLLOWED_UP: _("戻ってきたつなぎ（{centre}）に対応しました"),
    CLOSED_FOR_LESS: _("内容をへらした同意により、{centre}に伝えた前の内容を閉じました"),
    CLOSED_ON_WITHDRAWAL: _("同意の撤回により、{centre}に伝えた内容を閉じました"),
    CLOSED_IN_ERROR: _("{centre}へのつなぎは、記録のまちがいで止めた、または閉じたものでした"),
    PERSON_TOLD: _("{centre}へのつなぎがまた続いていることを、本人に伝えました"),
    TOLD: _("{centre}に、つなぎのとりやめを伝えました"),
    TOLD_OF_LESS: _("{centre}に、前の内容を破棄するように伝えました"),
    TOLD_OF_MISTAKE: _("{centre}に、記録のまちがいだったことを伝えました"),
    NEVER_LEFT: _("{centre}に渡す前だったので、つなぎシートをこちらで破棄しました"),
}


_TAKEN_BACK: dict[tuple[str, bool], Words] = {
    (Purpose.TELL_CENTRE, True): _("{centre}に伝える同意の記録を、まちがいとして取り消しました"),
    (Purpose.TELL_CENTRE, False): _("{centre}に伝える同意の撤回の記録を、まちがいとして取り消しました"),
    (Purpose.HEAR_RESULT, True): _("{centre}から結果を聞く同意の記録を、まちがいとして取り消しました"),
    (Purpose.HEAR_RESULT, False): _("{centre}から結果を聞く同意の撤回の記録を、まちがいとして取り消しました"),
}


@dataclass(frozen=True)
class Happening:
    """One thing that happened, as the component ``timeline`` shows it."""

    at: datetime
    text: Words
    by: Words
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a history, or a note (``kind`` "note"); ``sealed`` opens under the key of its own, ``data_key_id``."""

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
    data_key_id: int | None
    sealed_as: str | None


def rows(model: type[Model], kind: str, about: str, *, words: str = "note", **whose: Any) -> QuerySet:
    """The rows of a history (or of notes, whose words lie in the column ``words``) in the columns of ``Row``."""
    found = model._default_manager.filter(**whose).order_by().annotate(kind=Value(kind, CharField()))
    absent = [name for name in ("from_status", "to_status", "reason", "actor") if not hasattr(model, name)]
    found = found.annotate(**{name: Value("", CharField()) for name in absent})
    return found.values_list(*({"about": about, "note": words}.get(name, name) for name in _COLUMNS))


class Opener:
    """Opens the words of rows, each with the key it was sealed under; ``known`` keys need no query."""

    def __init__(self, rows: list[Row], *, known: DataKey) -> None:
        self._keys: Mapping[int, DataKey] = {known.pk: known}
        others = {row.data_key_id for row in rows if row.sealed and row.data_key_id} - {known.pk}
        if others:  # a case that was joined with another keeps rows of another key
            self._keys = {**self._keys, **DataKey.objects.in_bulk(others)}

    def words(self, model: type[Model], field: str, row: Row) -> str:
        if not row.sealed or row.data_key_id is None:
            return ""
        key = self._keys[row.data_key_id]
        return getattr(model(**{field: row.sealed}, data_key=key, sealed_as=row.sealed_as), field)


def of_referral(referral: Referral, *, result_is_told: bool) -> list[Happening]:
    """What happened to one referral, newest first (decrypts what the centre wrote, where it may be told)."""
    history = sorted(
        (Row(*row) for row in rows(ReferralTransition, "referral", "subject_id", subject=referral)),
        key=lambda row: (row.at, row.key),
    )
    opener = Opener(history, known=referral.case.person.data_key)
    told_by = {referral.centre_id} if result_is_told else set()
    happened = [one for row in history for one in of_row(referral, row, told_by=told_by, opener=opener)]
    happened += follow_up(referral)
    return [replace(one, url="") for one in reversed(happened)]  # the page is that of the referral itself


def of_row(referral: Referral, step: Row, *, told_by: set[int], opener: Opener) -> Iterator[Happening]:
    """What a row of the referral's history says; ``told_by``: the centres whose result the desk may hear, by key."""
    is_told = referral.centre_id in told_by
    code, _label = told_as(step.to_status, result_is_told=is_told)
    url = reverse("desk:referral", args=[referral.public_id])
    by = step.member or NAMES_OF_NOBODY[step.actor]
    if step.actor == Actor.CENTRE_REPLY:
        by = format_lazy(_("{name}（返事の書きとり）"), name=by)
    centre = referral.centre.name
    if step.from_status == step.to_status:
        yield Happening(step.at, format_lazy(str(_DONE.get(step.reason, UNKNOWN)), centre=centre), by, url=url)
    elif code == ReferralStatus.SENT and step.reason != CORRECTED_REASON:
        row = REFERRAL[ReferralStatus.SENT]
        words = row.happened_on_paper if referral.way == Way.TELEPHONE else row.happened
        sent = format_lazy(str(words), centre=centre, way=word(Way, referral.way))
        yield Happening(step.at, sent, by, url=url)
    elif code == "answered" and step.to_status != ReferralStatus.ACCEPTED:
        return  # that an answer came has been said; what came of it is not told
    else:
        words = format_lazy(_happened(code, step), centre=centre, detail=_detail(step, is_told=is_told))
        note = opener.words(ReferralTransition, "note", step) if is_told or _is_of_the_desk(step) else ""
        yield Happening(step.at, words, by, note=note, url=url)


def _is_of_the_desk(step: Row) -> bool:
    """Whether the words are the desk's own about its own mistake, which no consent to hear a result is about."""
    corrected = step.reason == CORRECTED_REASON and step.actor == Actor.CENTRE_REPLY
    return corrected or step.to_status == ReferralStatus.ENTERED_IN_ERROR


def _happened(code: str, step: Row) -> str:
    if step.reason == CORRECTED_REASON:
        return str(CORRECTED)
    if step.reason == CONSENT_VOIDED:
        return str(MISTAKES["consent"].happened)
    if code == ANSWERED[0]:
        return str(ANSWER_CAME)
    row = REFERRAL.get(code)
    return str(row.happened if row else UNKNOWN)


def _detail(step: Row, *, is_told: bool) -> Words:
    if step.to_status == ReferralStatus.CLOSED:
        return word(Outcome, step.reason)
    if step.to_status == ReferralStatus.DECLINED and (is_told or step.reason in REASONS_ABOUT_THE_REFERRAL):
        return word(DeclineReason, step.reason)
    return _("理由は、結果を聞く同意がないため出していません")


def of_consent(entry: ConsentEntry) -> Happening:
    worded: dict[tuple[str, bool], Words] = {
        (Purpose.TELL_CENTRE, True): _("{centre}に伝える同意を受けました（{way}）"),
        (Purpose.TELL_CENTRE, False): _("{centre}に伝える同意の撤回を受けました（{way}）"),
        (Purpose.HEAR_RESULT, True): _("{centre}から結果を聞く同意を受けました（{way}）"),
        (Purpose.HEAR_RESULT, False): _("{centre}から結果を聞く同意の撤回を受けました（{way}）"),
    }
    if entry.voids:
        worded = _TAKEN_BACK
    words = worded.get((entry.purpose, entry.voids.given if entry.voids else entry.given), UNKNOWN)
    by = entry.recorded_by.name if entry.recorded_by else NAMES_OF_NOBODY[Actor.PERSON]
    return Happening(
        entry.at, format_lazy(str(words), centre=entry.recipient.name, way=entry.get_channel_display()), by
    )


def follow_up(referral: Referral) -> Iterator[Happening]:
    """What members did about a referral as it stands now; what they had done before stands in its history."""
    url = reverse("desk:referral", args=[referral.public_id])
    if referral.followed_up_at and referral.followed_up_by:
        took_up = format_lazy(str(_DONE[FOLLOWED_UP]), centre=referral.centre.name)
        yield Happening(referral.followed_up_at, took_up, referral.followed_up_by.name, url=url)
    if referral.told_at and referral.told_by:
        words = _DONE[what_was_told(referral)]
        told = format_lazy(str(words), centre=referral.centre.name)
        yield Happening(referral.told_at, told, referral.told_by.name, url=url)
