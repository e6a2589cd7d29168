"""What staff write down of a referral: a reply, that one which came back was taken up, that the centre was told."""

from collections.abc import Collection, Mapping
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
from referrals.handoff import since, visibility
from referrals.handoff.answering import close_with, decline_with
from referrals.handoff.moving import (
    NOT_FOLLOWED_UP,
    check_consent,
    check_may_live_again,
    check_newest,
    check_result_may_be_told,
    move,
)  # fmt: skip
from referrals.locks import hold_referral
from referrals.models import Referral
from referrals.models.referral import Way
from referrals.outcomes import REASONS_ABOUT_THE_REFERRAL
from referrals.rules import check_may
from referrals.states import (
    REFERRAL_LATE_ANSWERS,
    REFERRAL_TRANSITIONS,
    ReferralStatus,
)

S = ReferralStatus
# What staff may write down from a slip or the telephone beside a refusal or an outcome, and the time it sets.
TIME_OF_REPLY: dict[str, str] = {S.VIEWED: "viewed_at", S.ACCEPTED: "answered_at", S.CONTACTED: "contacted_at"}


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
        check_may_live_again(referral, to=referral.status)
        viewed_at = referral.viewed_at or at
        move(referral, to, table=table, viewed_at=viewed_at, answered_at=at, **NOT_FOLLOWED_UP, **said)
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
        viewed_at=referral.viewed_at or at, **NOT_FOLLOWED_UP,
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
