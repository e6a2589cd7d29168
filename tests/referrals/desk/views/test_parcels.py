"""Packing and sending: a packer sees whom, where, wishes and needs, records each step, and reads nothing else."""

import pytest
from django.urls import reverse

from foundation.models import AccessRecord
from foundation.web.keyset import keyset
from organisations.roles import Role
from referrals import notes
from referrals.desk import casework, parcels
from referrals.models import Parcel
from tests.factories.applications import OTARU, desk_in
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.members import caseworker, counsellor, member, packer
from tests.referrals.desk_pages import counting, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reading")]
PACKING = reverse("desk:packing")
NEEDS = {
    "name": "見本 花子", "kana": "みほん はなこ", "postcode": "0600001", "address": "見本町9丁目", "people_count": 3,
    "children_ages": [2, 5], "baby_needs": ["milk"], "cannot_eat": ["allergy"], "cannot_eat_note": "卵とそば",
    "cooking": "microwave", "lifelines_cut": ["gas"], "delivery_slot": "morning", "leave_at_door": True,
}  # fmt: skip
PRIVATE = {
    "phone": "+819012345678", "email": "mihon@example.org", "birth_year": 1980, "household_type": "single_parent",
    "income": "lost_job", "in_debt": "yes", "debt_kinds": ["consumer_finance"], "someone_to_consult": "no",
    "bodies": ["medical"], "troubles": ["money"], "safe_times": "夜だけ", "passphrase": "あおいとり",
    "hand_off_wish": "call_me", "food_days": "none",
}  # fmt: skip
SECRETS = (
    "mihon@example.org", "1980", "ひとり親", "仕事をなくした", "消費者金融", "相談できる人", "病院",
    "お金のこと", "夜だけ", "あおいとり", "窓口から連絡", "見本の相談窓口", "今日食べるものがない", "ひみつのメモ",
)  # fmt: skip


@pytest.fixture
def place():
    return town()


@pytest.fixture
def by(place):
    return packer(place.desk, "箱詰 三郎")


@pytest.fixture
def table(by):
    """The packing table: a client signed in as packer."""
    return signed_in(by)


def page(found):
    return reverse("desk:parcel", args=[found.public_id])


def press(table, found, what, **typed):
    return table.post(page(found), {"move": what, "seen": found.version, **typed}, follow=True)


def approved(place, **answers):
    return case(status="approved", by=place.caseworker, **answers)


class TestWhatAPackerSees:
    def test_is_what_packing_needs(self, table, place):
        shown = text(table.get(page(approved(place, **NEEDS))))
        for words in (
            "見本 花子", "みほん はなこ", "060-0001", "札幌市中央区見本町9丁目", "3人", "2歳、5歳", "粉ミルク",
            "卵とそば", "お湯や電子レンジ", "ガス", "午前中", "置いてよい", "自宅などに届けてほしい", "食品",
        ):  # fmt: skip
            assert words in shown, words

    @pytest.mark.parametrize("status", ["approved", "packed", "sent"])
    def test_is_nothing_else_of_a_life(self, table, place, status):
        sent = referral(place, **NEEDS, **PRIVATE)
        notes.write_note(case=sent.case, text="ひみつのメモ", by=place.caseworker)
        found = advance(sent.case, status, by=place.caseworker)
        for address in (page(found), f"{PACKING}?tab={status}"):
            shown = text(table.get(address))
            assert "見本 花子" in shown
            for words in (*SECRETS, sent.number, found.application.receipt_number):
                assert words not in shown, words

    def test_names_the_sender_that_tells_the_neighbours_nothing(self, table, place):
        place.desk.sender_name = "北の暮らしの会"
        place.desk.save()
        shown = text(table.get(page(approved(place))))
        assert "北の暮らしの会" in shown
        assert "差出人の名前が、まだ決まっていません" not in shown

    @pytest.mark.parametrize("sender", ["", "  "])
    def test_without_a_sender_asks_for_one_and_never_gives_the_food_banks_name(self, table, place, sender):
        place.desk.sender_name = sender
        place.desk.save()
        response = table.get(page(approved(place)))
        shown = text(response)
        assert "まとめ役に、活動がわからない差出人名を決めてもらってください" in shown
        assert "箱の外に、団体の活動がわかるものは書きません" not in shown
        assert place.desk.parcel_sender == ""

    def test_is_the_telephone_for_the_label(self, table, place):
        found = approved(place, phone="+819012345678", reach_by=["phone"])
        assert "090-1234-5678" in text(table.get(page(found)))
        assert "090-1234-5678" not in text(table.get(PACKING))

    def test_is_no_number_of_somebody_who_cannot_telephone(self, table, place):
        found = approved(place, phone="+819012345678", reach_by=["sms"], cannot_telephone=True)
        shown = text(table.get(page(found)))
        assert "090-1234-5678" not in shown
        assert "送り状に番号を書かないでください" in shown

    @pytest.mark.parametrize("ways", [["sms"], ["sms", "email"]])
    def test_is_no_number_of_somebody_who_did_not_choose_to_be_rung(self, table, place, ways):
        found = approved(place, phone="+819012345678", reach_by=ways, email="mihon@example.org")
        shown = text(table.get(page(found)))
        assert "090-1234-5678" not in shown
        assert "送り状に書く番号です" not in shown
        assert "電話での連絡を希望していません。送り状に番号を書かないでください。" in shown
        rung = approved(place, phone="+819012345678", reach_by=["phone", "sms"])
        assert "090-1234-5678" in text(table.get(page(rung)))

    @pytest.mark.parametrize(("food_days", "urgent"), [("none", True), ("one_to_three", False)])
    def test_is_that_it_is_urgent_but_not_why(self, table, place, food_days, urgent):
        found = approved(place, food_days=food_days)
        for address in (page(found), PACKING):
            shown = text(table.get(address))
            assert ("急ぎ" in shown) == urgent
            assert "食べるものがない" not in shown

    @pytest.mark.parametrize("status", ["received", "in_review", "delivered", "closed", "declined"])
    def test_is_no_case_that_is_not_to_be_packed(self, table, place, status):
        found = case(status=status, by=place.caseworker)
        assert table.get(page(found)).status_code == 404
        assert found.person.name not in text(table.get(PACKING))

    def test_is_in_the_access_record(self, table, by, place):
        found = approved(place)
        table.get(page(found))
        assert AccessRecord.objects.get(purpose="desk:parcel").keys == [found.person.data_key.public_id]


class TestTheList:
    def test_has_a_tab_for_each_step_oldest_first(self, table, place):
        made = {status: case(status=status, by=place.caseworker) for status in ("approved", "packed", "sent")}
        later = approved(place)
        listed = {tab: table.get(PACKING, {"tab": tab}).context["page"].items for tab in made}
        assert listed == {"approved": [made["approved"], later], "packed": [made["packed"]], "sent": [made["sent"]]}
        counts = [str(count) for _tab, count in table.get(PACKING).context["tabs"]]
        assert counts == ["2", "1", "1"]

    def test_has_whoever_has_nothing_to_eat_first_page_by_page(self, table, place, monkeypatch):
        monkeypatch.setattr(keyset, "__kwdefaults__", {**keyset.__kwdefaults__, "size": 2})
        calm, hungry, late, hungry_too = (approved(place, food_days=days) for days in ("more", "none", "", "none"))
        first = table.get(PACKING).context["page"]
        assert first.items == [hungry, hungry_too]
        second = table.get(PACKING, {"after": first.next_cursor}).context["page"]
        assert second.items == [calm, late]
        assert table.get(PACKING, {"before": second.previous_cursor}).context["page"].items == first.items

    def test_stays_on_the_tab_of_those_awaited_once_one_has_arrived(self, table, place):
        found = case(status="sent", by=place.caseworker)
        done = table.post(page(found), {"move": "deliver", "seen": found.version})
        assert done.headers["Location"] == f"{PACKING}?tab=sent#main"

    def test_says_when_there_is_nothing_to_do(self, table):
        assert "箱づめを待っている荷物はありません" in text(table.get(PACKING))

    def test_takes_at_most_ten_queries_whatever_the_number(self, table, place):
        def taken():
            with counting() as queries:
                table.get(PACKING)
            return len(queries)

        approved(place, **NEEDS)
        few = taken()
        for _ in range(10):
            approved(place, **NEEDS)
        assert taken() == few <= 10

    def test_is_for_those_who_pack_at_this_desk(self, place):
        found = approved(place, name="見本 花子")
        elsewhere = signed_in(packer(desk_in(OTARU, name="小樽フードバンク")))
        assert "見本 花子" not in text(elsewhere.get(PACKING))
        assert elsewhere.get(page(found)).status_code == 404
        for other in (counsellor(place.centre), member(Role.PROGRAMME_MANAGER, at=place.desk)):
            assert signed_in(other).get(PACKING).status_code == 404
        assert signed_in(place.caseworker).get(page(found)).status_code == 200


class TestSteps:
    def test_from_box_to_door(self, table, by, place):
        found = approved(place, people_count=2)
        assert "米 4kg" in text(table.get(page(found)))
        assert "箱づめを記録しました" in text(press(table, found, "pack", contents="米 4kg、缶詰 6個", weight="５．２"))
        found = fresh(found)
        assert "発送を記録しました" in text(press(table, found, "send", tracking_number="１２３４－５６７８"))
        found = fresh(found)
        assert "お届けを記録しました" in text(press(table, found, "deliver"))
        kept = Parcel.objects.get()
        assert (kept.contents, kept.weight_grams, kept.tracking_number) == ("米 4kg、缶詰 6個", 5200, "1234-5678")
        assert (kept.status, fresh(found).status, kept.packed_by) == ("delivered", "delivered", by)

    def test_what_came_back_is_packed_again(self, table, place):
        found = case(status="sent", by=place.caseworker)
        assert "戻ってきたわけをえらんでください" in text(press(table, found, "take_back"))
        assert fresh(found).status == "sent"
        shown = text(press(table, found, "take_back", reason="nobody_there", words="不在票が二枚"))
        assert "ケースの担当が、どうするかを決めます" in shown
        assert "箱づめを記録する" not in shown
        found = fresh(found)
        assert found.status == "approved"
        assert "担当が決めるまで待つ" in text(table.get(reverse("desk:packing")))
        held = text(table.get(reverse("desk:parcel", args=[found.public_id])))
        assert held.index("前の箱が戻ってきています") < held.index("送り先")
        assert 'value="pack"' not in held, "nothing is offered that would be refused"
        refused = text(press(table, found, "pack", contents="米 2kg"))
        assert "前の箱が戻ってきています" in refused
        assert "米 2kg" in refused, "what was typed stays"
        move = {"move": "send_again", "seen": found.version, "found_out": "土曜に受けとれる"}
        signed_in(place.caseworker).post(reverse("desk:case_move", args=[found.public_id]), move)
        assert "箱づめを記録しました" in text(press(table, found, "pack", contents="米 2kg"))

    def test_the_box_of_an_ended_case_stands_on_the_list_until_it_is_unpacked(self, table, place):
        found = case(status="packed", by=place.caseworker, name="見本 やめた")
        move = {"move": "end", "end": "withdrawn.not_needed", "note": "", "seen": found.version}
        address, desk = reverse("desk:case_move", args=[found.public_id]), signed_in(place.caseworker)
        assert "箱をどうするか" in text(desk.post(address, move))
        assert desk.post(address, {**move, "box": "to_unpack"}).status_code == 302
        shown = text(table.get(PACKING))
        assert "発送しないで、ほどく箱" in shown
        assert "見本 やめた" in shown
        done = reverse("desk:unpacked", args=[found.parcels.get().public_id])
        for _click in range(2):
            assert "箱をほどいたことを記録しました" in text(table.post(done, follow=True))
        assert found.parcels.get().status == "unpacked"
        assert "見本 やめた" not in text(table.get(PACKING))

    def test_nobody_of_another_desk_confirms_it(self, place):
        found = case(status="packed", by=place.caseworker)
        casework.end(
            case=found, to="withdrawn", reason="not_needed", by=place.caseworker, seen=found.version, box="to_unpack"
        )
        elsewhere = signed_in(packer(desk_in("130001", name="別の団体")))
        assert elsewhere.post(reverse("desk:unpacked", args=[found.parcels.get().public_id])).status_code == 404
        assert found.parcels.get().status == "to_unpack"

    def test_a_box_can_be_unpacked(self, table, place):
        found = case(status="packed", by=place.caseworker)
        press(table, found, "unpack")
        assert (fresh(found).status, Parcel.objects.get().status) == ("approved", "unpacked")

    def test_contents_stand_beside_what_can_not_be_eaten_and_are_for_the_packer_to_write(self, table, place):
        found = approved(
            place, cannot_eat=["allergy"], cannot_eat_note="小麦（アナフィラキシー）、卵", cooking="cannot"
        )
        shown = text(table.get(page(found)))
        beside = shown[shown.index('id="next"') :]
        assert "アレルギー：小麦（アナフィラキシー）、卵　原材料をたしかめてください" in beside
        assert "パン" not in beside
        assert "例は入れていません" in beside
        assert "箱の中身を書いてください" in text(press(table, found, "pack", contents=""))
        calm = text(table.get(page(approved(place, cannot_eat=["none"]))))
        assert "原材料" not in calm
        assert "例が入っています" in calm

    @pytest.mark.parametrize(
        "weight",
        ["重い", "-1", "0", "1000", "5kg5", "inf", "NaN", "1_0", "1e1", "0.0001", "5.2345", "٣", ".5", "100.001"],
    )
    def test_a_weight_that_is_none_is_asked_for_again_and_nothing_typed_is_lost(self, table, place, weight):
        found = approved(place)
        response = press(table, found, "pack", contents="米だけ", weight=weight)
        assert response.status_code == 200
        assert "キログラムの数字" in text(response)
        assert "米だけ</textarea>" in text(response)
        assert f'value="{weight}"' in text(response)
        assert fresh(found).status == "approved"

    @pytest.mark.parametrize(
        ("typed", "grams"), [("5.2", 5200), ("5,2kg", 5200), ("５．２ｋｇ", 5200), (" 12 ", 12000), ("", None)]
    )
    def test_a_weight_is_understood_however_it_is_written(self, table, place, typed, grams):
        press(table, approved(place), "pack", contents="米", weight=typed)
        assert Parcel.objects.get().weight_grams == grams

    def test_an_empty_box_is_refused(self, table, place):
        found = approved(place)
        assert "箱の中身を書いてください" in text(press(table, found, "pack", contents=" "))
        assert not Parcel.objects.exists()


class TestTwoAtOnce:
    def test_the_second_packer_is_told_and_nothing_typed_is_lost(self, table, place):
        found = approved(place)
        other = packer(place.desk, "箱詰 四郎")
        parcel = parcels.pack(case=fresh(found), contents="米", by=other, seen=found.version)
        parcels.unpack(parcel=parcel, by=other, seen=parcel.case.version)
        response = press(table, found, "pack", contents="缶詰だけ")
        assert response.status_code == 409
        assert "箱詰 四郎" in text(response)
        assert "缶詰だけ</textarea>" in text(response)

    def test_a_double_click_is_done_once_and_is_no_error(self, table, place):
        found = approved(place)
        for what, typed, word in (
            ("pack", {"contents": "米"}, "箱づめを記録しました"),
            ("send", {"tracking_number": "1"}, "発送を記録しました"),
            ("deliver", {}, "お届けを記録しました"),
        ):  # fmt: skip
            before = fresh(found)
            responses = [press(table, before, what, **typed) for _ in range(2)]
            assert all(response.status_code == 200 and word in text(response) for response in responses), what
            assert fresh(found).version == before.version + 1
        assert Parcel.objects.count() == 1

    def test_a_case_that_was_taken_back_meanwhile_is_said_to_be_gone(self, table, place):
        found = approved(place)
        casework.end(case=fresh(found), to="withdrawn", reason="not_needed", by=place.caseworker, seen=found.version)
        response = press(table, found, "pack", contents="米")
        assert "もう箱づめ・発送の対象ではありません" in text(response)
        assert "担当 一郎" not in text(response)
        assert not Parcel.objects.exists()

    @pytest.mark.parametrize("what", ["", "approve", "end"])
    def test_an_unknown_button_changes_nothing(self, table, place, what):
        found = approved(place)
        press(table, found, what)
        assert fresh(found).version == found.version


def test_a_caseworker_packs_too_and_comes_back_to_the_case(place):
    found = approved(place)
    consent(found, place.centre, by=place.caseworker)
    desk = signed_in(caseworker(place.desk))
    press(desk, found, "pack", contents="米")
    assert "箱づめしました" in text(desk.get(reverse("desk:case", args=[found.public_id])))
