"""What a written address begins with: its own place, another's, a county, or nothing that is a place."""

import pytest

from organisations.places import gazetteer, leading
from tests.factories.places import real_places

CHIBA = "121002"
SAPPORO, CHUO, ASAHIKAWA, KUTCHAN, KANAGAWA_WARD = "011002", "011011", "012041", "014001", "141029"


@pytest.fixture(scope="module")
def _table(django_db_setup, django_db_blocker):
    """The real table, once for this module."""
    with django_db_blocker.unblock(), real_places():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_table")]


def read(address, home=SAPPORO):
    found = leading.of(address, near=gazetteer.get(home))
    return [place.full_name for place in found.places], found.rest


@pytest.mark.parametrize(
    ("address", "place", "rest"),
    [
        ("北海道札幌市中央区大通西1丁目", "北海道札幌市中央区", "大通西1丁目"),
        ("北海道　札幌市 中央区　大通西1丁目 見本荘 101", "北海道札幌市中央区", "大通西1丁目 見本荘 101"),
        ("札幌市中央区大通西1丁目", "北海道札幌市中央区", "大通西1丁目"),
        ("中央区大通西1丁目", "北海道札幌市中央区", "大通西1丁目"),
        ("旭川市4条通1丁目", "北海道旭川市", "4条通1丁目"),
        ("虻田郡倶知安町北1条", "北海道倶知安町", "北1条"),
        ("北海道虻田郡倶知安町北1条", "北海道倶知安町", "北1条"),
        ("後志総合振興局倶知安町北1条", "北海道倶知安町", "北1条"),
        ("倶知安町北1条", "北海道倶知安町", "北1条"),
        ("青森市中央1丁目", "青森県青森市", "中央1丁目"),
        ("東京都新宿区新宿9", "東京都新宿区", "新宿9"),
        ("南津軽郡大鰐町1", "青森県大鰐町", "1"),
        ("龍ヶ崎市3710", "茨城県龍ケ崎市", "3710"),
        ("蒲郡市旭町17", "愛知県蒲郡市", "旭町17"),
        ("大和郡山市北郡山町", "奈良県大和郡山市", "北郡山町"),
    ],
)
def test_a_place_is_read_with_and_without_what_lies_above_it(address, place, rest):
    assert read(address) == ([place], rest)


@pytest.mark.parametrize(
    "address", ["大通西1丁目", "見本町1-2", "1丁目2-3 見本荘", "ハイツ旭川市場 101", "郡", "市", ""]
)
def test_what_begins_with_no_place_comes_back_whole(address):
    assert read(address) == ([], address)


def test_the_prefecture_of_the_home_alone_is_taken_off():
    assert read("北海道見本町1") == ([], "見本町1")
    assert read("青森県見本町1") == ([], "青森県見本町1")


def test_a_shared_name_is_the_one_near_by():
    assert read("伊達市鹿島町20") == (["北海道伊達市"], "鹿島町20")
    assert set(read("泊村1")[0]) == {"北海道泊村"}


def test_a_ward_alone_is_of_one_s_own_city_first():
    assert read("北区北24条") == (["北海道札幌市北区"], "北24条")
    assert read("北区北24条", home=ASAHIKAWA) == (["北海道札幌市北区"], "北24条")
    assert read("南区六ツ川", home="141003") == (["神奈川県横浜市南区"], "六ツ川")


def test_a_street_named_as_a_far_town_is_a_street():
    assert read("長泉町1", home="221007")[0] == ["静岡県長泉町"]
    assert read("大和町1", home=CHUO)[0] == []


@pytest.mark.parametrize(
    "address",
    [
        "札幌市役所気付",
        "札幌市営住宅新琴似団地1-101",
        "札幌市営もみじ台団地A-12-403",
        "札幌市立中央図書館",
        "札幌市民会館2階",
        "札幌市社会福祉協議会3",
    ],
)
def test_what_belongs_to_the_city_keeps_its_name(address):
    assert read(address, home=CHUO) == ([], address)


def test_the_city_before_a_street_is_taken_off_all_the_same():
    assert read("札幌市大通西1丁目", home=CHUO) == (["北海道札幌市"], "大通西1丁目")
    assert read("札幌市中央区役所", home=CHUO) == (["北海道札幌市中央区"], "役所")


def test_a_quarter_that_is_called_like_a_city_is_a_quarter():
    assert read("太田市町1", home="292052") == ([], "太田市町1")


@pytest.mark.parametrize(
    ("address", "home", "surely"),
    [
        ("清水町1-2", "011011", False),
        ("北海道清水町1-2", "012033", True),
        ("上川郡清水町1-2", "012033", True),
        ("北海道 上川郡 清水町1-2", "012033", True),
        ("旭川市1-2", "012033", True),
        ("札幌市中央区大通", "012033", True),
        ("見本町1-2", "012033", False),
    ],
)
def test_a_town_by_its_name_alone_may_be_a_street(address, home, surely):
    assert leading.is_surely_a_place(leading.of(address, near=gazetteer.get(home))) is surely


@pytest.mark.parametrize(
    ("address", "places", "rest"),
    [
        ("渋谷区神南1-1-1", ["東京都渋谷区"], "神南1-1-1"),
        ("青葉区本町1", ["宮城県仙台市青葉区", "神奈川県横浜市青葉区"], "本町1"),
        ("宮城県青葉区本町1-2-3", ["宮城県仙台市青葉区"], "本町1-2-3"),
        ("岡山県中区小橋町1丁目", ["岡山県岡山市中区"], "小橋町1丁目"),
        ("青森県弘前上白銀町1-1", ["青森県弘前市"], "上白銀町1-1"),
        ("沖縄県那覇 泉崎1", ["沖縄県那覇市"], "泉崎1"),
        ("岩手花巻市12丁目704", ["岩手県花巻市"], "12丁目704"),
        ("青森平内町本町1", ["青森県平内町"], "本町1"),
        ("東京渋谷区神南1", ["東京都渋谷区"], "神南1"),
        ("北海道江別高砂町6", ["北海道江別市"], "高砂町6"),
        ("江別 高砂町6", ["北海道江別市"], "高砂町6"),
        ("北海道江別巿高砂町6", ["北海道江別市"], "高砂町6"),
        ("北海道/江別市/高砂町6", ["北海道江別市"], "高砂町6"),
        ("北海道、江別市、高砂町6", ["北海道江別市"], "高砂町6"),
    ],
)
def test_a_place_written_shortly_or_with_other_signs_is_read(address, places, rest):
    assert read(address, home=CHUO) == (places, rest)


def test_a_prefecture_without_its_ending_joins_a_city_before_a_shorter_name_does():
    assert read("千葉市川市八幡1", home=CHIBA) == (["千葉県市川市"], "八幡1")
    assert read("千葉市原市1", home=CHIBA) == (["千葉県市原市"], "1")
    assert read("千葉市中央区1", home=CHIBA) == (["千葉県千葉市中央区"], "1")


@pytest.mark.parametrize("address", ["北海道庁前1-1", "北海道立道民活動センター2", "北海道営住宅3-1"])
def test_what_belongs_to_the_prefecture_keeps_its_name(address):
    assert read(address, home=CHUO) == ([], address)


@pytest.mark.parametrize(
    ("home", "address", "rest"),
    [
        ("013943", "蘭越町258-5", "蘭越町258-5"),
        ("013943", "蘭越町蘭越町258-5", "蘭越町258-5"),
        ("013943", "磯谷郡蘭越町蘭越町258-5", "蘭越町258-5"),
        ("013943", "蘭越町昆布町1", "昆布町1"),
        ("013943", "北海道蘭越町昆布町1", "昆布町1"),
        ("014826", "小平町216", "小平町216"),
        ("014036", "泊村191-7", "泊村191-7"),
        ("014044", "神恵内村1", "神恵内村1"),
        ("282227", "養父市場1-2-3", "養父市場1-2-3"),
        ("282227", "養父市養父市場1-2-3", "養父市場1-2-3"),
        ("282227", "養父市八鹿町1", "八鹿町1"),
        (KUTCHAN, "倶知安町北1条", "北1条"),
    ],
)
def test_a_quarter_that_bears_its_town_s_name_stays(home, address, rest):
    assert read(address, home)[1] == rest


@pytest.mark.parametrize("home", ["012033", "012050", "012131", "012246", "012106"])
def test_a_quarter_of_the_home_that_is_called_like_a_town_is_the_quarter(home):
    assert read("清水町1-2", home) == ([], "清水町1-2")
    assert read("上川郡清水町1-2", home)[0] == ["北海道清水町"]


def test_a_city_is_no_quarter_whose_name_only_begins_alike():
    assert read("福井市大手1", home="011070")[0] == ["福井県福井市"]  # 福井 is a quarter of 札幌市西区
    assert read("桜川市羽田1", home="012033")[0] == ["茨城県桜川市"]
    assert read("富山県立山町前沢1", home=CHUO) == (["富山県立山町"], "前沢1")
