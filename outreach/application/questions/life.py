"""Life: one tap each, none of which decides whether food comes; and the wish about the centre."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text.wording import with_aside
from outreach.application import answers, labels
from outreach.application.questions.description import LEAVE_BLANK, Group, Part, Question, Told


def _which(answer: str, kinds: str) -> str:
    """ある（消費者金融）; of whoever said no more than that they'd rather not say which, that."""
    return with_aside(answer, kinds) if answer else kinds


QUESTIONS = (
    Question(
        name="household_type",
        codes=answers.HouseholdType,
        asks=_("だれと暮らしていますか"),
        person=_("世帯"),
        staff=_("世帯"),
        part=Part.LIFE,
        told=Told("household_type", Group.HOUSEHOLD, _("世帯")),
        staff_words={
            answers.HouseholdType.SINGLE: _("単独"),
            answers.HouseholdType.SINGLE_PARENT: _("ひとり親と子"),
            answers.HouseholdType.COUPLE: _("夫婦のみ"),
            answers.HouseholdType.COUPLE_WITH_CHILDREN: _("夫婦と子"),
        },
    ),
    Question(
        name="income",
        codes=answers.Income,
        asks=_("さいきん、収入はどうなりましたか"),
        person=_("収入"),
        staff=_("減収・離職"),
        part=Part.LIFE,
        further="income_since",
        told=Told("income", Group.TROUBLES, _("収入")),
    ),
    Question(
        name="income_since",
        codes=answers.IncomeSince,
        asks=_("それは、いつからですか"),
        hint=_("収入がかわらない方は、えらばずに次へ。"),
        person=_("いつから"),
        only_if_said=True,
    ),
    Question(
        name="in_debt",
        codes=answers.InDebt,
        asks=_("借金や、はらえずにいるお金はありますか"),
        person=_("借金"),
        staff=_("借金"),
        part=Part.LIFE,
        further="debt_kinds",
        joined=_which,
        told=Told("debt", Group.TROUBLES, _("借金")),
    ),
    Question(
        name="debt_kinds",
        codes=answers.DebtKind,
        several=True,
        ticked_as="debt_kind",
        asks=_("「ある」方は、どんなものですか"),
        hint=_("いくつでもえらべます。ない方は、えらばずに次へ。"),
        person=_("借金の種類"),
        only_if_said=True,
    ),
    Question(
        name="first_time",
        codes=answers.YesNo,
        asks=_("フードバンクを使うのは、はじめてですか"),
        person=_("フードバンクははじめて"),
        staff=_("初回利用"),
        part=Part.LIFE,
        report_words={answers.YesNo.YES: _("はじめて"), answers.YesNo.NO: _("前に使った")},
    ),
    Question(
        name="someone_to_consult",
        codes=answers.Someone,
        asks=_("困ったときに、相談できる人はいますか"),
        person=_("相談できる人"),
        staff=_("相談できる人"),
        part=Part.LIFE,
        told=Told("someone", Group.TROUBLES, _("相談できる人")),
        report_words={answers.Someone.NO: _("いない"), answers.Someone.YES: _("いる")},
    ),
    Question(
        name="bodies",
        codes=answers.Body,
        several=True,
        ticked_as="body",
        alone=(answers.Body.NONE,),
        asks=_("いま、相談しているところはありますか"),
        hint=_("いくつでもえらべます。"),
        person=_("相談しているところ"),
        staff=_("相談しているところ"),
        part=Part.LIFE,
        told=Told("bodies", Group.TROUBLES, _("相談しているところ")),
    ),
    Question(
        name="troubles",
        codes=answers.CarriedTrouble,
        several=True,
        ticked_as="trouble",
        asks=_("困っていること"),
        hint=_("ちがうものは、はずしてください。"),
        person=_("ナビでえらんだ困りごと"),
        staff=_("ナビで選んだ困りごと"),
        part=Part.LIFE,
        told=Told("troubles", Group.TROUBLES, _("ナビで選んだ困りごと")),
    ),
    Question(
        name="birth_year",
        reads=labels.birth_year,
        asks=_("生まれた年"),
        hint=format_lazy("{} {}", _("年だけでだいじょうぶです。例：昭和55年、1980。"), LEAVE_BLANK),
        person=_("生まれた年"),
        staff=_("生まれた年"),
        part=Part.LIFE,
    ),
    Question(
        name="found_by",
        codes=answers.FoundBy,
        asks=_("この申込みを、どこで知りましたか"),
        person=_("知ったきっかけ"),
        staff=_("知ったきっかけ"),
        part=Part.LIFE,
    ),
    Question(
        name="hand_off_wish",
        codes=answers.HandOffWish,
        asks=_("この窓口とのことで、どうしたいですか"),
        person=_("窓口の希望"),
        staff=_("希望"),
        part=Part.WISH,
        report_words={answers.HandOffWish.CALL_ME: _("連絡してほしい")},
    ),
)
