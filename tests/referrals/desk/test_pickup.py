"""A box that is picked up: the desk writes down where, label and case show it, and nothing is sent to nowhere."""

import pytest
from django.urls import reverse

from foundation.errors import DomainError
from referrals.desk import corrections, destination, parcels
from referrals.desk.queue import TABS, cases_in, counts
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


def waits_in_list(place, found) -> bool:
    tab = next(tab for tab in TABS if tab.key == "no_pickup")
    listed = cases_in(tab, place.caseworker).filter(pk=found.pk).exists()
    assert str(counts(place.caseworker, [tab])["no_pickup"]) == str(int(listed))
    return listed


@pytest.mark.parametrize("status", ["approved", "packed"])
def test_who_can_write_down_where_has_it_as_the_first_thing_to_do(place, status):
    found = advance(to_pick_up(place), status, by=place.caseworker)
    desk = signed_in(place.caseworker)
    assert waits_in_list(place, found)
    assert "受けとるところが未定" in text(desk.get(reverse("desk:queue")))
    assert "受けとるところが決まっていない荷物：1件" in text(desk.get(reverse("desk:queue")))
    shown = text(desk.get(reverse("desk:case", args=[found.public_id])))
    step = shown.partition('id="next"')[2]
    assert step.index("本人に聞いて書くまで、発送できません") < step.index(
        reverse("desk:parcel", args=[found.public_id])
    )
    table = signed_in(packer(place.desk))
    assert "受けとるところが未定" in text(table.get(reverse("desk:packing"), {"tab": status}))
    assert "ケースの担当の一覧にも" in text(table.get(reverse("desk:parcel", args=[found.public_id])))
    found = arranged(place, found, pickup_hours="")
    assert not waits_in_list(place, found)
    assert "受けとるところが未定" not in text(desk.get(reverse("desk:queue")))
    found = arranged(place, found, pickup_name="", pickup_address="", pickup_hours="")
    assert waits_in_list(place, found), "emptied, it is unknown again"


def test_it_is_asked_for_before_the_box_is_decided(place):
    found = advance(to_pick_up(place), "in_review", by=place.caseworker)
    shown = text(signed_in(place.caseworker).get(reverse("desk:case", args=[found.public_id])))
    step = shown.partition('id="next"')[2]
    assert step.index("本人に聞いて書くまで、発送できません") < step.index('value="approve"')
    assert not waits_in_list(place, found)


def test_another_correction_tells_nothing_of_where(place):
    found = advance(to_pick_up(place), "approved", by=place.caseworker)
    arranged(place, found, pickup_name="", pickup_address="", pickup_hours="", spoken="手話")
    assert waits_in_list(place, found)


def test_a_box_that_goes_home_waits_for_no_place(place):
    assert not waits_in_list(place, advance(case(by=place.caseworker), "approved", by=place.caseworker))
