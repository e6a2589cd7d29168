"""Which place an address names, in front or behind other words: another than the home is never joined to it."""

import pytest

from organisations.places import gazetteer, in_front, whereabouts
from tests.factories.places import real_places

CHUO = "011011"


@pytest.fixture(scope="module")
def _table(django_db_setup, django_db_blocker):
    """The real table, once for this module."""
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_table")]


def read(address, home=CHUO):
    near = gazetteer.get(home)
    found = whereabouts.of(in_front.parted(address, near=near).address, near=near)
    return [place.full_name for place in found.places], found.rest


@pytest.mark.parametrize(
    ("address", "rest"),
    [
        ("友人宅 江別市高砂町6", "高砂町6 友人宅"),
        ("友人宅江別市高砂町6", "高砂町6 友人宅"),
        ("佐藤方 北海道江別市高砂町6", "高砂町6 佐藤方"),
        ("友人宅：江別市高砂町6", "高砂町6 友人宅"),
        ("送付先：江別市高砂町6", "高砂町6"),
        ("送付先 江別市高砂町6", "高砂町6"),
        ("(送り先)江別市高砂町6", "高砂町6"),
        ("（送り先：江別市高砂町6）", "高砂町6"),
        ("今は江別市高砂町6", "高砂町6"),
        ("今住んでいるのは江別市高砂町6", "高砂町6"),
        ("住所江別市高砂町6", "高砂町6"),
        ("・江別市高砂町6", "高砂町6"),
        ("※江別市高砂町6", "高砂町6"),
        ("①江別市高砂町6", "高砂町6"),
        ("【江別市】高砂町6", "高砂町6"),
        ("〒067-8674江別市高砂町6", "高砂町6"),
        ("郵便番号067-8674 江別市高砂町6", "高砂町6"),
    ],
)
def test_another_city_is_seen_behind_words_and_signs_and_no_word_is_lost(address, rest):
    assert read(address) == (["北海道江別市"], rest)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("日本 北海道 江別市高砂町6", "北海道江別市"),
        ("Takasagocho 6, Ebetsu, Hokkaido", "北海道江別市"),
        ("Ebetsu-shi Takasago-cho 6", "北海道江別市"),
        ("1-1 Jinnan, Shibuya-ku, Tokyo", "東京都渋谷区"),
        ("ホッカイドウエベツシタカサゴチョウ6", "北海道江別市"),
        ("えべつし高砂町6", "北海道江別市"),
        ("東京都八丈島八丈町大賀郷2551", "東京都八丈町"),
        ("東京都三宅島三宅村1", "東京都三宅村"),
        ("友人宅 虻田郡倶知安町北1条", "北海道倶知安町"),
        ("友人宅 青森県弘前1", "青森県弘前市"),
    ],
)
def test_another_place_is_seen_in_other_spellings(address, place):
    assert read(address)[0] == [place]


def test_every_ward_of_tokyo_but_the_one_called_like_the_home_is_another_place():
    wards = [place for place in gazetteer.homes() if place.prefecture_code == "13" and place.name[-1] == "区"]
    here = gazetteer.get(CHUO)
    read = [(ward.name, whereabouts.of(f"{ward.name}1-1", near=here)) for ward in wards]
    joined = [name for name, found in read if not whereabouts.is_elsewhere(found, here)]
    assert (len(wards), joined) == (23, ["中央区"])


def test_every_prefecture_with_a_ward_alone_is_that_ward():
    wards = [place for place in gazetteer.homes() if place.level == "ward" and place.prefecture_code != "01"]
    here = gazetteer.get(CHUO)
    lost = [
        ward.full_name
        for ward in wards
        if ward not in whereabouts.of(f"{ward.lineage()[-1].name}{ward.name}本町1", near=here).places
    ]
    assert (len(wards), lost) == (161, [])


def test_another_prefecture_without_a_town_is_said_to_be_unread():
    found = whereabouts.of("青森県見本1-1", near=gazetteer.get(CHUO))
    assert (found.places, found.unread) == ([], "青森県")
    assert whereabouts.of("アオモリケンミホン1", near=gazetteer.get(CHUO)).unread == "青森県"


@pytest.mark.parametrize(
    "address",
    [
        "大通西1丁目 見本荘5",
        "大通西1丁目 ハイツ旭川市場101",
        "札幌市営住宅3-201",
        "Minami 1-jo Nishi 2-chome 3-4",
        "みほんちょう1",
        "(北1条)西2丁目",
        "北1条(西2丁目)",
        "123-4567番地",
        "123-4567 ハイツ1",
        "住所変更前の家1",
        "現在の地1-1",
        "自宅はなれ1-2",
    ],
)
def test_an_address_of_the_home_stays_as_it_was_written(address):
    assert read(address) == ([], address)


@pytest.mark.parametrize(
    "address",
    [
        "札幌市中央区札幌市中央区大通西1",
        "北海道札幌市中央区 札幌市中央区大通西1",
        "札幌 大通西1",
        "〒060-0042 大通西1",
        "060-0042 札幌市中央区大通西1",
        "住所：札幌市中央区大通西1",
        "（大通西1）",
    ],
)
def test_the_home_s_own_name_is_taken_off_once_or_twice(address):
    assert read(address)[1] == "大通西1"


def test_two_names_of_a_town_are_one_but_for_a_quarter_of_that_name():
    assert read("倶知安町倶知安町北1条", home="014001")[1] == "北1条"
    assert read("蘭越町蘭越町258-5", home="013943")[1] == "蘭越町258-5"
