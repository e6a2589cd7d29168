"""What came of a referral, or why a centre did not take it on: codes that are stored, and their words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
