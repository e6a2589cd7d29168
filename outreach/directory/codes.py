"""The coded values of the directory of help; the values are stored and exchanged, the labels are read."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.navi.questions import VIOLENCE

# The first letter of an entry's code; shared links rely on no letter standing for both kinds.
PROGRAMME_LETTERS = "NP"  # national, and any other
WINDOW_LETTERS = "HCW"  # hotline, support centre, and any other


class TroubleClass(models.TextChoices):
    FOOD = "food", _("食べもの")
    HOUSING = "housing", _("住まい")
    RENT = "rent", _("家賃・住宅ローン")
    UTILITIES = "utilities", _("電気・ガス・水道")
    MONEY = "money", _("生活費")
    MEDICAL = "medical", _("医療・健康")
    WORK = "work", _("仕事")
    DEBT = "debt", _("借金")
    VIOLENCE = "violence", _("暴力・虐待")
    CHILDREN = "children", _("子ども・子育て")
    MENTAL = "mental", _("こころ")
    DISABILITY = "disability", _("障害")
    CARE = "care", _("介護")
    UNKNOWN = "unknown", _("その他・わからない")


class Language(models.TextChoices):
    JA = "ja", _("日本語")
    JA_EASY = "ja_easy", _("やさしい日本語")
    EN = "en", _("英語")


class ServiceType(models.TextChoices):
    """サービス種別 of the open-data standard; the values are the standard's own codes."""

    PUBLIC_PROGRAMME = "101", _("制度事業")
    NOTICE_OR_PERMIT = "102", _("届出・認可")
    PRIVATE_PROJECT = "103", _("民間独自事業")


class Category(models.TextChoices):
    """行政サービス分類 of the open-data standard; the values are the standard's own codes."""

    NOTICE = "101", _("届出")
    BENEFIT = "201", _("手当・助成金等")
    IN_KIND = "202", _("現物支給・貸与")
    LOAN = "203", _("融資・立替")
    REDUCTION = "204", _("免除・猶予・控除")
    SUPPORT = "205", _("支援サービス")
    CLASS = "301", _("教室・講習会")
    EVENT = "302", _("イベント")
    CONSULTATION = "401", _("相談")
    FACILITY = "501", _("施設")
    INFORMATION = "601", _("情報提供")
    NEWS = "602", _("お知らせ")


class Area(models.TextChoices):
    """Whom a window is for."""

    NATIONAL = "national", _("全国")
    PLACE = "place", _("その地域")
    CATCHMENT = "catchment", _("組織の担当地域")


class Charge(models.TextChoices):
    FREE = "free", _("無料")
    CALL_CHARGED = "call_charged", _("通話料がかかります")


def is_about_violence(*, troubles: Collection[str], needs: Collection[str]) -> bool:
    """Whether an entry must stay out of every list that is passed on."""
    return TroubleClass.VIOLENCE in troubles or not VIOLENCE.isdisjoint(needs)
