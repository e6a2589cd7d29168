"""No word that staff typed is lost to a sign-in that ended: whatever takes a POST can show it again, or takes none."""

import pytest

from organisations.permission_map import rule_for
from organisations.roles import Permission
from tests.addresses import of_the_house
from tests.invariants.crawl import Full

pytestmark = pytest.mark.django_db

# What a workplace posts that holds no words: pressed again, nothing is lost.
WITHOUT_WORDS = {"portal:open", "apply:telephone"}


def test_whatever_a_workplace_posts_keeps_its_words_or_has_none(world):
    """A new view that takes a POST from staff is marked, or named here."""
    full = Full.of(world)
    posted = set()
    for who, client in full.clients().items():
        if who == "visitor":
            continue
        client.raise_request_exception = False
        for address, path in full.paths():
            of_a_workplace = isinstance(rule_for(address.name), Permission)
            if of_a_workplace and client.post(path).status_code not in (404, 405):
                posted.add(address.name)
    keeping = {address.name for address in of_the_house() if hasattr(address.view, "keeps_words")}
    assert posted - keeping <= WITHOUT_WORDS
    assert keeping <= posted | {"apply:telephone_step"}
