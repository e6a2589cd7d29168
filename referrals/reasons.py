"""Why a case ended, and why a box came back: codes that are stored, and their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from referrals.states import CaseStatus


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
    CaseStatus.CLOSED: (EndReason.DELIVERED, EndReason.OTHER),
    CaseStatus.DECLINED: (
        EndReason.OUTSIDE_AREA, EndReason.NO_STOCK, EndReason.TOO_SOON,
        EndReason.CANNOT_REACH, EndReason.OTHER,
    ),
    CaseStatus.WITHDRAWN: (EndReason.NOT_NEEDED, EndReason.OTHER),
    CaseStatus.DUPLICATE: (EndReason.SAME_APPLICATION,),
}  # fmt: skip


class ReturnReason(models.TextChoices):
    """Why a box came back."""

    NOBODY_THERE = "nobody_there", _("だれもいなかった")
    KEPT_TOO_LONG = "kept_too_long", _("保管の期限がすぎた")
    WRONG_ADDRESS = "wrong_address", _("あて先がちがう・見つからない")
    REFUSED = "refused", _("受けとりをことわられた")
    OTHER = "other", _("その他")
