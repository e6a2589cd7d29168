"""Whole worlds to attack."""

import pytest

from tests.factories import applications, members, referrals
from tests.invariants import marked
from tests.invariants.world import World


@pytest.fixture
def world(db) -> World:
    """A desk, two centres, somebody whose words are recognisable, and a referral to the first centre."""
    desk = applications.desk_in(email="desk@example.org", email_confirmed_on="2026-04-01")
    centre = referrals.portal_centre("011002")
    other = referrals.portal_centre("012033", name="小樽の見本窓口")
    return World(
        desk=desk,
        centre=centre,
        other=other,
        caseworker=members.caseworker(desk),
        counsellor=members.counsellor(centre),
        stranger=members.counsellor(other),
        stated={**marked.STATED},
    )
