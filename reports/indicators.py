"""The indicators as data: whom each is about, what counts, what is unknown, in which words, from where.

docs/statistics.md explains them to readers of figures. ``cube`` turns them into grouped SQL.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.application import answers
from outreach.models import ApplicationChoice

YES, NO, PREFER_NOT_TO_SAY = "yes", "no", "prefer_not_to_say"
NOT_FOR_PUBLICATION = _("公表用ではありません（not for publication）")
Question = ApplicationChoice.Question


@dataclass(frozen=True)
class Cell:
    """One value that is counted, and the word for it. ``known`` is False for 「答えたくない」."""

    value: str
    label: Any
    known: bool = True


@dataclass(frozen=True)
class OneAnswer:
    """A question with one answer: for each cell, the answers in ``column`` that count towards it."""

    column: str
    answers: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class SeveralAnswers:
    """A question with several answers, asked of those whose answer in ``of_column`` is ``of_answer``.

    Each answer is a cell, so the cells add up to more than the base. Who ticked an answer and also
    「答えたくない」 is known by the answer.
    """

    question: str
    of_column: str
    of_answer: str


@dataclass(frozen=True)
class NothingBut:
    """A question with several answers: yes when only ``alone`` is ticked, no when any other answer is."""

    question: str
    alone: str


@dataclass(frozen=True)
class EveryPart:
    """No if any part is no, yes if all are yes, otherwise unknown."""

    parts: tuple[str, ...]


_EVERYONE = _("期間に申し込んだ人すべて")
_NOT_TOLD = _("「答えたくない」と答えた人と、答えのない人")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: its words for people, its ``rule`` for the cube.

    ``population``: whom the base counts. ``counts``: who is a "yes", or what the cells are. ``unknown``: who
    is in the base without a known value. ``source``: where the definition comes from.
    """

    key: str
    label: Any
    population: Any = _EVERYONE
    counts: Any
    unknown: Any = _NOT_TOLD
    source: Any
    cells: tuple[Cell, ...]
    rule: OneAnswer | SeveralAnswers | NothingBut | EveryPart


def _cells_of(choices: Any) -> tuple[Cell, ...]:
    """Every answer of a question as a cell of its own."""
    return tuple(Cell(value, label, value != PREFER_NOT_TO_SAY) for value, label in choices.choices)


def _as_answered(column: str, choices: Any) -> OneAnswer:
    return OneAnswer(column, {value: (value,) for value in choices.values})


_PREFER_NOT = Cell(PREFER_NOT_TO_SAY, _("答えたくない"), known=False)
_DOCUMENTS = _("北海道支援情報ナビの集計項目")
_OWN = _("つなぐの定義（docs/statistics.md）")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="household_type",
        label=_("世帯"),
        counts=_("いっしょに暮らす世帯の形"),
        source=_DOCUMENTS,
        cells=(
            Cell("single", _("単独")),
            Cell("single_parent", _("ひとり親と子")),
            Cell("couple", _("夫婦のみ")),
            Cell("couple_with_children", _("夫婦と子")),
            Cell("three_generations", _("三世代")),
            Cell("with_parents", _("親と同居")),
            Cell("other", _("その他")),
            _PREFER_NOT,
        ),
        rule=_as_answered("household_type", answers.HouseholdType),
    ),
    Indicator(
        key="income_loss",
        label=_("減収・離職"),
        counts=_("収入がへった・仕事をなくした・収入がないのどれかを答えた人"),
        source=_DOCUMENTS,
        cells=(Cell(YES, _("減収・離職・無収入")), Cell(NO, _("収入はかわらない")), _PREFER_NOT),
        rule=OneAnswer(
            "income",
            {
                YES: (answers.Income.FELL, answers.Income.LOST_JOB, answers.Income.NONE),
                NO: (answers.Income.UNCHANGED,),
                PREFER_NOT_TO_SAY: (answers.Income.PREFER_NOT_TO_SAY,),
            },
        ),
    ),
    Indicator(
        key="debt",
        label=_("借金"),
        counts=_("借金があると答えた人"),
        source=_DOCUMENTS,
        cells=(Cell(YES, _("ある")), Cell(NO, _("ない")), _PREFER_NOT),
        rule=_as_answered("in_debt", answers.InDebt),
    ),
    Indicator(
        key="debt_kind",
        label=_("借金の種類"),
        population=_("期間に申し込み、借金があると答えた人"),
        counts=_("借金の種類（いくつでも選べるので、合計は人数をこえます）"),
        source=_DOCUMENTS,
        cells=_cells_of(answers.DebtKind),
        rule=SeveralAnswers(Question.DEBT_KIND, of_column="in_debt", of_answer=answers.InDebt.YES),
    ),
    Indicator(
        key="first_time",
        label=_("初回利用"),
        counts=_("フードバンクははじめてと答えた人"),
        source=_DOCUMENTS,
        cells=(Cell(YES, _("はじめて")), Cell(NO, _("前に使った")), _PREFER_NOT),
        rule=_as_answered("first_time", answers.YesNo),
    ),
    Indicator(
        key="no_one_to_consult",
        label=_("相談できる人がいない"),
        counts=_("相談できる人がいないと答えた人"),
        source=_DOCUMENTS,
        cells=(Cell(YES, _("いない")), Cell(NO, _("いる")), _PREFER_NOT),
        rule=OneAnswer(
            "someone_to_consult",
            {
                YES: (answers.Someone.NO,),
                NO: (answers.Someone.YES,),
                PREFER_NOT_TO_SAY: (answers.Someone.PREFER_NOT_TO_SAY,),
            },
        ),
    ),
    Indicator(
        key="no_body",
        label=_("どの窓口ともつながっていない"),
        counts=_("「どこにも相談していない」だけを選んだ人"),
        source=_OWN,
        cells=(Cell(YES, _("つながっていない")), Cell(NO, _("つながっている")), _PREFER_NOT),
        rule=NothingBut(Question.BODY, alone=answers.Body.NONE),
    ),
    Indicator(
        key="consent_to_hand_off",
        label=pgettext_lazy("indicator", "窓口から連絡してほしい"),
        counts=_("支援機関から連絡してほしいと答えた人（希望であり、同意とは別です）"),
        source=_DOCUMENTS,
        cells=(Cell(YES, _("連絡してほしい")), Cell(NO, _("窓口だけ知りたい・今はいい"))),
        rule=OneAnswer(
            "hand_off_wish",
            {
                YES: (answers.HandOffWish.CALL_ME,),
                NO: (answers.HandOffWish.ONLY_KNOW, answers.HandOffWish.NOT_NOW),
            },
        ),
    ),
    Indicator(
        key="isolated",
        label=_("支援につながっていない層（孤立層）"),
        counts=_("相談できる人がなく、フードバンクがはじめてで、どの窓口ともつながっていない人"),
        unknown=_("3つのうち、ちがうと言えるものはなく、答えのわからないものがある人"),
        source=_OWN,
        cells=(Cell(YES, _("孤立層")), Cell(NO, _("孤立層ではない"))),
        rule=EveryPart(("no_one_to_consult", "first_time", "no_body")),
    ),
)  # fmt: skip
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
