"""Two people at once, whatever each of them does to one person's case: both count, or one hears why theirs doesn't."""

from collections.abc import Collection, Iterator
from itertools import product

from foundation import access
from foundation.errors import DomainError
from outreach.application.addenda import add_addendum
from referrals.models import Case
from tests.factories.cases import Town, case, consent, referral, town
from tests.interleaving import Met, after_a_write, on_postgresql
from tests.referrals import verbs

pytestmark = on_postgresql
# Of these nothing depends on where the case stands, and they hold the person before their first row like all others
# (test_every_verb): whichever of two comes first, the other waits at the same place.
PLAIN = ["note", "correct", "index anew", "add"]
ON_ANY = [*PLAIN, "consent", "withdraw", "refer"]
ENDS = ["decline", "withdraw case", "duplicate"]
# What may be pressed at once, by where the case stands; of a case that was referred, by where the referral does.
TOGETHER = {
    "received": ["start_review", "approve", *ENDS, *ON_ANY],
    "approved": ["pack", "undo_approval", "decline", "note", "withdraw", "correct", "refer", "add"],
    "packed": ["send", "unpack", "undo_sending", "duplicate", "note", "withdraw", "correct", "add"],
    "sent": ["deliver", "take_back", "undo_sending", "note", "withdraw", "correct"],
    "delivered": ["close case", "undo_delivery", "note", "withdraw"],
    "declined": ["undo_end", "note", "withdraw"],
}
REFERRED = {
    "viewed": ["accept", "refuse", "reply", "wrong centre", "expire", "withdraw", "consent", "decline"],
    "accepted": ["contact", "close", "hold", "take reply back", "wrong centre", "withdraw", "note"],
    "declined": ["follow up", "take reply back", "wrong centre", "withdraw", "refer"],
    "revoked": ["tell", "wrong centre", "withdraw", "consent", "refer"],
    "voided": ["tell", "wrong centre", "consent", "refer"],
}


def with_something_to_read(status: str, place: Town) -> Case:
    """A case with a consent, and an addendum nobody has read: a step changes the case's row twice."""
    found = case(status=status, by=place.caseworker)
    with access.scope(actor="test", purpose="test"):
        if status != "declined":
            consent(found, place.centre, by=place.caseworker)
        add_addendum(application=found.application, own_words="たまごは食べられません")
    return found


def referred(status: str, place: Town) -> Case:
    if status != "voided":
        return referral(place, status=status).case
    found = referral(place, status="accepted").case
    with access.scope(actor="test", purpose="test"):
        verbs.do("void", found, place)
    return found


def pairs(together: dict[str, list[str]], once: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Who is first and who second, by where it stands: in both orders, but of what is PLAIN it comes second.

    Two of which nothing depends on where it stands (``once``) meet in the first state alone.
    """
    tried: set[tuple[str, str]] = set()
    for where, names in together.items():
        for first, second in product(names, names):
            turned = (second, first) in tried if {first, second} <= {*PLAIN} else first in PLAIN
            again = {first, second} <= {*once} and (first, second) in tried
            if not turned and not again:
                tried.add((first, second))
                yield where, first, second


def amiss(met: Met, first: str, second: str) -> Iterator[str]:
    for who, came in ((first, met.first), (second, met.second)):
        if isinstance(came, Exception) and (who == "withdraw" or not isinstance(came, DomainError)):
            yield f"{first}, and {second} meanwhile: {who} failed: {came!r}"


def of_all(found: list[tuple[str, str, str]], bring) -> list[str]:
    place, failed = town(), []
    for where, first, second in found:
        one = bring(where, place)
        met = after_a_write(
            lambda name=first, on=one: verbs.do(name, on, place), lambda name=second, on=one: verbs.do(name, on, place)
        )
        failed += [f"{where}: {what}" for what in amiss(met, first, second)]
    return failed


def test_of_two_on_one_case_nobody_meets_an_error():
    assert of_all(list(pairs(TOGETHER, ON_ANY)), with_something_to_read) == []


def test_of_two_on_one_referral_nobody_meets_an_error():
    assert of_all(list(pairs(REFERRED, PLAIN)), referred) == []


def test_every_two_that_may_be_pressed_at_once_meet():
    for together, once in ((TOGETHER, ON_ANY), (REFERRED, PLAIN)):
        met = {frozenset(pair) for _where, *pair in pairs(together, once)}
        assert met == {frozenset(pair) for names in together.values() for pair in product(names, names)}
