"""Names of towns that are no more: whoever writes one finds the place of today."""

import csv

import pytest

from organisations.models import Place
from organisations.places import former
from tests.factories.places import real_places


@pytest.fixture(scope="module")
def _table(django_db_setup, django_db_blocker):
    """The real table, once for this module."""
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_table")]


MOVED_TO_ANOTHER_PREFECTURE = {"山口村"}  # from 長野県 to 岐阜県


def now(text, **how):
    return [(one.name, [place.full_name for place in one.places]) for one in former.find(text, **how)]


@pytest.mark.parametrize(
    ("written", "name", "today"),
    [
        ("静内町", "静内町", "北海道新ひだか町"),
        ("しずない", "静内町", "北海道新ひだか町"),
        ("しずない町", "静内町", "北海道新ひだか町"),
        ("ｼｽﾞﾅｲﾁｮｳ", "静内町", "北海道新ひだか町"),
        ("静内", "静内町", "北海道新ひだか町"),
        ("静内郡静内町", "静内町", "北海道新ひだか町"),
        ("北海道静内郡静内町本町1丁目", "静内町", "北海道新ひだか町"),
        ("浦和市", "浦和市", "埼玉県さいたま市"),
        ("浦和市高砂3丁目", "浦和市", "埼玉県さいたま市"),
        ("北海道大滝村", "大滝村", "北海道伊達市"),
        ("石狩町", "石狩町", "北海道石狩市"),
        ("久居市", "久居市", "三重県津市"),
        ("大阪市大淀区", "大阪市大淀区", "大阪府大阪市北区"),
        ("浜松市中区", "浜松市中区", "静岡県浜松市中央区"),
    ],
)
def test_a_former_name_leads_to_the_place_of_today(written, name, today):
    assert now(written) == [(name, [today])]


def test_a_name_that_several_had_leads_to_all_of_them():
    assert now("大滝村") == [("大滝村", ["北海道伊達市"]), ("大滝村", ["埼玉県秩父市"])]


def test_a_village_that_was_parted_leads_to_both():
    assert [sorted(places) for _name, places in now("上九一色村")] == [["山梨県富士河口湖町", "山梨県甲府市"]]


@pytest.mark.parametrize("written", ["札幌市", "北海道", "見本町1丁目", "福島県静内町", "", "市", "町"])
def test_what_names_no_former_place_finds_none(written):
    assert now(written) == []


def test_beside_places_of_today_an_address_does_not_count_and_every_spelling_of_a_name_does():
    assert now("静内町本町1", by_name_alone=True) == []
    for written in ("静内", "静内町", "しずない", "シズナイ", "静内郡静内町"):
        assert now(written, by_name_alone=True) == [("静内町", ["北海道新ひだか町"])], written


def test_every_name_of_the_table_is_of_no_place_of_today_there_and_leads_to_one():
    with former.TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {place.code: place for place in Place.objects.current().homes()}
    here = {(place.prefecture_code, place.full_name.split("県")[-1]) for place in places.values()}
    assert len(rows) > 2000
    for row in rows:
        codes = row["codes_now"].split(";")
        within = {places[code].prefecture_code for code in codes} == {row["prefecture_code"]}
        assert within or row["name"] in MOVED_TO_ANOTHER_PREFECTURE, row
        assert (row["prefecture_code"], row["name"]) not in here, row
    keys = [(row["prefecture_code"], row["name"]) for row in rows]
    assert len(keys) == len(set(keys))
