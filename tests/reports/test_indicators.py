"""No answer is counted as unknown because nobody gave it a place: an indicator that leaves one out can't be made."""

from dataclasses import replace

import pytest
from django.db import models

from outreach.application.questions import QUESTIONS
from reports.indicators import INDICATORS
from reports.rules import OneAnswer, SeveralAnswers


def asked_by(indicator) -> str:
    if isinstance(indicator.rule, OneAnswer):
        return indicator.rule.column
    return next(name for name, question in QUESTIONS.items() if question.ticked_as == indicator.rule.question)


COUNTING_ANSWERS = [one for one in INDICATORS if isinstance(one.rule, OneAnswer | SeveralAnswers)]


@pytest.mark.parametrize("indicator", COUNTING_ANSWERS, ids=lambda one: one.key)
def test_a_further_answer_has_to_be_given_its_place(indicator, monkeypatch):
    name = asked_by(indicator)
    codes = QUESTIONS[name].codes
    further = models.TextChoices(
        "Further", [*((one.name, (one.value, one.label)) for one in codes), ("NEW", ("new", "n"))]
    )
    monkeypatch.setitem(QUESTIONS, name, replace(QUESTIONS[name], codes=further))
    with pytest.raises(ValueError, match=rf"{indicator.key} counts .* can be given"):
        replace(indicator)


@pytest.mark.parametrize(
    "indicator", [one for one in COUNTING_ANSWERS if isinstance(one.rule, OneAnswer)], ids=lambda one: one.key
)
def test_an_answer_counts_once_and_every_cell_has_its_answers(indicator):
    first, *rest = indicator.rule.answers
    for wrong in (
        {**indicator.rule.answers, first: indicator.rule.answers[first] * 2},
        {one: indicator.rule.answers[one] for one in rest},
    ):
        with pytest.raises(ValueError, match="can be given"):
            replace(indicator, rule=replace(indicator.rule, answers=wrong))
    with pytest.raises(ValueError, match="can be given"):
        replace(indicator, cells=indicator.cells[1:])
