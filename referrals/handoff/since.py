"""Who was first with a referral: who moved it on since it was seen, told its centre, took it up, or told the person."""

from django.utils.translation import gettext_lazy as _

from foundation import history
from foundation.errors import Conflict
from referrals.handoff import done
from referrals.models import Referral, ReferralTransition
from referrals.states import FOLLOWED_UP, NEVER_LEFT, PERSON_TOLD, TOLD


def changed_since(referral: Referral, seen: int) -> Conflict | None:
    """Who moved it on since the version ``seen``, or else did the last thing that moved nothing; reads it anew.

    None where nobody did anything that makes a new version.
    """
    moved = history.changed_since(referral, seen)
    if moved is None:
        return None
    standing = _standing(referral)
    acts = [one for one in (_took_up(standing), _told(standing), _told_person(standing)) if one and one.at]
    after = [one for one in acts if moved.at is None or (one.at and one.at > moved.at)]
    # Each of them raised the version by one: what they don't account for was a move.
    if not after or standing.version - seen > len(after):
        return moved
    return max(after, key=lambda one: one.at.timestamp() if one.at else 0)


def followed_up_since(referral: Referral, seen: int) -> Conflict | None:
    """Who took the referral up, or moved it on, since the version ``seen``; None where nobody did."""
    newer = changed_since(referral, seen)
    return newer and (_took_up(_standing(referral)) or newer)


def told_since(referral: Referral, seen: int) -> Conflict | None:
    """Who told the centre, or moved the referral on, since the version ``seen``; None where nobody did."""
    newer = changed_since(referral, seen)
    return newer and (_told(_standing(referral)) or done.found_in_error(referral) or newer)


def person_told_since(referral: Referral, seen: int) -> Conflict | None:
    """Who told the person, or moved the referral on, since the version ``seen``; None where nobody did."""
    newer = changed_since(referral, seen)
    return newer and (_told_person(referral) or newer)


def taken_up(referral: Referral) -> Conflict | None:
    """Who took it up, as it stands now, whether by a click or by sending the person to another centre."""
    return _took_up(_standing(referral))


def told(referral: Referral) -> Conflict | None:
    """Who told the centre, as it stands now."""
    return _told(_standing(referral))


def _standing(referral: Referral) -> Referral:
    return Referral.objects.select_related("followed_up_by", "told_by").get(pk=referral.pk)


def _took_up(standing: Referral) -> Conflict | None:
    if standing.followed_up_at is None:
        return None
    return Conflict(
        who=str(standing.followed_up_by), what=_("対応済み"), at=standing.followed_up_at,
        to=FOLLOWED_UP, by_id=standing.followed_up_by_id,
    )  # fmt: skip


def _told(standing: Referral) -> Conflict | None:
    if standing.told_at is None:
        return None
    return Conflict(
        who=str(standing.told_by), at=standing.told_at, by_id=standing.told_by_id,
        what=_("渡す前に紙を破棄") if standing.never_left else _("窓口に連絡済み"),
        to=NEVER_LEFT if standing.never_left else TOLD,
    )  # fmt: skip


def _told_person(referral: Referral) -> Conflict | None:
    last = ReferralTransition.objects.filter(subject=referral).select_related("by").order_by("pk").last()
    if last is None or last.reason != PERSON_TOLD:
        return None
    return Conflict(who=str(last.by), what=_("本人に伝えなおし済み"), at=last.at, to=PERSON_TOLD, by_id=last.by_id)
