"""What a written address begins with: its own place, another's, a county, or nothing that is a place."""

import pytest

from organisations.places import gazetteer, leading
from tests.factories.places import real_places

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
    assert read("清水町1", home="221007")[0] == ["静岡県清水町"]
    assert read("大和町1", home=CHUO)[0] == []


@pytest.mark.parametrize(
    "address",
    [
        "札幌市役所気付",
        "札幌市営住宅新琴似団地1-101",
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
        ("清水町1-2", "012033", False),
        ("北海道清水町1-2", "012033", True),
        ("上川郡清水町1-2", "012033", True),
        ("北海道 上川郡 清水町1-2", "012033", True),
        ("旭川市1-2", "012033", True),
        ("札幌市中央区大通", "012033", True),
        ("見本町1-2", "012033", False),
    ],
)
def test_a_town_by_its_name_alone_may_be_a_street(address, home, surely):
    assert leading.is_surely_a_place(address, leading.of(address, near=gazetteer.get(home))) is surely
