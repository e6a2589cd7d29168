"""The one function that moves a referral, and what every answer of a centre has to pass first."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import clock, history
from foundation.errors import DomainError, NotAllowed
from foundation.models import Actor
from foundation.work import outbox
from organisations.models import Member
from organisations.roles import Permission
from referrals.handoff import done, notice_table, since, taken_back, visibility
from referrals.models import Referral, ReferralTransition
from referrals.models.referral import Way
from referrals.rules import check_may
from referrals.states import (
    REFERRAL_CORRECTIONS,
    REFERRAL_LIVE,
    REFERRAL_TAKEN_UP,
    REFERRAL_TRANSITIONS,
    ReferralStatus,
)  # fmt: skip

NOT_FOLLOWED_UP: dict[str, Any] = {"followed_up_at": None, "followed_up_by": None}


def move(
    referral: Referral,
    to: str,
    *,
    by: Member | None,
    seen: int | None = None,
    actor: str = Actor.MEMBER,
    reason: str = "",
    table: Mapping[str, Collection[str]] = REFERRAL_TRANSITIONS,
    **changes: Any,
) -> None:
    """Move ``referral`` to the status ``to`` with its history row and the notices that the table names.

    ``table`` is that of late answers or of corrections where the verb is one. Inside the transaction of the verb.
    Raises what ``history.move`` raises.
    """
    if seen is not None and seen != referral.version:
        check_newest(referral, seen)
    history.check_step(referral, to=to, table=table)  # before anything is kept
    if to in REFERRAL_LIVE:
        # It lives, or lives again on a consent given since; what the centre had to be told of is no longer so. That
        # somebody withdrew is no new version, so that what the instance knows of it may be old.
        changes |= {"withdrawn_at": None, "narrowed": False, "must_be_told": False, "told_at": None, "told_by": None}
        changes |= {"never_left": False, "mistake": ""}
    elif referral.never_left and (changes.get("viewed_at") or changes.get("answered_at")):
        changes |= {"never_left": False, "told_at": None, "told_by": None}  # the centre has it after all
    if referral.status == ReferralStatus.ON_HOLD:
        changes.setdefault("on_hold_until", None)
    done.keep(referral, changes)
    history.move(
        referral,
        to=to,
        table=table,
        history=ReferralTransition,
        by=by,
        actor=actor,
        seen=seen,
        reason=reason,
        **changes,
    )
    for kind in notice_table.due(referral, to=to, actor=actor, corrects=table is REFERRAL_CORRECTIONS):
        outbox.enqueue(kind, subject=referral.public_id)


def check_newest(referral: Referral, seen: int) -> None:
    """Raise Conflict when somebody moved it on since: the way it has come would no longer fit what is asked."""
    newer = since.changed_since(referral, seen)
    if newer:
        raise newer


def check_centre(referral: Referral, by: Member) -> None:
    if not by.can(Permission.ANSWER_REFERRALS, referral.centre):
        raise NotAllowed(_("このつなぎに答える役割がありません。"))


def check_may_answer(referral: Referral, by: Member) -> str:
    """Raise NotAllowed unless ``by`` may record what the centre does; returns as whom it is recorded."""
    if referral.way == Way.TELEPHONE:
        check_may(by, Permission.HAND_OFF, referral.case)
        return Actor.CENTRE_REPLY
    check_centre(referral, by)
    return Actor.MEMBER


def due_from(sent: datetime) -> date:
    """The day by which a centre answers what it was sent at that moment."""
    return clock.tokyo_date(sent) + timedelta(days=settings.REFERRAL_ANSWER_DAYS)


def check_consent(referral: Referral) -> None:
    if visibility.consent_stands(referral):
        return
    if referral.mistake:
        raise NotAllowed(_("フードバンクの記録のまちがいで止めたつなぎです。つづけるときは、あらためてつなぎます。"))
    if referral.narrowed:
        raise NotAllowed(
            _(
                "本人が、伝える内容をへらして同意しなおしました。前の内容では続けられません。あらためてつないでください。"
            )
        )
    raise NotAllowed(
        _("本人が同意をとりやめました。本人への連絡はしないでください。印刷した内容があれば、破棄してください。")
    )


def check_result_may_be_told(referral: Referral) -> None:
    """Raise NotAllowed where staff would write down what the person hasn't agreed that the centre tells."""
    if not visibility.result_may_be_told(referral):
        raise NotAllowed(
            _("結果を聞く同意がないので、くわしい内容は書きとれません。本人に確認して、同意を記録してください。")
        )


def needs_words(chosen: str, note: str) -> None:
    if chosen == "other" and not note.strip():
        raise DomainError(_("「その他」のときは、理由を書いてください。"))


def check_may_live_again(referral: Referral, *, to: str, refused: Promise = taken_back.OVER) -> None:
    """Refuse where it would live without consent, beside another to its centre, or begin anew in a case taken back.

    In such a case an outcome may be put right, of a centre that had taken it up (``to`` is where it goes back to);
    whoever would begin anew is told ``refused``.
    """
    check_consent(referral)
    if to not in REFERRAL_TAKEN_UP:
        taken_back.check_may_be_handed_on(referral, refused=refused)
    if referral.case.referrals.live().filter(centre=referral.centre).exclude(pk=referral.pk).exists():
        raise DomainError(_("この機関へのつなぎを、もう一度送ってあります。そちらで続けてください。"))
