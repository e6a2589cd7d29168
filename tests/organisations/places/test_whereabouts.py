"""Which place an address names, in front or behind other words: another than the home is never joined to it."""

import pytest

from organisations.places import former, gazetteer, in_front, whereabouts
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
        ("Ebetsu Takasago-cho 6", "北海道江別市"),
        ("6 Takasago-cho Ebetsu", "北海道江別市"),
        ("Tokyo Shinjuku 1-2-3", "東京都新宿区"),
        ("1-2-3 Shinjuku Tokyo", "東京都新宿区"),
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


NORTH = "北海道札幌市北区"


@pytest.mark.parametrize(
    ("address", "place", "rest"),
    [
        ("札幌北区北10条西1-1", NORTH, "北10条西1-1"),
        ("札幌 北区北10条西1", NORTH, "北10条西1"),
        ("札幌 北区 北10条西1", NORTH, "北10条西1"),
        ("北海道札幌北区北10条西1", NORTH, "北10条西1"),
        ("北海道札幌 北区北10条西1", NORTH, "北10条西1"),
        ("札幌市内北区北10条西1", NORTH, "北10条西1"),
        ("札幌市の北区北10条西1", NORTH, "北10条西1"),
        ("さっぽろ市北区北10条西1", NORTH, "北10条西1"),
        ("サッポロ市北区北10条西1", NORTH, "北10条西1"),
        ("仙台青葉区本町1", "宮城県仙台市青葉区", "本町1"),
        ("堺 北区長曽根町1", "大阪府堺市北区", "長曽根町1"),
        ("旭川4条通8丁目1", "北海道旭川市", "4条通8丁目1"),
        ("函館松風町1-2", "北海道函館市", "松風町1-2"),
        ("江別高砂町6", "北海道江別市", "高砂町6"),
        ("江別郵便局留め", "北海道江別市", "郵便局留め"),
        ("倶知安 北1条西1", "北海道倶知安町", "北1条西1"),
        ("倶知安北1条西1", "北海道倶知安町", "北1条西1"),
        ("北海道当別青山1", "北海道当別町", "青山1"),
        ("東京 新宿 2-3", "東京都新宿区", "2-3"),
        ("東京千代田紀尾井町1", "東京都千代田区", "紀尾井町1"),
    ],
)
def test_a_name_without_its_ending_is_no_street_of_the_home(address, place, rest):
    assert read(address) == ([place], rest)


@pytest.mark.parametrize("address", ["札幌大通西1", "伏見1", "旭ケ丘1", "円山西町1", "大通西1 江別ハイツ", "北見館1"])
def test_a_quarter_or_a_house_of_the_home_is_no_bare_name(address):
    assert read(address) == ([], address)


def test_every_ward_of_a_city_is_read_behind_the_city_without_its_ending():
    wards = [place for place in gazetteer.homes() if place.level == "ward" and place.code != CHUO]
    here = gazetteer.get(CHUO)
    spelled = [
        (ward, between.join((ward.parent.name[:-1], ward.name)) + "本町1") for ward in wards for between in ("", " ")
    ]
    lost = [text for ward, text in spelled if ward not in whereabouts.of(text, near=here).places]
    assert (len(spelled), lost) == (340, [])


@pytest.mark.parametrize(
    ("address", "place", "rest"),
    [
        ("北海道静内郡静内町本町1-2", "北海道新ひだか町", "静内町本町1-2"),
        ("静内郡静内町本町1-2", "北海道新ひだか町", "静内町本町1-2"),
        ("静内町本町1", "北海道新ひだか町", "静内町本町1"),
        ("友人宅 静内町本町1", "北海道新ひだか町", "静内町本町1 友人宅"),
        ("虻田町本町1", "北海道洞爺湖町", "虻田町本町1"),
        ("浦和市高砂1", "埼玉県さいたま市", "浦和市高砂1"),
        ("埼玉県浦和市高砂1", "埼玉県さいたま市", "浦和市高砂1"),
        ("高砂1（浦和市）", "埼玉県さいたま市", "浦和市 高砂1"),
        ("上福岡市本町1", "埼玉県ふじみ野市", "上福岡市本町1"),
        ("北海道釧路村本町1", "北海道釧路町", "釧路村本町1"),
    ],
)
def test_a_former_town_is_the_place_of_today_and_its_name_stays(address, place, rest):
    assert read(address) == ([place], rest)


def test_a_former_town_of_the_home_s_prefecture_is_meant_beside_one_of_today_far_away():
    assert read("亀田郡大野町本町1")[0] == ["北海道北斗市", "岐阜県大野町"]


def test_no_former_name_of_the_table_is_joined_to_a_home_elsewhere():
    here = gazetteer.get(CHUO)
    prefecture = {place.prefecture_code: place.name for place in gazetteer.prefectures()}
    joined = [
        row.name
        for row in former._rows()
        if not whereabouts.is_elsewhere(
            whereabouts.of(f"{prefecture[row.prefecture_code]}{row.name}本町1-2", near=here), here
        )
    ]
    assert joined == []


def test_at_home_a_former_name_is_a_part_of_the_address():
    assert read("静内町本町1", home="016101") == ([], "静内町本町1")
    assert read("亀田町1-2", home="012025")[0] in ([], ["北海道函館市"])


@pytest.mark.parametrize(
    ("address", "rest"),
    [
        ("友人宅 当別町太美町1-2", "太美町1-2 友人宅"),
        ("友人宅当別町太美町1-2", "太美町1-2 友人宅"),
        ("高砂1-2 当別町", "高砂1-2"),
        ("青山1-2（当別町）", "青山1-2"),
        ("札幌市当別町太美町1", "太美町1"),
    ],
)
def test_a_town_of_the_home_s_prefecture_is_seen_behind_words(address, rest):
    assert read(address) == (["北海道当別町"], rest)


def test_every_town_of_the_prefecture_is_seen_behind_words_and_in_brackets():
    here = gazetteer.get(CHUO)
    towns = [place for place in gazetteer.homes() if place.prefecture_code == "01" and place.name[-1] in "町村"]
    texts = [(town, text.format(town.name)) for town in towns for text in ("友人宅 {}本町1", "本町1 {}", "本町1（{}）")]
    joined = [text for town, text in texts if town not in whereabouts.of(text, near=here).places]
    assert len(towns) > 140
    assert joined == []


@pytest.mark.parametrize("address", ["大通西1 新当別町1", "大通西1 当別町内会館", "友人宅 南1条西1", "大通西1 見本町1"])
def test_what_only_holds_a_town_s_name_is_none(address):
    assert read(address) == ([], address)


@pytest.mark.parametrize(
    ("address", "rest"),
    [
        ("北10条西1丁目 札幌市北区 メゾン北 101", "北10条西1丁目 メゾン北 101"),
        ("高砂町6（江別市）コーポ101", "高砂町6 コーポ101"),
        ("佐藤方（小樽市花園1-1）2階", "花園1-1 2階 佐藤方"),
    ],
)
def test_around_a_name_in_the_middle_the_street_stands_first(address, rest):
    assert read(address)[1] == rest


def test_a_second_place_behind_the_home_s_own_name_is_seen():
    assert read("札幌市江別市高砂町6") == (["北海道江別市"], "高砂町6")
