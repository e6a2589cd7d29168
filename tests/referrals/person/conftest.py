import pytest

from tests.factories import referrals
from tests.private_pages import LetIn


@pytest.fixture
def client():
    """A browser that was let in; the door itself has tests of its own."""
    return LetIn()


@pytest.fixture
def centre(db):
    return referrals.portal_centre(name="見本市の相談センター")
