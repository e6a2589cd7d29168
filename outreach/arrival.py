"""Arriving from the navi: what was said there is not asked again."""

from outreach import drafts
from outreach.drafts import Contents
from outreach.models import Draft
from outreach.navi import carry
from outreach.statement import Statement


def from_the_navi(token: str, cookie: str | None) -> tuple[Statement, list[str]]:
    """What the navi's token tells, and the steps that are answered by it; nothing when it doesn't open any more."""
    answers = carry.carried(token, cookie) if token else None
    if answers is None:
        return Statement(), []
    said = Statement(place_code=answers.place, troubles=carry.troubles(answers))
    carried = ["place"] if answers.place else []
    if carry.nothing_to_eat(answers):
        said.food_days = "none"
        carried.append("food")
    return said, carried


def carry_into(draft: Draft, said: Statement) -> None:
    """Add what the navi tells to a draft that was begun before; what was answered in the form itself stands."""
    standing = Contents.of(draft).said
    if said.troubles:
        _keep(draft, "troubles", troubles=said.troubles)
    if said.place_code and not standing.place_code:
        _keep(draft, "place", place_code=said.place_code)
    if said.food_days and not standing.food_days:
        _keep(draft, "food", food_days=said.food_days)


def _keep(draft: Draft, slug: str, **said: object) -> None:
    drafts.save_step(draft=draft, slug=slug, said=said, stands_on=[], page="navi", seen=draft.version)
