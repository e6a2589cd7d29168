"""The states of cases, parcels and referrals, which may follow which: tables, not code.

Their words stand in referrals.words. ``docs/states.md`` is drawn from these tables by ``manage.py draw_states``; checks
fail when it is stale.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from referrals.words import CASE, PARCEL, REFERRAL


class CaseStatus(models.TextChoices):
    RECEIVED = "received", CASE["received"].desk
    IN_REVIEW = "in_review", CASE["in_review"].desk
    APPROVED = "approved", CASE["approved"].desk
    PACKED = "packed", CASE["packed"].desk
    SENT = "sent", CASE["sent"].desk
    DELIVERED = "delivered", CASE["delivered"].desk
    CLOSED = "closed", CASE["closed"].desk
    DECLINED = "declined", CASE["declined"].desk
    WITHDRAWN = "withdrawn", CASE["withdrawn"].desk
    DUPLICATE = "duplicate", CASE["duplicate"].desk


_C = CaseStatus
# Each step is somebody's own, and no verb takes another's: what a desk decides before a box is packed,
CASE_DECISIONS: dict[str, frozenset[str]] = {
    _C.RECEIVED: frozenset({_C.IN_REVIEW, _C.APPROVED}),
    _C.IN_REVIEW: frozenset({_C.APPROVED}),
}
# how a case ends,
CASE_ENDINGS: dict[str, frozenset[str]] = {
    _C.RECEIVED: frozenset({_C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE}),
    _C.IN_REVIEW: frozenset({_C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE}),
    _C.APPROVED: frozenset({_C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE}),
    _C.PACKED: frozenset({_C.WITHDRAWN, _C.DUPLICATE}),
    _C.DELIVERED: frozenset({_C.CLOSED}),
}
# and where its parcel takes it along (CASE_WITH_PARCEL: the same by what happens to the parcel).
_CASE_ALONG: dict[str, frozenset[str]] = {
    _C.APPROVED: frozenset({_C.PACKED}),
    _C.PACKED: frozenset({_C.SENT, _C.APPROVED}),
    _C.SENT: frozenset({_C.DELIVERED, _C.APPROVED}),
}
CASE_TRANSITIONS: dict[str, frozenset[str]] = {
    status: frozenset().union(*(table.get(status, ()) for table in (CASE_DECISIONS, CASE_ENDINGS, _CASE_ALONG)))
    for status in _C
}
# What was pressed in error is taken back, with a reason. An end leads to where the case stood before; a duplicate that
# was none is read anew. A parcel takes its case along: one that hadn't come back is on its way.
CASE_CORRECTIONS: dict[str, frozenset[str]] = {
    _C.APPROVED: frozenset({_C.IN_REVIEW, _C.SENT}),
    _C.SENT: frozenset({_C.PACKED}),
    _C.DELIVERED: frozenset({_C.SENT}),
    _C.CLOSED: frozenset({_C.DELIVERED}),
    _C.DECLINED: frozenset({_C.RECEIVED, _C.IN_REVIEW, _C.APPROVED}),
    _C.WITHDRAWN: frozenset({_C.RECEIVED, _C.IN_REVIEW, _C.APPROVED, _C.PACKED}),
    _C.DUPLICATE: frozenset({_C.IN_REVIEW}),
}
CASE_ENDS = frozenset({_C.CLOSED, _C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE})
# Taken back, or somebody's second one: nothing is handed on from there.
CASE_WITHOUT_HAND_OFF = frozenset({_C.WITHDRAWN, _C.DUPLICATE})
# What was asked at the end of a case, in its step behind the reason, with a dot between them.
NOT_HANDED_ON = "not_handed_on"  # a consent stood that no referral had been sent on
HAND_OFF_GOES_ON = "hand_off_goes_on"  # the box alone is stopped


class EndReason(models.TextChoices):
    """Why a case ended; every end has one."""

    DELIVERED = "delivered", _("食品が届いた")
    OUTSIDE_AREA = "outside_area", _("対応地域の外")
    NO_STOCK = "no_stock", _("食品が足りない")
    TOO_SOON = "too_soon", _("前回の発送から間もない")
    CANNOT_REACH = "cannot_reach", _("連絡がとれない")
    NOT_NEEDED = "not_needed", _("本人が必要なくなった")
    SAME_APPLICATION = "same_application", _("同じ申込みがある")
    OTHER = "other", _("その他（メモに書く）")


END_REASONS: dict[str, tuple[EndReason, ...]] = {
    _C.CLOSED: (EndReason.DELIVERED, EndReason.OTHER),
    _C.DECLINED: (
        EndReason.OUTSIDE_AREA, EndReason.NO_STOCK, EndReason.TOO_SOON,
        EndReason.CANNOT_REACH, EndReason.OTHER,
    ),
    _C.WITHDRAWN: (EndReason.NOT_NEEDED, EndReason.OTHER),
    _C.DUPLICATE: (EndReason.SAME_APPLICATION,),
}  # fmt: skip


class ParcelStatus(models.TextChoices):
    PACKED = "packed", PARCEL["packed"].desk
    SENT = "sent", PARCEL["sent"].desk
    DELIVERED = "delivered", PARCEL["delivered"].desk
    RETURNED = "returned", PARCEL["returned"].desk
    TO_UNPACK = "to_unpack", PARCEL["to_unpack"].desk
    UNPACKED = "unpacked", PARCEL["unpacked"].desk


class ReturnReason(models.TextChoices):
    """Why a box came back."""

    NOBODY_THERE = "nobody_there", _("だれもいなかった")
    KEPT_TOO_LONG = "kept_too_long", _("保管の期限がすぎた")
    WRONG_ADDRESS = "wrong_address", _("あて先がちがう・見つからない")
    REFUSED = "refused", _("受けとりをことわられた")
    OTHER = "other", _("その他")


# Of a parcel's row that moves nothing: what a member decided about it, or put right of it.
SEND_AGAIN, PUT_RIGHT = "send_again", "put_right"

_P = ParcelStatus
PARCEL_TRANSITIONS: dict[str, frozenset[str]] = {
    _P.PACKED: frozenset({_P.SENT, _P.UNPACKED, _P.TO_UNPACK}),
    _P.SENT: frozenset({_P.DELIVERED, _P.RETURNED}),
    _P.DELIVERED: frozenset(),
    _P.RETURNED: frozenset(),
    _P.TO_UNPACK: frozenset({_P.UNPACKED}),  # its case has ended, and the box still stands in the storeroom
    _P.UNPACKED: frozenset(),
}
PARCEL_CORRECTIONS: dict[str, frozenset[str]] = {
    _P.SENT: frozenset({_P.PACKED}),
    _P.DELIVERED: frozenset({_P.SENT}),
    _P.RETURNED: frozenset({_P.SENT}),
    _P.TO_UNPACK: frozenset({_P.PACKED}),  # the end of its case was taken back before anybody unpacked it
}
# What becomes of the case when its parcel moves: one that came back or was unpacked is packed anew.
CASE_AFTER_PARCEL: dict[str, str] = {
    _P.PACKED: _C.PACKED,
    _P.SENT: _C.SENT,
    _P.DELIVERED: _C.DELIVERED,
    _P.RETURNED: _C.APPROVED,
    _P.UNPACKED: _C.APPROVED,
}
# The one step of the case that goes with it.
CASE_WITH_PARCEL: dict[str, dict[str, frozenset[str]]] = {
    to: {before: frozenset({CASE_AFTER_PARCEL[to]})}
    for to, before in (
        (_P.PACKED, _C.APPROVED),
        (_P.SENT, _C.PACKED),
        (_P.DELIVERED, _C.SENT),
        (_P.RETURNED, _C.SENT),
        (_P.UNPACKED, _C.PACKED),
    )
}


class ReferralStatus(models.TextChoices):
    DRAFT = "draft", REFERRAL["draft"].desk
    SENT = "sent", REFERRAL["sent"].desk
    VIEWED = "viewed", REFERRAL["viewed"].desk
    ACCEPTED = "accepted", REFERRAL["accepted"].desk
    CONTACTED = "contacted", REFERRAL["contacted"].desk
    ON_HOLD = "on_hold", REFERRAL["on_hold"].desk
    CLOSED = "closed", REFERRAL["closed"].desk
    DECLINED = "declined", REFERRAL["declined"].desk
    EXPIRED = "expired", REFERRAL["expired"].desk
    REVOKED = "revoked", REFERRAL["revoked"].desk
    ENTERED_IN_ERROR = "entered_in_error", REFERRAL["entered_in_error"].desk
    HANDED_OVER = "handed_over", REFERRAL["handed_over"].desk


_R = ReferralStatus
_STOPS = frozenset({_R.REVOKED, _R.ENTERED_IN_ERROR})  # the person withdrew; or it went to the wrong centre
REFERRAL_TRANSITIONS: dict[str, frozenset[str]] = {
    _R.DRAFT: frozenset({_R.SENT}) | _STOPS,
    # A centre without the portal answers by telephone or slip, so an answer may come without "viewed".
    _R.SENT: frozenset({_R.VIEWED, _R.ACCEPTED, _R.DECLINED, _R.EXPIRED}) | _STOPS,
    # One on paper of which nothing may be told back ends when the centre has it: "handed over".
    _R.VIEWED: frozenset({_R.ACCEPTED, _R.DECLINED, _R.EXPIRED, _R.HANDED_OVER}) | _STOPS,
    _R.ACCEPTED: frozenset({_R.CONTACTED, _R.ON_HOLD, _R.CLOSED, _R.HANDED_OVER}) | _STOPS,
    _R.CONTACTED: frozenset({_R.ON_HOLD, _R.CLOSED, _R.HANDED_OVER}) | _STOPS,
    _R.ON_HOLD: frozenset({_R.ACCEPTED, _R.CONTACTED, _R.CLOSED, _R.HANDED_OVER}) | _STOPS,
    _R.CLOSED: frozenset(),
    _R.DECLINED: frozenset(),
    _R.EXPIRED: frozenset(),
    _R.REVOKED: frozenset(),
    _R.ENTERED_IN_ERROR: frozenset(),
    _R.HANDED_OVER: frozenset(),
}
# An answer that comes after all, by telephone or slip; whoever may live again is looked at first.
REFERRAL_LATE_ANSWERS: dict[str, frozenset[str]] = {_R.EXPIRED: frozenset({_R.ACCEPTED, _R.DECLINED, _R.HANDED_OVER})}
# A centre that has answered for good, or not in time, may have been the wrong one all the same.
REFERRAL_LATE_STOPS: dict[str, frozenset[str]] = dict.fromkeys(
    (_R.CLOSED, _R.DECLINED, _R.EXPIRED, _R.HANDED_OVER), frozenset({_R.ENTERED_IN_ERROR})
)
# An answer that was written down in error goes back to where the referral stood before it.
REFERRAL_CORRECTIONS: dict[str, frozenset[str]] = {
    _R.ACCEPTED: frozenset({_R.SENT, _R.VIEWED, _R.EXPIRED}),
    _R.DECLINED: frozenset({_R.SENT, _R.VIEWED, _R.EXPIRED}),
    _R.CONTACTED: frozenset({_R.ACCEPTED}),
    _R.CLOSED: frozenset({_R.ACCEPTED, _R.CONTACTED, _R.ON_HOLD}),
    _R.HANDED_OVER: frozenset({_R.VIEWED, _R.ACCEPTED, _R.CONTACTED, _R.ON_HOLD, _R.EXPIRED}),
}
CORRECTED_REASON = "entered_in_error"  # of a step that takes an answer back
# Of a row that moves nothing: what members had done about a referral, kept when it moves on and has to be done anew.
CONSENT_VOIDED = "consent_voided"  # of a step that stops what stood on a consent recorded in error
FOLLOWED_UP, TOLD, TOLD_OF_LESS, NEVER_LEFT = "followed_up", "told", "told_of_less", "never_left"
TOLD_OF_MISTAKE = "told_of_mistake"
# Likewise, of the person's own doing: what a centre holds of a referral that is over was closed to it.
CLOSED_FOR_LESS, CLOSED_ON_WITHDRAWAL = "closed_for_less", "closed_on_withdrawal"
CLOSED_IN_ERROR = "closed_in_error"  # that either was recorded in error; what it stopped or closed stays so
PERSON_TOLD = "person_told"  # likewise: that one which was followed up as come back goes on after all
# As a FHIR Task (SDOH Clinical Care 3.0): requested, accepted, in-progress, on-hold, completed, rejected, …
FHIR_TASK_STATUS: dict[str, str] = {
    _R.DRAFT: "draft",
    _R.SENT: "requested",
    _R.VIEWED: "received",
    _R.ACCEPTED: "accepted",
    _R.CONTACTED: "in-progress",
    _R.ON_HOLD: "on-hold",
    _R.CLOSED: "completed",
    _R.DECLINED: "rejected",
    _R.EXPIRED: "failed",
    _R.REVOKED: "cancelled",
    _R.ENTERED_IN_ERROR: "entered-in-error",
    _R.HANDED_OVER: "completed",
}
REFERRAL_LIVE = frozenset({_R.DRAFT, _R.SENT, _R.VIEWED, _R.ACCEPTED, _R.CONTACTED, _R.ON_HOLD})
# Stopped at once: the packet is closed to the centre, which has to be told.
REFERRAL_STOPPED = _STOPS
REFERRAL_AWAITING = frozenset({_R.SENT, _R.VIEWED})
# Answered for good, or not in time, or handed over for good: no longer live, and not stopped.
REFERRAL_OVER = frozenset({_R.CLOSED, _R.DECLINED, _R.EXPIRED, _R.HANDED_OVER})
# The desk has the ball again and must do something with it.
REFERRAL_RETURNED = frozenset({_R.DECLINED, _R.EXPIRED})


class DeclineReason(models.TextChoices):
    NOT_OUR_AREA = "not_our_area", _("担当地域ではない")
    FULL = "full", _("手いっぱいで受けられない")
    ALREADY_SUPPORTED = "already_supported", _("すでに支援している")
    LACKS_INFORMATION = "lacks_information", _("情報が足りない")
    OTHER = "other", _("その他")
    NOT_TOLD = "not_told", _("理由は聞いていない")


# What a centre may answer itself; "not told" is for a reply that staff write down.
CENTRE_DECLINE_REASONS = tuple(reason for reason in DeclineReason if reason != DeclineReason.NOT_TOLD)
# These say nothing about the person: the desk, which has the ball again, learns them without second consent.
REASONS_ABOUT_THE_REFERRAL = frozenset(
    {DeclineReason.NOT_OUR_AREA, DeclineReason.FULL, DeclineReason.LACKS_INFORMATION, DeclineReason.NOT_TOLD}
)


class Outcome(models.TextChoices):
    """What came of a referral (つなぎの結果)."""

    FIRST_INTERVIEW = "first_interview", _("初回面談をした")
    ONGOING_SUPPORT = "ongoing_support", _("継続支援・プラン作成")
    INFORMATION_ONLY = "information_only", _("情報提供のみ")
    PASSED_ON = "passed_on", _("ほかの機関につないだ")
    ALREADY_SUPPORTED = "already_supported", _("すでに支援中だった")
    NOT_REACHED = "not_reached", _("連絡がとれなかった")
    DID_NOT_COME = "did_not_come", _("約束の日に来られなかった")
    DECLINED_BY_PERSON = "declined_by_person", _("本人が希望しなかった")
    NOT_ELIGIBLE = "not_eligible", _("対象外だった")
    NO_CAPACITY = "no_capacity", _("受け入れの余力がなかった")
    MOVED = "moved", _("転居した")
    OTHER = "other", _("その他（理由を書く）")


# Nobody is supported by it: the desk has the ball again, and does something about it or says why not.
OUTCOMES_TO_TAKE_UP = frozenset(
    {
        Outcome.NOT_REACHED, Outcome.DID_NOT_COME, Outcome.DECLINED_BY_PERSON, Outcome.NOT_ELIGIBLE,
        Outcome.NO_CAPACITY, Outcome.MOVED, Outcome.OTHER,
    }
)  # fmt: skip
