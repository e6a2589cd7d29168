"""What was written down of a box put right, with a reason: both versions stay, the person reads the right one."""

import pytest
from django.urls import reverse

from foundation.errors import Conflict, DomainError, NotAllowed
from referrals.desk import case_file, parcel_corrections
from referrals.models import Parcel
from tests.factories.cases import case, fresh, town
from tests.factories.members import caseworker, packer
from tests.referrals.desk_pages import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
RIGHT = {"tracking_number": "9999-0000-1111", "weight_grams": 4800, "contents": "米 2kg"}


@pytest.fixture
def place():
    return town()


def boxed(place, status="sent"):
    found = case(status=status, by=place.caseworker)
    parcel = found.parcels.get()
    parcel.case = found
    return parcel


def put_right(parcel, by, why="送り状の控えを見た", **now):
    parcel_corrections.correct(parcel=parcel, now={**RIGHT, **now}, why=why, by=by, seen=parcel.version)


@pytest.mark.parametrize("status", ["packed", "sent", "delivered", "closed"])
def test_number_weight_and_contents_are_corrected_and_both_versions_stay(place, status):
    parcel = boxed(place, status)
    put_right(parcel, place.caseworker)
    kept = Parcel.objects.get()
    assert {name: getattr(kept, name) for name in RIGHT} == RIGHT
    [told] = [one for one in case_file.of(fresh(parcel.case)).timeline if str(one.text) == "箱の記録を直しました"]
    assert "重さ：5.2kg → 4.8kg" in told.note
    assert "箱の中身：米 2kg、缶詰 3個 → 米 2kg" in told.note
    assert "理由：送り状の控えを見た" in told.note


def test_the_sending_keeps_the_number_that_was_written_down_then(place):
    parcel = boxed(place)
    put_right(parcel, place.caseworker)
    again = Parcel.objects.select_related("case__desk", "case__person__data_key").get()
    put_right(again, place.caseworker, tracking_number="2222")
    texts = [str(one.text) for one in case_file.of(fresh(parcel.case)).timeline]
    assert "荷物を発送しました（送り状番号 1234-5678-9012）" in texts


@pytest.mark.parametrize(
    ("now", "why", "words"),
    [
        ({}, " ", "なぜ直すのか"),
        ({"contents": " "}, "まちがい", "箱の中身"),
        (
            {"tracking_number": "1234-5678-9012", "weight_grams": 5200, "contents": "米 2kg、缶詰 3個"},
            "まちがい",
            "変わった",
        ),
    ],
)
def test_nothing_is_corrected_without_reason_contents_or_change(place, now, why, words):
    parcel = boxed(place)
    with pytest.raises(DomainError, match=words):
        put_right(parcel, place.caseworker, why=why, **now)
    assert Parcel.objects.get().version == parcel.version


def test_packers_correct_nothing_themselves(place):
    with pytest.raises(NotAllowed):
        put_right(boxed(place), packer(place.desk))


def test_the_second_is_told_who_was_first(place):
    parcel = boxed(place)
    put_right(parcel, place.caseworker)
    with pytest.raises(Conflict, match="担当 一郎"):
        put_right(parcel, caseworker(place.desk), tracking_number="2222")
    assert Parcel.objects.get().tracking_number == RIGHT["tracking_number"]


class TestThePage:
    def at(self, parcel):
        return reverse("desk:parcel_correct", args=[parcel.case.public_id, parcel.public_id])

    def typed(self, parcel, **typed):
        start = {"tracking_number": "９９９９", "weight": "4.8", "contents": "米 2kg", "why": "控えを見た"}
        return {**start, "seen": parcel.version, **typed}

    def test_shows_what_stands_and_leads_back_to_the_case(self, place):
        parcel, desk = boxed(place), signed_in(place.caseworker)
        assert self.at(parcel) in text(desk.get(reverse("desk:case", args=[parcel.case.public_id])))
        shown = text(desk.get(self.at(parcel)))
        for words in ("1234-5678-9012", "5.2", "米 2kg、缶詰 3個"):
            assert words in shown
        for _click in range(2):
            assert "箱の記録を直しました" in text(desk.post(self.at(parcel), self.typed(parcel), follow=True))
        assert Parcel.objects.get().tracking_number == "9999"
        assert Parcel.objects.get().history.filter(reason="put_right").count() == 1

    def test_refused_it_keeps_what_was_typed(self, place):
        parcel, desk = boxed(place), signed_in(place.caseworker)
        shown = text(desk.post(self.at(parcel), self.typed(parcel, why="", contents="めん 3袋")))
        assert "なぜ直すのかを書いてください" in shown
        assert "めん 3袋" in shown

    def test_who_was_second_reads_what_stands_beside_what_they_typed(self, place):
        parcel = boxed(place)
        signed_in(place.caseworker).post(self.at(parcel), self.typed(parcel))
        other = signed_in(caseworker(place.desk, "担当 二郎"))
        page = other.post(self.at(parcel), self.typed(parcel, contents="めん 3袋"))
        assert page.status_code == 409
        assert "担当 一郎が" in text(page)
        assert "めん 3袋" in text(page)
        assert "いまの記録" in text(page)

    def test_a_box_of_another_case_is_not_found(self, place):
        parcel, other = boxed(place), case()
        address = reverse("desk:parcel_correct", args=[other.public_id, parcel.public_id])
        assert signed_in(place.caseworker).get(address).status_code == 404
