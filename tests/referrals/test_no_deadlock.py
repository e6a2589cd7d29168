"""Two people at once, whatever each of them does to one person's case: both count, or one hears why theirs doesn't."""

import pytest

from foundation import access
from foundation.errors import DomainError
from outreach.application.addenda import add_addendum
from tests.factories.cases import Town, case, consent, referral, town
from tests.interleaving import after_a_write, on_postgresql
from tests.referrals import verbs

pytestmark = on_postgresql
ON_ANY = ["note", "correct", "index anew", "add", "consent", "withdraw", "refer"]
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
}
PAIRS = [(where, one) for where, names in TOGETHER.items() for one in names]
REFERRED_PAIRS = [(where, one) for where, names in REFERRED.items() for one in names]


def with_something_to_read(status: str, place: Town):
    """A case with a consent, and an addendum nobody has read: a step changes the case's row twice."""
    found = case(status=status, by=place.caseworker)
    with access.scope(actor="test", purpose="test"):
        if status != "declined":
            consent(found, place.centre, by=place.caseworker)
        add_addendum(application=found.application, own_words="たまごは食べられません")
    return found


def none_fails(first: str, second: str, found, place: Town) -> None:
    met = after_a_write(lambda: verbs.do(first, found, place), lambda: verbs.do(second, found, place))
    for who, came in ((first, met.first), (second, met.second)):
        assert not isinstance(came, Exception) or isinstance(came, DomainError), f"{first} and {second}: {who}: {came}"
    if second == "withdraw":
        assert not isinstance(met.second, Exception), f"the person could not withdraw beside {first}: {met.second}"
    assert not isinstance(met.first, Exception) or first != "withdraw"


@pytest.mark.parametrize(("status", "first"), PAIRS)
def test_of_two_on_one_case_nobody_meets_an_error(status, first):
    place = town()
    for second in TOGETHER[status]:
        none_fails(first, second, with_something_to_read(status, place), place)


@pytest.mark.parametrize(("status", "first"), REFERRED_PAIRS)
def test_of_two_on_one_referral_nobody_meets_an_error(status, first):
    place = town()
    for second in REFERRED[status]:
        none_fails(first, second, referral(place, status=status).case, place)
