"""The real table of places: complete, consistent, loaded fast and only where it differs."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from foundation.errors import DomainError
from organisations.models import Place
from organisations.models.place import Level
from organisations.places import place_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return place_table.load()


def place(code):
    return Place.objects.get(code=code)


def test_every_municipality_of_japan_is_there(loaded):
    levels = Counter(Place.objects.current().values_list("level", flat=True))

    assert levels == {"prefecture": 47, "subprefecture": 14, "municipality": 1741, "ward": 171}
    assert Place.objects.municipalities().filter(prefecture_code="13", name__endswith="区").count() == 23
    assert Place.objects.municipalities().filter(prefecture_code="01").count() == 179
    assert set(Place.objects.values_list("prefecture_code", flat=True)) == {f"{n:02}" for n in range(1, 48)}


def test_every_real_code_carries_its_check_digit(loaded):
    codes = Place.objects.exclude(level=Level.SUBPREFECTURE).values_list("code", flat=True)

    assert len(codes) == 1966
    assert [code for code in codes if code[5] != place_table.check_digit(code[:5])] == []


@pytest.mark.parametrize(("code", "right"), [("01406", "1"), ("01000", "6"), ("13101", "6"), ("47382", "1")])
def test_check_digit(code, right):
    assert place_table.check_digit(code) == right


def test_every_hokkaido_municipality_lies_in_its_subprefecture(loaded):
    towns = Counter(Place.objects.municipalities().filter(prefecture_code="01").values_list("parent__name", flat=True))

    assert {name[:2]: count for name, count in towns.items()} == {
        "空知": 24, "石狩": 8, "後志": 20, "胆振": 11, "日高": 7, "渡島": 11, "檜山": 7, "上川": 23, "留萌": 8,
        "宗谷": 10, "オホ": 18, "十勝": 19, "釧路": 8, "根室": 5,
    }  # fmt: skip
    assert place("014729").parent.short_name == "上川"  # 幌加内町
    assert place("015202").parent.short_name == "宗谷"  # 幌延町
    assert place("012335").parent.short_name == "胆振"  # 伊達市
    assert place("013463").parent.name == "渡島総合振興局管内"  # 八雲町


def test_a_ward_says_where_it_lies(loaded):
    ward = place("011011")

    assert [step.level for step in ward.lineage()] == ["ward", "municipality", "subprefecture", "prefecture"]
    assert ward.full_name == "北海道札幌市中央区"
    assert ward.municipality.name == "札幌市"
    assert place("012335").full_name == "北海道伊達市"
    assert place("131024").full_name == "東京都中央区"
    assert place("010006").full_name == "北海道"
    assert place("01S01").full_name == "北海道空知総合振興局管内"
    assert place("010006").municipality is None


def test_hamamatsu_changed_its_wards_at_the_start_of_2024(loaded):
    def wards(on):
        return set(Place.objects.current(on).filter(parent__code="221309").values_list("name", flat=True))

    assert wards(date(2023, 12, 31)) == {"中区", "東区", "西区", "南区", "北区", "浜北区", "天竜区"}
    assert wards(date(2024, 1, 1)) == {"中央区", "浜名区", "天竜区"}


def test_loading_again_changes_nothing(loaded):
    again = place_table.load()

    assert loaded == (1980, 0, 0)
    assert again == (0, 0, 1980)


def test_loading_repairs_only_what_differs(loaded):
    Place.objects.filter(code="012335").update(name="だて市", search_name=" x ")

    assert place_table.load() == (0, 1, 1979)
    assert place("012335").name == "伊達市"


def test_a_wrong_check_digit_is_named_and_nothing_is_loaded(tmp_path):
    lines = place_table.TABLE.read_text(encoding="utf-8").splitlines()
    table = tmp_path / "municipalities.csv"
    table.write_text("\n".join(line.replace("014061", "014060") for line in lines), encoding="utf-8")

    with pytest.raises(DomainError, match="014060 古平町：コードの検査数字が合いません"):
        place_table.load(table=table)
    assert not Place.objects.exists()


def test_a_table_that_does_not_hang_together_is_refused(tmp_path):
    table = tmp_path / "municipalities.csv"
    table.write_text(
        "code,level,prefecture_code,prefecture,name,kana,parent_code,valid_from,valid_until\n"
        "010006,prefecture,01,北海道,北海道,ほっかいどう,,,\n"
        "012335,municipality,02,北海道,伊達市,だてし,019999,,\n"
        "012335,hamlet,01,北海道,伊達市,だてし,010006,,\n"
        "010006,prefecture,01,北海道,北海道,ほっかいどう,,,\n",
        encoding="utf-8",
    )

    with pytest.raises(DomainError) as refused:
        place_table.load(table=table)
    faults = str(refused.value).splitlines()
    assert len(faults) == 4
    assert faults[0].startswith("3行目")
    assert "上の地域「019999」" in faults[0]
    assert "都道府県番号" in faults[1]
    assert "hamlet" in faults[2]
    assert faults[3].startswith("5行目")
    assert "2回" in faults[3]


def test_the_command_says_what_it_did(capsys):
    call_command("load_places")

    assert "追加 1980、変更 0、変わりなし 0" in capsys.readouterr().out
