"""Who is there when somebody applies: a food bank for Hokkaido, a centre for Sapporo, a member on the telephone."""

import pytest

from organisations import membership
from organisations.roles import Role
from tests.factories.applications import CHUO, centre_in, desk_in, real_place
from tests.outreach.application.filling import Filling


@pytest.fixture
def desk(db):
    real_place(CHUO)
    return desk_in()


@pytest.fixture
def centre(desk):
    return centre_in()


@pytest.fixture
def filling(client, centre):
    """The form, open to anybody."""
    return Filling(client)


@pytest.fixture
def caseworker(desk):
    member = membership.add_member(email="worker@example.jp", name="担当 見本", password=None)
    membership.give_role(member=member, organisation=desk, role=Role.CASEWORKER)
    return member


@pytest.fixture
def on_the_telephone(client, centre, caseworker):
    """The same form, taken by a caseworker on the telephone."""
    client.force_login(caseworker)
    return Filling(client, "/desk/telephone/")
