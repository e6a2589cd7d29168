"""Answers of different steps that can't both be true; the later step asks back, whichever of the two was changed last.

Where two answers stand on one screen its own form asks back. Of the rest only the household contradicts others: by how
many live together, and by the children that were named. Everything else that hangs on an earlier answer is asked anew
when that changes (``Step.stands_on``), or falls away (``Statement.tidy``).
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outreach.application.answers import HouseholdType
from outreach.application.statement import Statement

# How many live together at least, and at most; the person counts.
_HOW_MANY: dict[str, tuple[int, int | None]] = {
    HouseholdType.SINGLE: (1, 1),
    HouseholdType.SINGLE_PARENT: (2, None),
    HouseholdType.COUPLE: (2, 2),
    HouseholdType.COUPLE_WITH_CHILDREN: (3, None),
    HouseholdType.THREE_GENERATIONS: (3, None),
    HouseholdType.WITH_PARENTS: (2, None),
}
_WITHOUT_CHILDREN = {HouseholdType.SINGLE, HouseholdType.COUPLE}

_COUNT = _("「{answer}」をえらんでいますが、いっしょに暮らす人は、ご本人も入れて{count}人と書いてあります。")
_CHILDREN = _("「{answer}」をえらんでいますが、子どもの年齢が書いてあります。")


def of_household(said: Statement) -> Promise | None:
    """What the household says otherwise than the number of people or their children; None where all agree."""
    household, count = said.household_type, said.people_count
    if household not in _HOW_MANY:
        return None
    least, most = _HOW_MANY[household]
    answer = HouseholdType(household).label
    if count and (count < least or (most is not None and count > most)):
        return format_lazy(str(_COUNT), answer=answer, count=count)
    if household in _WITHOUT_CHILDREN and said.children_ages and count != 1:
        return format_lazy(str(_CHILDREN), answer=answer)
    return None


def ground_of_household(said: Statement) -> list[Any]:
    """What the household's step stands on: nothing as long as all agree, so that only a contradiction asks it anew."""
    return [said.household_type, said.people_count, len(said.children_ages)] if of_household(said) else []
