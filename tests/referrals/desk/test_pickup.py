"""A box that is picked up: the desk writes down where, label and case show it, and nothing is sent to nowhere."""

import pytest
from django.urls import reverse

from foundation.errors import DomainError
from referrals.desk import corrections, destination, parcels
from tests.factories.cases import advance, case, fresh, town
from tests.factories.members import packer
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
WHERE = {"pickup_name": "見本運輸 中央営業所", "pickup_address": "見本町5", "pickup_hours": "平日 9時〜18時"}


@pytest.fixture
def place():
    return town()


def to_pick_up(place, **answers):
    return case(receive_by="depot", postcode="", address="", by=place.caseworker, **answers)


def arranged(place, found, **where):
    now = corrections.stands(found) | WHERE | where
    seen = corrections.length(found)
    corrections.correct(case=fresh(found), now=now, why="本人に聞いた", by=place.caseworker, seen=seen)
    return fresh(found)


def test_nothing_is_sent_as_long_as_nobody_knows_where_it_is_picked_up(place):
    found = advance(to_pick_up(place), "packed", by=place.caseworker)
    box = found.parcels.get()
    box.case = found
    with pytest.raises(DomainError, match="どの営業所・窓口"):
        parcels.send(parcel=box, by=place.caseworker, seen=found.version)
    assert fresh(found).status == "packed"
    arranged(place, found)
    box.case = fresh(found)
    parcels.send(parcel=box, by=place.caseworker, seen=found.version, corrected=1)
    assert fresh(found).status == "sent"


def test_a_box_that_goes_home_is_not_asked_about(place):
    found = case(by=place.caseworker)
    assert (found.picks_up, found.pickup) == (False, {})
    page = text(signed_in(place.caseworker).get(reverse("desk:case_correct", args=[found.public_id])))
    assert "pickup_name" not in page


def test_it_is_written_down_on_the_page_of_corrections_and_stays_when_something_else_is(place):
    found, desk = to_pick_up(place), signed_in(place.caseworker)
    address = reverse("desk:case_correct", args=[found.public_id])
    assert "受けとるところを書く" in text(desk.get(reverse("desk:case", args=[found.public_id])))
    stands = corrections.stands(found)
    typed = {"name": stands["name"], "kana": stands["kana"], "reach_by": stands["reach_by"], "phone": stands["phone"]}
    typed |= {"safe_times": stands["safe_times"], "seen": 0, "why": "本人に聞いた", **WHERE}
    assert desk.post(address, typed).status_code == 302
    assert fresh(found).pickup == {"name": "見本運輸 中央営業所", "address": "見本町5", "hours": "平日 9時〜18時"}
    shown = text(desk.get(reverse("desk:case", args=[found.public_id])))
    for words in WHERE.values():
        assert words in shown
    typed |= {"seen": 1, "kana": "みほん べつ"}
    assert desk.post(address, typed).status_code == 302
    assert fresh(found).pickup["name"] == "見本運輸 中央営業所"


def test_the_page_that_is_printed_for_the_box_tells_where_it_goes(place):
    found = advance(to_pick_up(place), "approved", by=place.caseworker)
    table = signed_in(packer(place.desk))
    page = reverse("desk:parcel", args=[found.public_id])
    assert "どの営業所・窓口で受けとるか" in text(table.get(page))
    arranged(place, found)
    shown = text(table.get(page))
    for words in WHERE.values():
        assert words in shown
    assert "どの営業所・窓口で受けとるか" not in shown


def test_another_office_is_another_label(place):
    found = arranged(place, to_pick_up(place))
    assert "受けとる営業所・窓口" in destination.changed(found).what
    found = arranged(place, found, pickup_name="見本運輸 西営業所")
    with pytest.raises(DomainError, match="直されています"):
        destination.check_label(found, 1)
