"""A centre that works in the portal, and its counsellor at the browser."""

import pytest

from tests.factories import members, referrals


@pytest.fixture
def centre(db):
    return referrals.portal_centre()


@pytest.fixture
def counsellor(centre, client):
    member = members.counsellor(centre)
    client.force_login(member)
    return member
