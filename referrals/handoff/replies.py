"""What staff write down of a referral: a reply, that one which came back was taken up, what was entered in error."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.errors import DomainError, NotAllowed
from foundation.models import Actor
from organisations.models import Member
from organisations.roles import Permission
from referrals import notes
from referrals.handoff import since, steps, taken_back, visibility
from referrals.handoff.answering import close_with, decline_with
from referrals.handoff.moving import (
    check_consent,
    check_may_answer,
    check_newest,
    check_result_may_be_told,
    due_from,
    move,
)  # fmt: skip
from referrals.locks import hold_referral
from referrals.models import Referral, ReferralTransition
from referrals.models.referral import Way
from referrals.outcomes import REASONS_ABOUT_THE_REFERRAL
from referrals.rules import check_may
from referrals.states import (
    CORRECTED_REASON,
    REFERRAL_AWAITING,
    REFERRAL_CORRECTIONS,
    REFERRAL_LATE_ANSWERS,
    REFERRAL_LIVE,
    REFERRAL_RETURNED,
    REFERRAL_TRANSITIONS,
    ReferralStatus,
)

S = ReferralStatus
# What staff may write down from a slip or the telephone beside a refusal or an outcome, and the time it sets.
TIME_OF_REPLY: dict[str, str] = {S.VIEWED: "viewed_at", S.ACCEPTED: "answered_at", S.CONTACTED: "contacted_at"}
# What an answer had set, as it was before: taken back together with the answer.
_AS_BEFORE: dict[str, dict[str, Any]] = {
    S.ACCEPTED: {"answered_at": None},
    S.DECLINED: {"answered_at": None, "decline_reason": ""},
    S.CONTACTED: {"contacted_at": None},
    S.CLOSED: {"closed_at": None, "outcome": ""},
    S.HANDED_OVER: {},
}
_NOT_FOLLOWED_UP: dict[str, Any] = {"followed_up_at": None, "followed_up_by": None}


@transaction.atomic
def record_reply(
    *,
    referral: Referral,
    to: str,
    by: Member,
    seen: int,
    reason: str = "",
    outcome: str = "",
    note: str = "",
    replied_on: date | None = None,
) -> None:
    """Staff write down what a centre answered by telephone or reply slip, in time or after the answer was overdue.

    ``replied_on`` is the day of the answer, today where it isn't given; when it was written down stands in the
    history. A centre that works in the portal answers there; by telephone only what it can't answer there any more.
    """
    check_may(by, Permission.HAND_OFF, referral.case)
    hold_referral(referral)
    check_newest(referral, seen)
    at = _moment_of(referral, replied_on)
    late = referral.status == S.EXPIRED
    if referral.way != Way.TELEPHONE and not late:
        raise DomainError(_("この機関はつなぎ画面で答えます。電話で聞いたことはメモに書いてください。"))
    if _tells_of_the_person(to, reason, note):
        check_result_may_be_told(referral)
    if referral.status == S.ON_HOLD and to not in (S.CLOSED, S.HANDED_OVER):
        raise NotAllowed()
    table = REFERRAL_LATE_ANSWERS if late else REFERRAL_TRANSITIONS
    said: dict[str, Any] = {"note": note.strip(), "by": by, "seen": seen, "actor": Actor.CENTRE_REPLY}
    if to == S.DECLINED:
        decline_with(referral, reason=reason, table=table, at=at, **said)
    elif to == S.CLOSED:
        close_with(referral, outcome=outcome, at=at, **said)
    elif to == S.HANDED_OVER:
        _end_as_handed_over(referral, table=table, at=at, by=by, seen=seen)
    elif late and to == S.ACCEPTED:
        _check_may_live_again(referral)
        viewed_at = referral.viewed_at or at
        move(referral, to, table=table, viewed_at=viewed_at, answered_at=at, **_NOT_FOLLOWED_UP, **said)
    elif to in TIME_OF_REPLY:
        said[TIME_OF_REPLY[to]] = at
        move(referral, to, **said)
    else:
        raise DomainError(_("返事を選んでください。"))


def _end_as_handed_over(
    referral: Referral, *, table: Mapping[str, Collection[str]], at: datetime, by: Member, seen: int
) -> None:
    """The centre has the person by now, and tells nothing more, as was agreed: the desk knows it, nobody answered."""
    if referral.way != Way.TELEPHONE:
        raise NotAllowed(_("この機関はつなぎ画面で答えるので、窓口がつなぎを終えます。"))
    if visibility.result_may_be_told(referral):
        raise NotAllowed(_("本人は、結果を聞くことに同意しています。窓口に結果をたしかめて、記録してください。"))
    check_consent(referral)
    move(
        referral, S.HANDED_OVER, table=table, by=by, seen=seen,
        viewed_at=referral.viewed_at or at, **_NOT_FOLLOWED_UP,
    )  # fmt: skip


def _moment_of(referral: Referral, day: date | None) -> datetime:
    """When a reply of ``day`` came: now for today's; for an earlier day the moment that tells the day alone.

    Raises DomainError for a day to come, for one before the referral left the desk, and for one before what is known
    of the referral since.
    """
    if day is None or day == clock.today():
        return clock.now()
    if day > clock.today():
        raise DomainError(_("返事のあった日が、今日よりあとになっています。たしかめてください。"))
    if referral.sent_at is None or day < clock.tokyo_date(referral.sent_at):
        raise DomainError(_("返事のあった日が、つないだ日より前になっています。たしかめてください。"))
    known = (referral.viewed_at, referral.answered_at, referral.contacted_at)
    latest = max((clock.tokyo_date(at) for at in known if at), default=day)
    if day < latest:
        raise DomainError(
            format_lazy(
                _("返事のあった日が、その前の返事の日（{day}）より前になっています。たしかめてください。"),
                day=date_format(latest, "DATE_FORMAT"),
            )
        )
    return clock.day_alone(day)


def day_of_reply(referral: Referral) -> date | None:
    """The day of the reply by which it stands where it does; None where it stands there by none."""
    times: dict[str, str] = {**TIME_OF_REPLY, S.DECLINED: "answered_at", S.CLOSED: "closed_at"}
    at = getattr(referral, times.get(referral.status, ""), None)
    return clock.tokyo_date(at) if at else None


def _tells_of_the_person(to: str, reason: str, note: str) -> bool:
    """Whether an answer says more than that it came: what became of the person, or why not because of them."""
    declined_for_the_person = to == S.DECLINED and reason not in REASONS_ABOUT_THE_REFERRAL
    return bool(note.strip()) or to in (S.CONTACTED, S.CLOSED) or declined_for_the_person


@transaction.atomic
def follow_up(*, referral: Referral, note: str, by: Member, seen: int) -> None:
    """The desk has taken up a referral that came back; ``note`` says how."""
    check_may(by, Permission.HAND_OFF, referral.case)
    hold_referral(referral)
    first = since.followed_up_since(referral, seen) or since.taken_up(referral)
    if first:
        raise first
    heard = referral.status != S.CLOSED or visibility.result_may_be_told(referral)
    if not (referral.came_back and heard):
        raise NotAllowed(_("このつなぎに、いま対応することはありません。"))
    notes.write_note(case=referral.case, text=note, by=by)
    Referral.objects.filter(pk=referral.pk).update(followed_up_at=clock.now(), followed_up_by=by, version=seen + 1)


@transaction.atomic
def record_told(*, referral: Referral, note: str, by: Member, seen: int, had_left: bool = True) -> None:
    """A member told the centre, which no mail reaches, what it has to stop and to destroy; ``note`` says how.

    Not ``had_left``: the sheet was still in the house and is destroyed there, so that nobody has to be told. Raises
    DomainError where the centre has said that it got it.
    """
    check_may(by, Permission.HAND_OFF, referral.case)
    hold_referral(referral)
    first = since.told_since(referral, seen) or since.told(referral)
    if first:
        raise first
    if not referral.must_be_told:
        raise NotAllowed(_("このつなぎに、いま対応することはありません。"))
    if not had_left and not referral.may_not_have_left:
        raise DomainError(_("この紙は窓口が受けとっています。窓口に電話で伝えて、記録してください。"))
    notes.write_note(case=referral.case, text=note, by=by)
    told = {"told_at": clock.now(), "told_by": by, "never_left": not had_left}
    Referral.objects.filter(pk=referral.pk).update(version=seen + 1, **told)


@transaction.atomic
def correct_reply(*, referral: Referral, why: str, by: Member, seen: int) -> None:
    """Take back the last answer, which was entered in error; the right one is then given as any other.

    Whoever may give the answer may take it back: the centre in its portal, staff where they wrote it down. Both steps
    stay in the history, the second with the reason. Raises DomainError without a reason, and where the referral
    would live again beside another to the same centre or without consent.
    """
    hold_referral(referral)
    way = steps.standing(referral)
    actor = _check_may_take_back(referral, by, way)
    check_newest(referral, seen)
    if not why.strip():
        raise DomainError(_("どこがまちがいだったかを書いてください。"))
    if referral.status not in REFERRAL_CORRECTIONS:
        raise NotAllowed()
    before = [step.to_status for step in way[:-1]]
    if referral.status not in REFERRAL_LIVE and before[-1] in REFERRAL_LIVE:
        _check_may_live_again(referral)
    changes = {**_AS_BEFORE[referral.status], **_as_it_waits_again(referral, before)}
    move(
        referral,
        before[-1],
        by=by,
        seen=seen,
        actor=actor,
        reason=CORRECTED_REASON,
        note=why.strip(),
        table=REFERRAL_CORRECTIONS,
        **changes,
    )


def _as_it_waits_again(referral: Referral, before: list[str]) -> dict[str, Any]:
    """What else goes back with an answer, for a referral that has come the way ``before``."""
    changes: dict[str, Any] = {}
    if before[-1] not in REFERRAL_RETURNED:
        changes |= _NOT_FOLLOWED_UP
    if S.VIEWED not in before:
        changes["viewed_at"] = None  # it was the answer that told of it
    if before[-1] == S.ON_HOLD:
        changes["on_hold_until"] = clock.today()  # the day may be over: it is looked at anew
    if before[-1] in REFERRAL_AWAITING:
        changes["due_on"] = due_from(clock.now())  # the right answer needs its time too
    return changes


def may_be_taken_back(referral: Referral, by: Member, *, stands: bool) -> bool:
    """Whether there is an answer that ``by`` may take back; what lives again needs a consent that ``stands``."""
    way = steps.standing(referral)  # asked of every referral, so that each page takes the same queries
    before = way[-2].to_status if len(way) > 1 else ""
    if before not in REFERRAL_CORRECTIONS.get(referral.status, ()):
        return False
    if before in REFERRAL_LIVE and not stands:
        return False
    try:
        _check_may_take_back(referral, by, way)
    except NotAllowed:
        return False
    return True


def _check_may_take_back(referral: Referral, by: Member, way: Sequence[ReferralTransition]) -> str:
    """Raise NotAllowed unless ``by`` may take back the last answer of ``way``; returns as whom it is recorded."""
    if way and way[-1].actor == Actor.CENTRE_REPLY:
        check_may(by, Permission.HAND_OFF, referral.case)
        return Actor.CENTRE_REPLY
    return check_may_answer(referral, by)


def _check_may_live_again(referral: Referral) -> None:
    """Refuse where the referral would live without consent, in a case taken back, or beside another to its centre."""
    check_consent(referral)
    taken_back.check_may_be_handed_on(referral.case, to=referral.centre)
    if referral.case.referrals.live().filter(centre=referral.centre).exclude(pk=referral.pk).exists():
        raise DomainError(_("この機関へのつなぎを、もう一度送ってあります。そちらで続けてください。"))
