"""Carries answers from the navi into the application form, so that nothing is asked twice."""

from outreach.navi import content
from outreach.navi.engine import Answers, ticked
from outreach.navi.token import TokenRefused, unseal


def carried(token: str | None, cookie: str | None) -> Answers | None:
    """The answers in ``token``, opened by the cookie ``token.COOKIE``; None when it doesn't open any more."""
    try:
        return unseal(token or "", cookie=cookie, content=content.shipped())
    except TokenRefused:
        return None


def troubles(answers: Answers) -> list[str]:
    """Codes of the chosen trouble and of those the ticked worries belong to, in the order of the menu."""
    named = {worry.trouble for worry in ticked(answers, content=content.shipped())} | {answers.trouble}
    return [trouble.id for trouble in content.shipped().troubles if trouble.id in named]


def nothing_to_eat(answers: Answers) -> bool:
    """Whether the person ticked that there is nothing to eat today."""
    return any(worry.safety == "hunger" for worry in ticked(answers, content=content.shipped()))
