"""What the navi carries into the application: whoever said something there is not asked again."""

from outreach.application import drafts
from outreach.application.drafts import Contents
from outreach.application.statement import Statement
from outreach.models import Draft
from outreach.navi.content import shipped
from outreach.navi.engine import Answers, ticked
from outreach.navi.token import opened

NAVI = "navi"  # in place of the page at which a step was answered


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


def carry_into(draft: Draft, said: Statement) -> list[str]:
    """Add what the navi tells to a draft that was begun before; what was answered in the form itself stands.

    Returns the steps at which the draft says otherwise and goes on saying so: whoever comes from the navi is told.
    """
    contents = Contents.of(draft)
    standing, otherwise = contents.said, []
    named = [trouble.id for trouble in shipped().troubles if trouble.id in {*standing.troubles, *said.troubles}]
    if named != standing.troubles and said.troubles:
        if _is_answered_in_the_form(contents, "troubles"):
            otherwise.append("troubles")
        else:
            _keep(draft, "troubles", troubles=named)
    if said.place_code and not standing.place_code:
        _keep(draft, "place", place_code=said.place_code)
    elif said.place_code not in ("", standing.place_code):
        otherwise.append("place")
    if said.food_days and not standing.food_days:
        _keep(draft, "food", food_days=said.food_days)
    elif said.food_days not in ("", standing.food_days):
        otherwise.append("food")
    return otherwise


def _is_answered_in_the_form(contents: Contents, slug: str) -> bool:
    return slug in contents.saved and contents.saved[slug][1] != NAVI


def troubles(answers: Answers) -> list[str]:
    """Codes of the chosen trouble and of those the ticked worries belong to, in the order of the menu."""
    named = {worry.trouble for worry in ticked(answers, content=shipped())} | {answers.trouble}
    return [trouble.id for trouble in shipped().troubles if trouble.id in named]


def nothing_to_eat(answers: Answers) -> bool:
    """Whether the person ticked that there is nothing to eat today."""
    return any(worry.safety == "hunger" for worry in ticked(answers, content=shipped()))


def _keep(draft: Draft, slug: str, **said: object) -> None:
    drafts.save_step(draft=draft, slug=slug, said=said, stands_on=[], page=NAVI, seen=draft.version)
