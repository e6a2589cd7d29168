"""The states of cases, parcels and referrals, which may follow which: tables, not code.

Their words stand in referrals.words, why something ended in referrals.reasons, what came of a referral in
referrals.outcomes. ``docs/states.md`` is drawn from these tables by ``manage.py draw_states``; checks
fail when it is stale.
"""

from django.db import models

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


class ParcelStatus(models.TextChoices):
    PACKED = "packed", PARCEL["packed"].desk
    SENT = "sent", PARCEL["sent"].desk
    DELIVERED = "delivered", PARCEL["delivered"].desk
    RETURNED = "returned", PARCEL["returned"].desk
    TO_UNPACK = "to_unpack", PARCEL["to_unpack"].desk
    UNPACKED = "unpacked", PARCEL["unpacked"].desk


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
# The centre has said yes: it is at work on it, or has put it aside for a while.
REFERRAL_TAKEN_UP = frozenset({_R.ACCEPTED, _R.CONTACTED, _R.ON_HOLD})
# Answered for good, or not in time, or handed over for good: no longer live, and not stopped.
REFERRAL_OVER = frozenset({_R.CLOSED, _R.DECLINED, _R.EXPIRED, _R.HANDED_OVER})
# The desk has the ball again and must do something with it.
REFERRAL_RETURNED = frozenset({_R.DECLINED, _R.EXPIRED})
