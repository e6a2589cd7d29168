"""The states of cases, parcels and referrals, and which may follow which: tables, not code.

``docs/states.md`` is drawn from these tables by ``manage.py draw_states``; checks fail when it is stale.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    RECEIVED = "received", _("受付")
    IN_REVIEW = "in_review", _("確認中")
    APPROVED = "approved", _("発送決定")
    PACKED = "packed", _("箱づめ済み")
    SENT = "sent", _("発送済み")
    DELIVERED = "delivered", _("お届け済み")
    CLOSED = "closed", _("終了")
    DECLINED = "declined", _("対応できず")
    WITHDRAWN = "withdrawn", _("取下げ")
    DUPLICATE = "duplicate", _("重複")


_C = CaseStatus
CASE_TRANSITIONS: dict[str, frozenset[str]] = {
    _C.RECEIVED: frozenset({_C.IN_REVIEW, _C.APPROVED, _C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE}),
    _C.IN_REVIEW: frozenset({_C.APPROVED, _C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE}),
    _C.APPROVED: frozenset({_C.PACKED, _C.DECLINED, _C.WITHDRAWN}),
    _C.PACKED: frozenset({_C.SENT, _C.APPROVED, _C.WITHDRAWN}),
    _C.SENT: frozenset({_C.DELIVERED, _C.APPROVED}),
    _C.DELIVERED: frozenset({_C.CLOSED}),
    _C.CLOSED: frozenset(),
    _C.DECLINED: frozenset(),
    _C.WITHDRAWN: frozenset(),
    _C.DUPLICATE: frozenset(),
}
CASE_ENDS = frozenset({_C.CLOSED, _C.DECLINED, _C.WITHDRAWN, _C.DUPLICATE})


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
    PACKED = "packed", _("箱づめ済み")
    SENT = "sent", _("発送済み")
    DELIVERED = "delivered", _("お届け済み")
    RETURNED = "returned", _("戻ってきた")
    UNPACKED = "unpacked", _("箱をほどいた")


_P = ParcelStatus
PARCEL_TRANSITIONS: dict[str, frozenset[str]] = {
    _P.PACKED: frozenset({_P.SENT, _P.UNPACKED}),
    _P.SENT: frozenset({_P.DELIVERED, _P.RETURNED}),
    _P.DELIVERED: frozenset(),
    _P.RETURNED: frozenset(),
    _P.UNPACKED: frozenset(),
}
# What becomes of the case when its parcel moves: one that came back or was unpacked is packed anew.
CASE_AFTER_PARCEL: dict[str, str] = {
    _P.PACKED: _C.PACKED,
    _P.SENT: _C.SENT,
    _P.DELIVERED: _C.DELIVERED,
    _P.RETURNED: _C.APPROVED,
    _P.UNPACKED: _C.APPROVED,
}


class ReferralStatus(models.TextChoices):
    DRAFT = "draft", _("下書き")
    SENT = "sent", _("送付済み・返事待ち")
    VIEWED = "viewed", _("開封済み・返事待ち")
    ACCEPTED = "accepted", _("引き受け")
    CONTACTED = "contacted", _("本人に連絡した")
    CLOSED = "closed", _("結果あり")
    DECLINED = "declined", _("受け入れ不可")
    EXPIRED = "expired", _("期限切れ・返答なし")
    REVOKED = "revoked", _("同意の撤回")


_R = ReferralStatus
REFERRAL_TRANSITIONS: dict[str, frozenset[str]] = {
    _R.DRAFT: frozenset({_R.SENT, _R.REVOKED}),
    # A centre without the portal answers by telephone or slip, so an answer may come without "viewed".
    _R.SENT: frozenset({_R.VIEWED, _R.ACCEPTED, _R.DECLINED, _R.EXPIRED, _R.REVOKED}),
    _R.VIEWED: frozenset({_R.ACCEPTED, _R.DECLINED, _R.EXPIRED, _R.REVOKED}),
    _R.ACCEPTED: frozenset({_R.CONTACTED, _R.CLOSED, _R.REVOKED}),
    _R.CONTACTED: frozenset({_R.CLOSED, _R.REVOKED}),
    _R.CLOSED: frozenset(),
    _R.DECLINED: frozenset(),
    _R.EXPIRED: frozenset(),
    _R.REVOKED: frozenset(),
}
REFERRAL_LIVE = frozenset({_R.DRAFT, _R.SENT, _R.VIEWED, _R.ACCEPTED, _R.CONTACTED})
REFERRAL_AWAITING = frozenset({_R.SENT, _R.VIEWED})
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
    DECLINED_BY_PERSON = "declined_by_person", _("本人が希望しなかった")
    NOT_ELIGIBLE = "not_eligible", _("対象外だった")
    NO_CAPACITY = "no_capacity", _("受け入れの余力がなかった")
    MOVED = "moved", _("転居した")
    OTHER = "other", _("その他（理由を書く）")
