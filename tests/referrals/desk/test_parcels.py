"""Packing, sending, arriving, coming back: the parcel moves and its case with it."""

from functools import partial

import pytest

from foundation.errors import Conflict, DomainError, NotAllowed
from organisations.roles import Role
from referrals.desk import casework, parcels, undoing
from referrals.desk.parcel_contents import MOST_PEOPLE, suggested
from referrals.models import Case, Parcel, ParcelTransition
from tests.factories.applications import centre_in, desk_in, submit
from tests.factories.cases import case, fresh
from tests.factories.members import caseworker, counsellor, member, packer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]


@pytest.fixture
def by():
    return packer(desk_in(), "箱詰 三郎")


def packed(by, **facts):
    found = case(status="approved", by=caseworker(by.grants()[0].organisation))
    return parcels.pack(case=found, contents="米 2kg", by=by, seen=found.version, **facts)


def under_way(by, status):
    parcel = packed(by)
    if status == "sent":
        parcels.send(parcel=parcel, by=by, seen=parcel.case.version)
    return parcel


def test_a_packer_brings_a_parcel_to_the_door(by):
    parcel = packed(by, weight_grams=5200)
    parcels.send(parcel=parcel, tracking_number="1234", by=by, seen=parcel.case.version)
    parcels.deliver(parcel=parcel, by=by, seen=parcel.case.version)
    kept = Parcel.objects.get()
    assert (kept.status, kept.tracking_number, kept.weight, kept.packed_by) == ("delivered", "1234", "5.2kg", by)
    assert kept.case.status == "delivered"
    steps = ParcelTransition.objects.filter(subject=kept)
    assert [(step.to_status, step.by) for step in steps] == [("packed", by), ("sent", by), ("delivered", by)]


def decided(found, words="本人に電話した"):
    parcel = found.parcels.order_by("pk").last()
    parcel.case = found
    parcels.send_again(parcel=parcel, found_out=words, by=caseworker(found.desk), seen=found.version)


def test_a_parcel_that_came_back_is_packed_anew_as_another_row(by):
    parcel = under_way(by, "sent")
    parcels.take_back(parcel=parcel, by=by, seen=parcel.case.version, reason="nobody_there")
    found = fresh(parcel.case)
    assert (found.status, Parcel.objects.get().status) == ("approved", "returned")
    decided(found)
    parcels.pack(case=found, contents="米 2kg", by=by, seen=found.version)
    assert [p.status for p in Parcel.objects.all()] == ["returned", "packed"]


def test_nothing_is_packed_until_somebody_has_decided_about_the_box_that_came_back(by):
    parcel = under_way(by, "sent")
    parcels.take_back(parcel=parcel, by=by, seen=parcel.case.version, reason="wrong_address")
    found = fresh(parcel.case)
    assert list(Parcel.objects.came_back()) == [parcel]
    with pytest.raises(DomainError, match="戻ってきています"):
        parcels.pack(case=found, contents="米 2kg", by=by, seen=found.version)
    decided(fresh(found))
    assert not Parcel.objects.came_back().exists()
    found = fresh(found)
    parcels.pack(case=found, contents="米 2kg", by=by, seen=found.version)


def test_a_box_comes_back_for_a_reason(by):
    parcel = under_way(by, "sent")
    say = {"parcel": parcel, "by": by, "seen": parcel.case.version}
    with pytest.raises(DomainError, match="わけをえらんで"):
        parcels.take_back(**say, reason="")
    with pytest.raises(DomainError, match="わけを書いて"):
        parcels.take_back(**say, reason="other", words=" ")
    parcels.take_back(**say, reason="other", words="建物がなくなっていた")
    row = ParcelTransition.objects.select_related("data_key").get(to_status="returned")
    assert (row.reason, row.note) == ("other", "建物がなくなっていた")


def test_a_packer_does_not_decide_whether_it_is_sent_again(by):
    parcel = under_way(by, "sent")
    parcels.take_back(parcel=parcel, by=by, seen=parcel.case.version, reason="refused")
    with pytest.raises(NotAllowed):
        parcels.send_again(parcel=parcel, found_out="たしかめた", by=by, seen=parcel.case.version)


def test_the_second_who_decides_is_told_who_was_first(by):
    parcel = under_way(by, "sent")
    parcels.take_back(parcel=parcel, by=by, seen=parcel.case.version, reason="refused")
    decided(fresh(parcel.case))
    with pytest.raises(Conflict, match="もう一度送る"):
        decided(fresh(parcel.case))
    with pytest.raises(DomainError, match="たしかめたこと"):
        decided(fresh(parcel.case), " ")


def test_a_box_that_comes_back_a_second_time_waits_again(by):
    parcel = under_way(by, "sent")
    parcels.take_back(parcel=parcel, by=by, seen=parcel.case.version, reason="refused")
    decided(fresh(parcel.case))
    found = fresh(parcel.case)
    worker = caseworker(found.desk)
    undoing.undo_return(case=found, why="まちがえた", by=worker, seen=found.version)
    again = Parcel.objects.select_related("case__desk", "case__person__data_key").get()
    parcels.take_back(parcel=again, by=by, seen=again.case.version, reason="nobody_there")
    assert Parcel.objects.came_back().exists()


def test_the_box_of_an_ended_case_waits_until_a_packer_has_unpacked_it(by):
    parcel = packed(by)
    found, worker = fresh(parcel.case), caseworker(parcel.case.desk)
    casework.end(case=found, to="withdrawn", reason="not_needed", by=worker, seen=found.version, box="to_unpack")
    waiting = Parcel.objects.to_unpack(by).select_related("case__desk").get()
    elsewhere = packer(desk_in("130001", name="別の団体"))
    assert not Parcel.objects.to_unpack(elsewhere).exists()
    with pytest.raises(NotAllowed):
        parcels.confirm_unpacked(parcel=waiting, by=elsewhere)
    parcels.confirm_unpacked(parcel=waiting, by=by)
    assert Parcel.objects.get().status == "unpacked"
    assert not Parcel.objects.to_unpack(by).exists()
    with pytest.raises(NotAllowed):
        parcels.confirm_unpacked(parcel=waiting, by=by)


def test_a_box_can_be_unpacked_and_packed_differently(by):
    parcel = packed(by)
    parcels.unpack(parcel=parcel, by=by, seen=parcel.case.version)
    assert (fresh(parcel.case).status, Parcel.objects.get().status) == ("approved", "unpacked")


def test_an_empty_box_is_not_packed(by):
    found = case(status="approved", by=caseworker(by.grants()[0].organisation))
    with pytest.raises(DomainError, match="中身"):
        parcels.pack(case=found, contents="  ", by=by, seen=found.version)
    assert not Parcel.objects.exists()
    assert fresh(found).status == "approved"


def test_only_what_was_approved_is_packed(by):
    found = case()
    with pytest.raises(NotAllowed):
        parcels.pack(case=found, contents="米", by=by, seen=found.version)
    assert not Parcel.objects.exists()


def test_what_has_not_been_sent_does_not_arrive(by):
    parcel = packed(by)
    for verb in (parcels.deliver, partial(parcels.take_back, reason="nobody_there")):
        with pytest.raises(NotAllowed):
            verb(parcel=parcel, by=by, seen=parcel.case.version)
        parcel = Parcel.objects.select_related("case__desk").get()
    assert (parcel.status, parcel.case.status) == ("packed", "packed")


def test_the_second_of_two_clicks_packs_nothing_more(by):
    parcel = packed(by)
    with pytest.raises(Conflict) as told:
        parcels.pack(case=fresh(parcel.case), contents="米 2kg", by=by, seen=3)
    assert (told.value.to, told.value.by_id) == ("packed", by.pk)
    assert Parcel.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_packers_at_the_same_moment_exactly_one_packs(at_once):
    desk = desk_in()
    found = case(status="approved", by=caseworker(desk))

    def packing(by):
        return parcels.pack(
            case=Case.objects.select_related("desk").get(pk=found.pk), contents="米", by=by, seen=found.version
        )

    results = at_once(*(partial(packing, packer(desk)) for _ in range(3)))
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Conflict", "Parcel"]
    assert Parcel.objects.count() == 1


@pytest.mark.parametrize("status", ["packed", "sent"])
def test_nobody_else_moves_a_parcel(by, status):
    parcel = under_way(by, status)
    desk = parcel.case.desk
    for other in (
        packer(desk_in(name="よそ")), counsellor(centre_in()), member(Role.PROGRAMME_MANAGER, at=desk), member(),
    ):  # fmt: skip
        back = partial(parcels.take_back, reason="nobody_there")
        for verb in (parcels.send, parcels.deliver, back, parcels.unpack):
            with pytest.raises(NotAllowed):
                verb(parcel=parcel, by=other, seen=parcel.case.version)
    assert Parcel.objects.get().status == status


class TestTheSuggestion:
    def of(self, **answers):
        return suggested(submit(**answers).application)

    def test_grows_with_the_household_and_stops_growing(self):
        assert "米 2kg" in self.of(people_count=1)
        assert "米 8kg" in self.of(people_count=4)
        assert f"米 {2 * MOST_PEOPLE}kg" in self.of(people_count=20)
        assert "米 2kg" in self.of(people_count=None)

    @pytest.mark.parametrize(
        "answers", [{"cooking": "cannot"}, {"cooking": "can", "lifelines_cut": ["electricity", "gas"]}]
    )
    def test_needs_no_cooking_where_nothing_can_be_cooked(self, answers):
        assert "乾めん" not in self.of(**answers)
        assert "そのまま食べられる" in self.of(**answers)

    def test_holds_water_where_there_is_none_and_what_a_baby_needs(self):
        text = self.of(lifelines_cut=["water"], baby_needs=["milk", "nappies"])
        assert "水（2リットル）" in text
        assert "粉ミルク、おむつ" in text

    @pytest.mark.parametrize(
        "answers",
        [
            {"cannot_eat": ["allergy"], "cannot_eat_note": "小麦"}, {"cannot_eat": ["religion"]},
            {"cannot_eat": ["illness"], "baby_needs": ["milk"]}, {"cannot_eat": [], "cannot_eat_note": "かたいもの"},
        ],
    )  # fmt: skip
    def test_is_none_where_something_can_not_be_eaten(self, answers):
        assert self.of(**answers) == ""

    @pytest.mark.parametrize("kinds", [[], ["none"]])
    def test_is_one_where_everything_can(self, kinds):
        assert "米 2kg" in self.of(cannot_eat=kinds)
