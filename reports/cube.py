"""Counts of a period by grouped SQL: the database counts, no application is ever read into Python."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from outreach.models import Application, ApplicationChoice
from reports.desks import Desks, of_desks
from reports.indicators import BY_KEY, INDICATORS, Indicator
from reports.periods import Period
from reports.rules import NO, PREFER_NOT_TO_SAY, YES, EveryPart, NothingBut, OneAnswer, SeveralAnswers

NOT_ANSWERED = ""


@dataclass(frozen=True)
class Counts:
    """One indicator's counts: everyone in its population, those without a known value, and each cell."""

    base: int
    unknown: int
    cells: dict[str, int]


@dataclass(frozen=True)
class Cube:
    """A period's counts; ``indicators`` by key, in the order of their definitions."""

    period: Period
    applications: int
    indicators: dict[str, Counts]


def count(period: Period, desks: Desks = None) -> Cube:
    """Count the applications that ``desks`` (all of them when None) received in ``period``."""
    received = of_desks(desks, Application.objects.received_between(period.start, period.end), "desk")
    applications, counted = _single_answers(received)
    counted |= _isolation(received, applications)
    for indicator in INDICATORS:
        if isinstance(indicator.rule, SeveralAnswers):
            counted[indicator.key] = _several_answers(received, indicator, indicator.rule)
    return Cube(period, applications, {key: counted[key] for key in BY_KEY})


def months_with_data(desks: Desks = None) -> list[Period]:
    """For each month in which applications came in, the first and the last day with one, oldest first."""
    months = of_desks(desks, Application.objects.order_by(), "desk").values(month=TruncMonth("received_on"))
    days = months.annotate(first=Min("received_on"), last=Max("received_on")).order_by("month")
    return [Period(month["first"], month["last"]) for month in days]


def every_part(parts: Iterable[str]) -> str:
    """No if any part is no, yes if all are yes, otherwise unknown ("")."""
    codes = list(parts)
    if NO in codes:
        return NO
    return YES if all(code == YES for code in codes) else NOT_ANSWERED


# --- one answer a question: a row of conditional counts ----------------------------------------------------


def _single_answers(received: QuerySet) -> tuple[int, dict[str, Counts]]:
    single = [(i, i.rule.column, i.rule.answers) for i in INDICATORS if isinstance(i.rule, OneAnswer)]
    numbers = received.aggregate(
        everyone=Count("pk"),
        **{
            f"{indicator.key}_is_{cell}": Count("pk", filter=Q(**{f"{column}__in": stated}))
            for indicator, column, answers in single
            for cell, stated in answers.items()
        },
    )
    everyone = numbers["everyone"]
    return everyone, {
        indicator.key: _counts(indicator, everyone, {cell: numbers[f"{indicator.key}_is_{cell}"] for cell in answers})
        for indicator, _column, answers in single
    }


# --- isolation and its parts: grouped by the parts together ------------------------------------------------


def _isolation(received: QuerySet, everyone: int) -> dict[str, Counts]:
    """The indicators that rest on what was not ticked, or on several questions together."""
    wholes = {i.key: i.rule.parts for i in INDICATORS if isinstance(i.rule, EveryPart)}
    unticked = [i.key for i in INDICATORS if isinstance(i.rule, NothingBut)]
    parts = dict.fromkeys([*unticked, *(part for of in wholes.values() for part in of)])
    codes = {f"code_of_{key}": _code(BY_KEY[key]) for key in parts}
    joint = received.annotate(**codes).order_by().values(*codes).annotate(number=Count("pk"))
    numbers: dict[str, Counter[str]] = {key: Counter() for key in [*unticked, *wholes]}
    for row in joint:
        for key in unticked:
            numbers[key][row[f"code_of_{key}"]] += row["number"]
        for key, of in wholes.items():
            numbers[key][every_part(row[f"code_of_{part}"] for part in of)] += row["number"]
    return {key: _counts(BY_KEY[key], everyone, counted) for key, counted in numbers.items()}


def _code(indicator: Indicator) -> models.Case:
    """The cell of ``indicator`` an application falls into, as SQL; "" when nothing was answered."""
    rule = indicator.rule
    if isinstance(rule, OneAnswer):
        whens = [When(**{f"{rule.column}__in": stated}, then=Value(cell)) for cell, stated in rule.answers.items()]
    elif isinstance(rule, NothingBut):
        ticked = ApplicationChoice.objects.filter(application=OuterRef("pk"), question=rule.question)
        whens = [
            When(Exists(ticked.exclude(value__in=[rule.alone, PREFER_NOT_TO_SAY])), then=Value(NO)),
            When(Exists(ticked.filter(value=PREFER_NOT_TO_SAY)), then=Value(PREFER_NOT_TO_SAY)),
            When(Exists(ticked.filter(value=rule.alone)), then=Value(YES)),
        ]
    else:
        raise TypeError(f"{indicator.key} is not one cell an application")
    return models.Case(*whens, default=Value(NOT_ANSWERED))


# --- several answers a question: a row of conditional counts over what was ticked ---------------------------


def _several_answers(received: QuerySet, indicator: Indicator, rule: SeveralAnswers) -> Counts:
    population = received.filter(**{rule.of_column: rule.of_answer})
    known = [cell.value for cell in indicator.cells if cell.known]
    numbers = population.aggregate(base=Count("pk", distinct=True)) | ApplicationChoice.objects.filter(
        application__in=population, question=rule.question
    ).aggregate(
        known=Count("application", distinct=True, filter=Q(value__in=known)),
        anything=Count("application", distinct=True),
        **{f"is_{value}": Count("pk", filter=Q(value=value)) for value in known},
    )
    cells = {value: numbers[f"is_{value}"] for value in known}
    cells[PREFER_NOT_TO_SAY] = numbers["anything"] - numbers["known"]
    return Counts(numbers["base"], numbers["base"] - numbers["known"], cells)


def _counts(indicator: Indicator, base: int, numbers: Mapping[str, int]) -> Counts:
    cells = {cell.value: numbers.get(cell.value, 0) for cell in indicator.cells}
    return Counts(base, base - sum(cells[cell.value] for cell in indicator.cells if cell.known), cells)
