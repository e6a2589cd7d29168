"""The coded answers of the application form: what may be said of each, in the person's words.

Values are stored and counted; labels are what the person reads. 「答えたくない」 stands everywhere.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

PREFER_NOT_TO_SAY = ("prefer_not_to_say", _("答えたくない"))


class FoodDays(models.TextChoices):
    NONE = "none", _("今日食べるものがない")
    ONE_TO_THREE = "one_to_three", _("1日〜3日分ある")
    FOUR_TO_SEVEN = "four_to_seven", _("4日〜1週間分ある")
    MORE = "more", _("1週間分より多くある")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class BabyNeed(models.TextChoices):
    MILK = "milk", _("粉ミルク")
    NAPPIES = "nappies", _("おむつ")


class CannotEat(models.TextChoices):
    ALLERGY = "allergy", _("アレルギーで食べられないものがある")
    ILLNESS = "illness", _("病気や歯のために食べられないものがある")
    RELIGION = "religion", _("宗教や考え方で食べないものがある")
    NONE = "none", _("とくにない")


class Cooking(models.TextChoices):
    CAN = "can", _("料理できる")
    MICROWAVE = "microwave", _("お湯や電子レンジなら使える")
    CANNOT = "cannot", _("料理できない（そのまま食べられるものがよい）")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class Lifeline(models.TextChoices):
    ELECTRICITY = "electricity", _("電気")
    GAS = "gas", _("ガス")
    WATER = "water", _("水道")


class ReceiveBy(models.TextChoices):
    HOME = "home", _("自宅などに届けてほしい")
    DEPOT = "depot", _("運送会社の営業所で受けとる（営業所止め）")
    WINDOW = "window", _("近くの窓口へ受けとりに行く")


class DeliverySlot(models.TextChoices):
    ANY = "any", _("いつでもよい")
    MORNING = "morning", _("午前中")
    EARLY_AFTERNOON = "early_afternoon", _("14時〜16時")
    LATE_AFTERNOON = "late_afternoon", _("16時〜18時")
    EVENING = "evening", _("18時〜21時")


class ReachBy(models.TextChoices):
    PHONE = "phone", _("電話")
    SMS = "sms", _("ショートメッセージ（SMS）")
    EMAIL = "email", _("メール")
    LETTER = "letter", _("手紙")
    SUPPORTER = "supporter", _("支援してくれている人を通して")
    NONE = "none", _("連絡はいらない（受付番号で自分でたしかめる）")


class ApplyingFor(models.TextChoices):
    SELF = "self", _("自分のこと")
    OTHER = "other", _("ほかの人のこと（代わりに申しこむ）")


class HouseholdType(models.TextChoices):
    SINGLE = "single", _("ひとり暮らし")
    SINGLE_PARENT = "single_parent", _("ひとり親と子ども")
    COUPLE = "couple", _("夫婦・パートナーとふたり")
    COUPLE_WITH_CHILDREN = "couple_with_children", _("夫婦・パートナーと子ども")
    THREE_GENERATIONS = "three_generations", _("三世代")
    WITH_PARENTS = "with_parents", _("親と同居")
    OTHER = "other", _("その他")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class Income(models.TextChoices):
    UNCHANGED = "unchanged", _("収入はかわらない")
    FELL = "fell", _("収入がへった")
    LOST_JOB = "lost_job", _("仕事をなくした")
    NONE = "none", _("収入がない")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class IncomeSince(models.TextChoices):
    THIS_MONTH = "this_month", _("今月から")
    WITHIN_HALF_YEAR = "within_half_year", _("半年以内")
    WITHIN_A_YEAR = "within_a_year", _("1年以内")
    LONGER = "longer", _("1年より前から")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class YesNo(models.TextChoices):
    YES = "yes", _("はい")
    NO = "no", _("いいえ")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class InDebt(models.TextChoices):
    YES = "yes", _("ある")
    NO = "no", _("ない")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class DebtKind(models.TextChoices):
    CONSUMER_FINANCE = "consumer_finance", _("消費者金融")
    CREDIT_CARD = "credit_card", _("クレジットカード")
    BANK = "bank", _("銀行・住宅ローン")
    FAMILY = "family", _("家族・知人")
    ARREARS = "arrears", _("家賃・税金・公共料金の滞納")
    OTHER = "other", _("その他")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class Someone(models.TextChoices):
    YES = "yes", _("相談できる人がいる")
    NO = "no", _("相談できる人がいない")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class Body(models.TextChoices):
    NONE = "none", _("どこにも相談していない")
    MUNICIPALITY = "municipality", _("市役所・町村役場")
    WELFARE_OFFICE = "welfare_office", _("福祉事務所（生活保護）")
    SOCIAL_WELFARE_COUNCIL = "social_welfare_council", _("社会福祉協議会")
    SUPPORT_CENTRE = "support_centre", _("自立相談支援の窓口")
    EMPLOYMENT_OFFICE = "employment_office", _("ハローワーク")
    MEDICAL = "medical", _("病院・保健所")
    SCHOOL = "school", _("学校・保育園")
    OTHER = "other", _("その他の相談窓口")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class FoundBy(models.TextChoices):
    NAVI = "navi", _("このナビ")
    SEARCH = "search", _("インターネットで調べて")
    SOCIAL_MEDIA = "social_media", _("SNS")
    ACQUAINTANCE = "acquaintance", _("家族・知人から")
    BODY = "body", _("相談窓口・役所から")
    LEAFLET = "leaflet", _("ちらし・ポスター")
    OTHER = "other", _("その他")
    PREFER_NOT_TO_SAY = PREFER_NOT_TO_SAY


class HandOffWish(models.TextChoices):
    CALL_ME = "call_me", _("窓口から連絡してほしい")
    ONLY_KNOW = "only_know", _("窓口だけ知りたい")
    NOT_NOW = "not_now", _("今はいい")


class CarriedTrouble(models.TextChoices):
    """The troubles of the navi's menu, carried by an application that came from it."""

    MONEY = "money", _("お金のこと")
    WORK = "work", _("仕事のこと")
    URGENT = "urgent", _("緊急の困りごと")
    HEALTH = "health", _("心とからだの悩み")
    FAMILY = "family", _("家族関係のこと")
