"""Where the person's own pages are read in English, a centre's English name stands beside its own."""

import pytest

from referrals.states import CaseStatus, ReferralStatus
from tests.factories.applications import real_place
from tests.factories.directory import WindowFactory, WindowTextFactory
from tests.factories.referrals import portal_centre
from tests.referrals.person.hand_offs import take_back
from tests.referrals.person.private import hand_in, page_of, refer, text_of, withdraw_of
from tests.referrals.person.test_standings import bring

pytestmark = pytest.mark.django_db
IN_ENGLISH = "Help desk of the sample city"


@pytest.fixture
def both(centre):
    window = WindowFactory(code="C001", organisation=centre, area="catchment", place=real_place("011002"), phone="")
    WindowTextFactory(window=window, language="en", title=IN_ENGLISH)
    return f"{centre.name} ({IN_ENGLISH})"


def opened(client, address, language):
    client.cookies["django_language"] = language
    return text_of(client.get(address))


@pytest.mark.parametrize("address", [page_of, withdraw_of])
@pytest.mark.parametrize("handed_on", [True, False])
def test_a_centre_that_may_be_told(client, centre, both, address, handed_on):
    case, secret = hand_in(consenting=centre)
    if handed_on:
        refer(case, centre)
    assert IN_ENGLISH not in opened(client, address(secret), "ja")
    assert both in opened(client, address(secret), "en")


def test_one_whose_consent_was_taken_back_before_it_was_told(client, centre, both):
    case, secret = hand_in(consenting=centre)
    take_back(case, centre)
    assert IN_ENGLISH not in opened(client, page_of(secret), "ja")
    assert opened(client, page_of(secret), "en").count(both) >= 2, "what was agreed to, and what was taken back"


def test_the_numbers_to_call_before_the_box_and_instead_of_it(client, centre, both):
    case, secret = hand_in(food_days="none")
    assert both in opened(client, page_of(secret), "en")
    bring(case, CaseStatus.DECLINED)
    assert both in opened(client, page_of(secret), "en")


def test_another_centre_where_one_turned_it_down(client, centre, both):
    second = portal_centre(name="第二の見本窓口")
    case, secret = hand_in(consenting=second)
    refer(case, second, to=ReferralStatus.DECLINED)
    assert both in opened(client, page_of(secret), "en")
