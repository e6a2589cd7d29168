"""The indicators as data: whom each is about, what counts, what is unknown, in which words, from where.

docs/statistics.md explains them to readers of figures. ``cube`` turns them into grouped SQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from outreach.application import answers
from outreach.application.questions import QUESTIONS, TICKED_AS
from reports.rules import NO, PREFER_NOT_TO_SAY, YES, Cell, EveryPart, NothingBut, OneAnswer, SeveralAnswers

_ASKED_AS = {ticked: name for name, ticked in TICKED_AS.items()}
NOT_FOR_PUBLICATION = _("公表用ではありません（not for publication）")


_EVERYONE = _("期間に申し込んだ人すべて")
_NOT_TOLD = _("「答えたくない」と答えた人と、答えのない人")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: its words for people, its ``rule`` for the cube.

    ``population``: whom the base counts. ``counts``: who is a "yes", or what the cells are. ``unknown``: who
    is in the base without a known value. ``source``: where the definition comes from. Raises ValueError where an
    answer that can be given has no cell, or two: whoever gives it would be counted as unknown, or twice.
    """

    key: str
    label: Any
    population: Any = _EVERYONE
    counts: Any
    unknown: Any = _NOT_TOLD
    source: Any
    cells: tuple[Cell, ...]
    rule: OneAnswer | SeveralAnswers | NothingBut | EveryPart

    def __post_init__(self) -> None:
        cells = [cell.value for cell in self.cells]
        if isinstance(self.rule, OneAnswer):
            placed = [code for codes in self.rule.answers.values() for code in codes]
            self._check_places(placed, _codes_of(self.rule.column))
            self._check_places(cells, self.rule.answers)
        elif isinstance(self.rule, SeveralAnswers):
            self._check_places(cells, _codes_of(_ASKED_AS[self.rule.question]))

    def _check_places(self, placed: Iterable[str], given: Iterable[str]) -> None:
        counted, asked = sorted(map(str, placed)), sorted(map(str, given))
        if counted != asked:
            raise ValueError(f"{self.key} counts {counted} where {asked} can be given, each once")


_PREFER_NOT = Cell(PREFER_NOT_TO_SAY, _("答えたくない"), known=False)


def _codes_of(name: str) -> list[str]:
    codes = QUESTIONS[name].codes
    assert codes is not None  # only coded answers are counted
    return list(codes.values)


def _cells_of(name: str) -> tuple[Cell, ...]:
    """Every answer of a question as a cell of its own, in the question's order."""
    question = QUESTIONS[name]
    return tuple(Cell(code, question.in_reports(code), code != PREFER_NOT_TO_SAY) for code in _codes_of(name))


def _yes_and_no(name: str, yes: str, no: str) -> tuple[Cell, ...]:
    """Two answers of a question, counted as yes and no, and those who would rather not say."""
    question = QUESTIONS[name]
    return (Cell(YES, question.in_reports(yes)), Cell(NO, question.in_reports(no)), _PREFER_NOT)


def _as_answered(name: str) -> OneAnswer:
    """Every answer as a value of its own, under its code."""
    return OneAnswer(name, {code: (code,) for code in _codes_of(name)})


_DOCUMENTS = _("北海道支援情報ナビの集計項目")
_OWN = _("つなぐの定義（docs/statistics.md）")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="household_type",
        label=QUESTIONS["household_type"].staff,
        counts=_("いっしょに暮らす世帯の形"),
        source=_DOCUMENTS,
        cells=_cells_of("household_type"),
        rule=_as_answered("household_type"),
    ),
    Indicator(
        key="income_loss",
        label=QUESTIONS["income"].staff,
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
        label=QUESTIONS["in_debt"].staff,
        counts=_("借金があると答えた人"),
        source=_DOCUMENTS,
        cells=_yes_and_no("in_debt", answers.InDebt.YES, answers.InDebt.NO),
        rule=_as_answered("in_debt"),
    ),
    Indicator(
        key="debt_kind",
        label=QUESTIONS["debt_kinds"].person,
        population=_("期間に申し込み、借金があると答えた人"),
        counts=_("借金の種類（いくつでも選べるので、合計は人数をこえます）"),
        source=_DOCUMENTS,
        cells=_cells_of("debt_kinds"),
        rule=SeveralAnswers(TICKED_AS["debt_kinds"], of_column="in_debt", of_answer=answers.InDebt.YES),
    ),
    Indicator(
        key="first_time",
        label=QUESTIONS["first_time"].staff,
        counts=_("フードバンクははじめてと答えた人"),
        source=_DOCUMENTS,
        cells=_yes_and_no("first_time", answers.YesNo.YES, answers.YesNo.NO),
        rule=_as_answered("first_time"),
    ),
    Indicator(
        key="no_one_to_consult",
        label=_("相談できる人がいない"),
        counts=_("相談できる人がいないと答えた人"),
        source=_DOCUMENTS,
        cells=_yes_and_no("someone_to_consult", answers.Someone.NO, answers.Someone.YES),
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
        rule=NothingBut(TICKED_AS["bodies"], alone=answers.Body.NONE),
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
