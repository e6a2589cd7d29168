"""What the navi carries into the application: whoever said something there is not asked again."""

from outreach.application import drafts
from outreach.application.drafts import Contents
from outreach.application.statement import Statement
from outreach.models import Draft
from outreach.navi.content import shipped
from outreach.navi.engine import Answers, ticked
from outreach.navi.token import opened


def from_the_navi(token: str, cookie: str | None) -> tuple[Statement, list[str]]:
    """What the navi's token tells, and the steps that are answered by it; nothing when it doesn't open any more."""
    answers = opened(token, cookie, content=shipped())
    if answers is None:
        return Statement(), []
    said = Statement(place_code=answers.place, troubles=troubles(answers))
    carried = ["place"] if answers.place else []
    if nothing_to_eat(answers):
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


def troubles(answers: Answers) -> list[str]:
    """Codes of the chosen trouble and of those the ticked worries belong to, in the order of the menu."""
    named = {worry.trouble for worry in ticked(answers, content=shipped())} | {answers.trouble}
    return [trouble.id for trouble in shipped().troubles if trouble.id in named]


def nothing_to_eat(answers: Answers) -> bool:
    """Whether the person ticked that there is nothing to eat today."""
    return any(worry.safety == "hunger" for worry in ticked(answers, content=shipped()))


def _keep(draft: Draft, slug: str, **said: object) -> None:
    drafts.save_step(draft=draft, slug=slug, said=said, stands_on=[], page="navi", seen=draft.version)
