"""Hand-offs: send a referral, and everything that comes back, until an outcome."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock, history, outbox
from foundation.errors import Conflict, DomainError, NotAllowed
from organisations.models import Member, Organisation
from organisations.roles import Permission
from referrals import notes
from referrals.handoff import packet, routing, visibility
from referrals.locks import lock
from referrals.models import Case, CaseTransition, ConsentEntry, Person, Referral, ReferralTransition
from referrals.models.referral import Way
from referrals.rules import check_may
from referrals.states import (
    CENTRE_DECLINE_REASONS,
    REASONS_ABOUT_THE_REFERRAL,
    REFERRAL_RETURNED,
    REFERRAL_TRANSITIONS,
    CaseStatus,
    DeclineReason,
    Outcome,
    ReferralStatus,
)  # fmt: skip

PORTAL_ENTRY, CENTRE_NOTICE, ANSWER_NOTICE, REVOKED_NOTICE, TELLING_NOTICE = (
    "portal_entry", "centre_notice", "answer_notice", "revoked_notice", "telling_notice",
)  # fmt: skip
FOLLOWED_UP = "followed_up"
S = ReferralStatus
# What staff may write down from a slip or the telephone beside a refusal or an outcome, and the time it sets.
TIME_OF_REPLY: dict[str, str] = {S.VIEWED: "viewed_at", S.ACCEPTED: "answered_at", S.CONTACTED: "contacted_at"}


@transaction.atomic
def send(
    *, case: Case, centre: Organisation, way: str, by: Member, seen: int, previewed: str | None = None
) -> Referral:
    """Send ``case`` to ``centre`` with exactly the fields of the live consent; ``seen`` is its version.

    ``previewed`` is the fingerprint of the packet the sender looked at. Raises NotAllowed without a live
    consent naming the centre; DomainError when the centre doesn't serve the place, doesn't use the portal or
    already has a live referral of this case, when the case was taken back, or the packet is another by now.
    """
    check_may(by, Permission.HAND_OFF, case)
    lock(case.person)
    case = Case.objects.for_handing_off().get(pk=case.pk)  # as it stands now that nobody else can change it
    history.check_seen(case, seen=seen, history=CaseTransition)
    consent = _consent_to_send(case, centre, way)
    if previewed is not None and previewed != packet.fingerprint(packet.preview(case, consent)):
        raise DomainError(_("窓口に伝える内容がかわりました。下の内容をもう一度たしかめてから送ってください。"))
    now = clock.now()
    case.referrals.returned().update(followed_up_at=now, followed_up_by=by)
    referral = Referral.objects.create(
        case=case, centre=centre, data_key=case.person.data_key, way=way, created_by=by, created_at=now
    )
    packet.freeze(referral=referral, consent=consent, by=by)
    due_on = clock.tokyo_date(now) + timedelta(days=settings.REFERRAL_ANSWER_DAYS)
    _move(referral, S.SENT, by=by, sent_at=now, due_on=due_on)
    if way == Way.PORTAL:
        outbox.enqueue(PORTAL_ENTRY, subject=referral.public_id)
        if centre.can_be_mailed:
            outbox.enqueue(CENTRE_NOTICE, subject=referral.public_id)
    return referral


def _consent_to_send(case: Case, centre: Organisation, way: str) -> ConsentEntry:
    """The live consent that lets ``case`` go to ``centre``; raises where anything stands against it."""
    choice = next((c for c in routing.choices(case) if c.centre.pk == centre.pk), None)
    if choice is None:
        raise DomainError(_("この機関は、お住まいの地域を担当していません。担当の機関を選んでください。"))
    if choice.consent is None:
        raise NotAllowed(_("この機関に伝える同意がありません。本人に確認して、同意を記録してください。"))
    if case.status in (CaseStatus.WITHDRAWN, CaseStatus.DUPLICATE):
        raise NotAllowed(_("取下げ・重複のケースからは、つなげません。"))
    if way not in Way:
        raise DomainError(_("送り方を選んでください。"))
    if way == Way.PORTAL and not centre.uses_portal:
        raise DomainError(_("この機関はつなぎ画面を使っていません。電話と紙で送ってください。"))
    if case.referrals.live().filter(centre=centre).exists():
        raise DomainError(_("この機関へのつなぎは、もう送ってあります。"))
    return choice.consent


@transaction.atomic
def open_and_read(*, referral: Referral, by: Member) -> None:
    """The centre's "open and read"; opening again changes nothing."""
    _check_centre(referral, by)
    _check_consent(referral)
    if referral.status == S.SENT:
        _move(referral, S.VIEWED, by=by, viewed_at=clock.now())


@transaction.atomic
def accept(*, referral: Referral, by: Member, seen: int) -> None:
    """The centre takes the person on."""
    _check_centre(referral, by)
    _check_consent(referral)
    _check_opened(referral)
    _move(referral, S.ACCEPTED, by=by, seen=seen, answered_at=clock.now())
    _tell_desk(referral)


@transaction.atomic
def decline(*, referral: Referral, reason: str, by: Member, seen: int, note: str = "") -> None:
    """The centre can't take the person on; the desk has the ball again, with the reason."""
    _check_centre(referral, by)
    _check_opened(referral)
    if reason not in CENTRE_DECLINE_REASONS:
        raise DomainError(_("受けられない理由を選んでください。"))
    _decline(referral, reason=reason, note=note, by=by, seen=seen)
    _tell_desk(referral)


@transaction.atomic
def note_first_contact(*, referral: Referral, by: Member, seen: int) -> None:
    """The centre has spoken with the person for the first time."""
    _check_centre(referral, by)
    _check_consent(referral)
    _move(referral, S.CONTACTED, by=by, seen=seen, contacted_at=clock.now())
    _tell_desk(referral)


@transaction.atomic
def close(*, referral: Referral, outcome: str, by: Member, seen: int, note: str = "") -> None:
    """The centre says what came of it; no close without an outcome."""
    _check_centre(referral, by)
    _close(referral, outcome=outcome, note=note, by=by, seen=seen)
    _tell_desk(referral)


@transaction.atomic
def record_reply(
    *, referral: Referral, to: str, by: Member, seen: int, reason: str = "", outcome: str = "", note: str = ""
) -> None:
    """Staff write down what a centre without the portal answered by telephone or reply slip."""
    check_may(by, Permission.HAND_OFF, referral.case)
    if referral.way != Way.TELEPHONE:
        raise DomainError(_("この機関はつなぎ画面で答えます。電話で聞いたことはメモに書いてください。"))
    tells_of_the_person = bool(note.strip()) or to in (S.CONTACTED, S.CLOSED)
    if to == S.DECLINED:
        tells_of_the_person |= reason not in REASONS_ABOUT_THE_REFERRAL
    if tells_of_the_person and not visibility.result_may_be_told(referral):
        raise NotAllowed(
            _("結果を聞く同意がないので、くわしい内容は書きとれません。本人に確認して、同意を記録してください。")
        )
    if to == S.DECLINED:
        _decline(referral, reason=reason, note=note, by=by, seen=seen, actor="centre_reply")
    elif to == S.CLOSED:
        _close(referral, outcome=outcome, note=note, by=by, seen=seen, actor="centre_reply")
    elif to in TIME_OF_REPLY:
        when: dict[str, Any] = {TIME_OF_REPLY[to]: clock.now()}
        _move(referral, to, by=by, seen=seen, actor="centre_reply", note=note.strip(), **when)
    else:
        raise DomainError(_("返事を選んでください。"))


@transaction.atomic
def follow_up(*, referral: Referral, note: str, by: Member, seen: int) -> None:
    """The desk has taken up a referral that came back, or told the centre of a withdrawal; ``note`` says how."""
    check_may(by, Permission.HAND_OFF, referral.case)
    if referral.status not in REFERRAL_RETURNED and not referral.must_be_told:
        raise NotAllowed(_("このつなぎに、いま対応することはありません。"))
    notes.write_note(case=referral.case, text=note, by=by)
    now = clock.now()
    waiting = Referral.objects.returned() | Referral.objects.to_be_told()
    seen_now = waiting.filter(pk=referral.pk, version=seen)
    if seen_now.update(followed_up_at=now, followed_up_by=by, version=seen + 1) != 1:
        standing = Referral.objects.select_related("followed_up_by").get(pk=referral.pk)
        raise Conflict(
            who=str(standing.followed_up_by), what=_("対応済み"), at=standing.followed_up_at,
            to=FOLLOWED_UP, by_id=standing.followed_up_by_id,
        )  # fmt: skip


@transaction.atomic
def revoke_towards(*, person: Person, centre: Organisation, by: Member | None) -> None:
    """Revoke the person's live referrals to ``centre``, since consent was withdrawn; the centre is told.

    By mail where it works in the portal and can be mailed; else a member has to tell it, which stays to be
    done until they have recorded it (``follow_up``).
    """
    live = Referral.objects.live().filter(case__person=person, centre=centre)
    # Held, so that an answer given in this very moment can't make the withdrawal fail.
    for referral in live.select_for_update(of=("self",)):
        mailed = referral.way == Way.PORTAL and centre.can_be_mailed
        _move(referral, S.REVOKED, by=by, actor="member" if by else "person", must_be_told=not mailed)
        outbox.enqueue(REVOKED_NOTICE if mailed else TELLING_NOTICE, subject=referral.public_id)


@transaction.atomic
def expire(*, referral: Referral) -> None:
    """No answer by the due date: the referral returns to the desk."""
    _move(referral, S.EXPIRED, by=None, actor="clock")
    _tell_desk(referral)


def _decline(referral: Referral, *, reason: str, note: str, by: Member, seen: int, actor: str = "member") -> None:
    if reason not in DeclineReason:
        raise DomainError(_("受けられない理由を選んでください。"))
    _needs_words(reason, note)
    _move(
        referral, S.DECLINED, by=by, seen=seen, actor=actor, reason=reason,
        decline_reason=reason, answered_at=clock.now(), note=note.strip(),
    )  # fmt: skip


def _close(referral: Referral, *, outcome: str, note: str, by: Member, seen: int, actor: str = "member") -> None:
    if outcome not in Outcome:
        raise DomainError(_("結果を選んでください。結果がないまま終えることはできません。"))
    _needs_words(outcome, note)
    _move(
        referral, S.CLOSED, by=by, seen=seen, actor=actor, reason=outcome,
        outcome=outcome, closed_at=clock.now(), note=note.strip(),
    )  # fmt: skip


def _needs_words(chosen: str, note: str) -> None:
    if chosen == "other" and not note.strip():
        raise DomainError(_("「その他」のときは、理由を書いてください。"))


def _check_centre(referral: Referral, by: Member) -> None:
    if not by.can(Permission.ANSWER_REFERRALS, referral.centre):
        raise NotAllowed(_("このつなぎに答える役割がありません。"))


def _check_consent(referral: Referral) -> None:
    if not visibility.consent_stands(referral):
        raise NotAllowed(
            _("本人が同意をとりやめました。本人への連絡はしないでください。印刷した内容があれば、破棄してください。")
        )


def _check_opened(referral: Referral) -> None:
    if referral.viewed_at is None:
        raise NotAllowed(_("内容を開いて読んでから、返事をしてください。"))


def _tell_desk(referral: Referral) -> None:
    outbox.enqueue(ANSWER_NOTICE, subject=referral.public_id)


def _move(
    referral: Referral,
    to: str,
    *,
    by: Member | None,
    seen: int | None = None,
    actor: str = "member",
    reason: str = "",
    **changes,
) -> None:
    history.move(
        referral, to=to, table=REFERRAL_TRANSITIONS, history=ReferralTransition,
        by=by, actor=actor, seen=seen, reason=reason, **changes,
    )  # fmt: skip
