"""What a centre may be told: what is shown before is what is sent, and nothing beyond the ticks."""

import pytest

from outreach.application import disclosable
from outreach.application.disclosable import FIELDS, FIELDS_BY_KEY, Group
from tests.factories.applications import CHUO, OTARU, StatementFactory, real_place


def test_nothing_chosen_tells_nothing(db):
    assert disclosable.rows(StatementFactory(), []) == []


def test_only_what_was_chosen_is_told(db):
    told = disclosable.rows(StatementFactory(name="見本 はな", kana="みほん はな"), ["name", "income"])
    assert [(row.key, row.value) for row in told] == [
        ("name", "見本 はな（みほん はな）"),
        ("income", "収入がへった／半年以内"),
    ]


def test_what_was_not_answered_is_not_told(db):
    said = StatementFactory(children_ages=[], birth_year=None, email="")
    assert not {"children", "birth_year", "email"} & {row.key for row in disclosable.rows(said, FIELDS_BY_KEY)}


def test_an_address_is_told_as_one_would_write_it(db):
    real_place(CHUO)
    [row] = disclosable.rows(StatementFactory(postcode="0600001", address="見本町1丁目"), ["address"])
    assert row.value == "〒060-0001 北海道札幌市中央区見本町1丁目"


@pytest.fixture
def sent_elsewhere(db):
    real_place(CHUO)
    real_place(OTARU)
    where = {"place_code": CHUO, "sending_place_code": OTARU, "postcode": "0470001", "address": "見本町9丁目"}
    return StatementFactory(reach_by=["letter"], **where)


def test_the_address_is_where_somebody_lives_and_never_where_the_box_goes(sent_elsewhere):
    [row] = disclosable.rows(sent_elsewhere, ["address"])
    assert (row.label, row.value) == ("住所", "北海道札幌市中央区")


def test_where_the_box_goes_is_told_apart_and_only_if_it_was_agreed_to(sent_elsewhere):
    told = disclosable.rows(sent_elsewhere, ["address", "parcels_to"])
    assert [(row.label, row.value) for row in told] == [
        ("住所", "北海道札幌市中央区"),
        ("荷物・手紙の送り先", "〒047-0001 北海道小樽市見本町9丁目"),
    ]


def test_a_box_that_goes_home_is_told_once(db):
    real_place(CHUO)
    told = disclosable.rows(StatementFactory(postcode="", address="見本町1丁目"), ["address", "parcels_to"])
    assert [row.key for row in told] == ["address"]


def test_letters_reach_somebody_where_they_are_sent(sent_elsewhere):
    assert disclosable.ways_to_reach(sent_elsewhere) == ["parcels_to"]
    assert "parcels_to" in disclosable.lacking_to_call(sent_elsewhere, ["address"])


def test_safe_times_and_a_telephone_that_cannot_be_used_go_with_how_to_reach(db):
    said = StatementFactory(reach_by=["email"], cannot_telephone=True, safe_times="平日の昼")
    [row] = disclosable.rows(said, ["reach"])
    assert row.value == "メール／電話は使えません／連絡してよい時間: 平日の昼"


def test_the_language_somebody_speaks_goes_with_how_to_reach_and_with_nothing_else(db):
    said = StatementFactory(reach_by=["phone"], spoken="ベトナム語")
    [row] = disclosable.rows(said, ["reach"])
    assert row.value == "電話／ことば・通訳: ベトナム語"
    others = set(disclosable.FIELDS_BY_KEY) - {"reach"}
    assert not any("ベトナム語" in row.value for row in disclosable.rows(said, others))


@pytest.mark.parametrize("key", ["passphrase", "helper_phone", "of another version"])
def test_what_may_not_be_told_is_not_told(db, key):
    stated = StatementFactory(passphrase="ひまわり")
    assert disclosable.rows(stated, [key]) == []
    assert [row.key for row in disclosable.rows(stated, [key, "name"])] == ["name"]


@pytest.mark.parametrize("group", Group)
def test_every_group_holds_fields(group):
    assert disclosable.keys_of([group])


def test_keys_are_unique_and_fit_their_column():
    keys = [field.key for field in FIELDS]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 32


class TestWhatACallNeeds:
    @pytest.mark.parametrize(
        ("reach_by", "facts", "way"),
        [
            (["phone"], {"phone": "+819012345678"}, "phone"),
            (["sms"], {"phone": "+819012345678"}, "phone"),
            (["email"], {"email": "mihon@example.jp"}, "email"),
            (["letter"], {"address": "見本町1"}, "address"),
            (["supporter"], {"helper_name": "見本 支援"}, "helper"),
        ],
    )
    def test_a_way_that_the_person_chose(self, db, reach_by, facts, way):
        said = StatementFactory(reach_by=reach_by, **facts)
        assert disclosable.ways_to_reach(said) == [way]
        assert disclosable.lacking_to_call(said, ["name", "reach", way]) == []

    def test_what_is_lacking_is_named(self, db):
        assert disclosable.lacking_to_call(StatementFactory(), ["income"]) == ["name", "phone", "reach"]

    def test_one_way_of_several_is_enough(self, db):
        said = StatementFactory(reach_by=["phone", "email"], email="mihon@example.jp")
        assert disclosable.lacking_to_call(said, ["name", "reach", "email"]) == []

    def test_whoever_wishes_no_contact_has_no_way(self, db):
        assert disclosable.ways_to_reach(StatementFactory(reach_by=["none"])) == []
