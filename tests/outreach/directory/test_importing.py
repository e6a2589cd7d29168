"""Files of open data as they come: header variants, encodings, and faults named by row and column."""

import datetime
from io import BytesIO

import pytest
import tablib

from foundation.errors import DomainError
from outreach.directory.opendata import files
from outreach.directory.opendata.columns import ORGANISATIONS, PROGRAMMES, WINDOWS, canonical
from outreach.directory.opendata.difference import Change, Standing, difference
from outreach.directory.opendata.importing import Known, parse

KNOWN = Known(
    areas={
        ("", "全国", ""): "",
        ("010006", "北海道", ""): "010006",
        ("010006", "北海道", "空知"): "01S01",
        ("011011", "北海道", "札幌市中央区"): "011011",
        ("014061", "北海道", "古平町"): "014061",
    },
    places={"010006": "北海道", "01S01": "空知総合振興局管内", "011011": "中央区", "014061": "古平町"},
    organisations={"C035"},
    programmes={"N001"},
)
PROGRAMME = {
    "制度番号": "P001",
    "全国地方公共団体コード": "014061",
    "都道府県名": "北海道",
    "市区町村名": "古平町",
    "タイトル(制度名)": "見本の手当",
    "サービス種別": "101: 制度事業",
    "概要": "見本です。",
    "お困りごと分類": "money",
    "出典の発行者": "古平町",
    "出典": "https://example.org/",
    "出典で確かめた日": "2026-07-01",
}
WINDOW = {name: value for name, value in PROGRAMME.items() if name != "制度番号"} | {"窓口番号": "W001"}


def taken(sheet=PROGRAMMES, known=KNOWN, **cells):
    base = {PROGRAMMES.name: PROGRAMME, WINDOWS.name: WINDOW}[sheet.name]
    row = base | {name.replace("__", "・"): value for name, value in cells.items()}
    return parse(tablib.Dataset(list(row.values()), headers=list(row)), sheet, known)


def values(**cells):
    parsed = taken(**cells)
    assert parsed.faults == ()
    return parsed.items[0].values


def fault(**cells):
    (found,) = taken(**cells).faults
    assert found.row == 2
    return found


# --- headers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["サブタイトル(通称)", "サブタイトル（通称）", "サブタイトル (通称名)", "サブタイトル\n（通称名）", "ｻﾌﾞﾀｲﾄﾙ(通称)"],
)
def test_variants_of_a_header_are_one(header):
    assert canonical(header) == canonical("サブタイトル(通称)")


@pytest.mark.parametrize("header", ["利用・申請方法", "利用•申請方法", "利用･申請方法", "利用 ・ 申請方法"])
def test_any_middle_dot_will_do(header):
    assert canonical(header) == canonical("利用・申請方法")


def test_the_note_in_front_of_the_categories_is_overlooked():
    assert values(**{"（個人対象）\n行政サービス分類 1": "201: 手当・助成金等"})["category_1"] == "201"


def test_a_missing_column_is_named_once_and_nothing_is_taken():
    parsed = parse(tablib.Dataset(["見本"], headers=["タイトル(制度名)"]), PROGRAMMES, KNOWN)

    assert parsed.items == ()
    assert str(parsed.faults[0]) == "1行目「制度番号」：この列がありません。見出しを確かめてください。"


def test_columns_without_use_are_named_not_taken():
    assert taken(法人番号="1234").ignored == ("法人番号",)


# --- cells -----------------------------------------------------------------------------------------------


def test_a_row_becomes_values():
    row = values(お困りごと分類="生活費；work、money", 緊急="○", 受付開始日="2026年4月1日", 返すお金="")

    assert row["code"] == "P001"
    assert row["place"] == "014061"
    assert row["service_type"] == "101"
    assert row["troubles"] == ("money", "work")
    assert row["urgent"] is True
    assert row["repayable"] is None
    assert row["opens_on"] == datetime.date(2026, 4, 1)


def test_areas_are_read_at_every_level():
    area = ("全国地方公共団体コード", "都道府県名", "市区町村名")

    def place(*cells):
        return values(**dict(zip(area, cells, strict=True)))["place"]

    assert place("", "全国", "") == ""
    assert place("010006", "北海道", "") == "010006"
    assert place("10006", "北海道", "空知") == "01S01"  # a spreadsheet dropped the zero
    assert place("０１１０１１", "北海道", "札幌市中央区") == "011011"


def test_a_wrong_check_digit_is_named_with_the_right_one():
    found = fault(全国地方公共団体コード="014060")

    assert found.column == "全国地方公共団体コード"
    assert found.message == "014060 は検査数字が合いません。014061（古平町）ではありませんか。"


def test_an_unknown_code_and_a_name_that_does_not_fit():
    assert "019992 という全国地方公共団体コードはありません" in fault(全国地方公共団体コード="019992").message
    assert fault(市区町村名="余市町").column == "市区町村名"
    assert fault(都道府県名="青森県").message.startswith("コードと、都道府県名・市区町村名が合いません")


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("タイトル(制度名)", "あ" * 41, "40文字までです（いま 41文字）。"),
        ("タイトル(制度名)", "見本ﾃｱﾃ", "半角カナ"),
        ("タイトル(制度名)", "見本の\n手当", "改行"),
        ("タイトル(制度名)", "", "必ず書いてください"),
        ("概要", "あ" * 201, "200文字まで"),
        ("サービス種別", "105", "使える値は 101 102 103"),
        ("お困りごと分類", "お金と仕事", "使える値は"),
        ("緊急", "たぶん", "「はい」か「いいえ」"),
        ("出典で確かめた日", "去年", "2026-07-27 のように"),
        ("出典で確かめた日", "2026-02-30", "2026-07-27 のように"),
        ("出典", "www.example.org", "https://"),
        ("出典", "javascript:alert(1)", "https://"),
        ("制度番号", "H001", "N001 のように"),
        ("必要なこと", "食べもの", "小文字の英字"),
    ],
)
def test_what_cannot_be_taken_is_named_by_column_with_what_to_do(column, cell, message):
    found = fault(**{column: cell})

    assert found.column == column
    assert message in found.message


def test_one_row_may_have_several_faults_and_the_others_are_still_read():
    rows = tablib.Dataset(headers=list(PROGRAMME))
    rows.append(list(PROGRAMME.values()))
    rows.append(list((PROGRAMME | {"制度番号": "P002", "概要": "", "出典": "x"}).values()))
    rows.append([""] * len(PROGRAMME))
    rows.append(list((PROGRAMME | {"制度番号": "P001"}).values()))
    parsed = parse(rows, PROGRAMMES, KNOWN)

    assert [item.code for item in parsed.items] == ["P001"]
    assert [(found.row, found.column) for found in parsed.faults] == [(3, "概要"), (3, "出典"), (5, "制度番号")]
    assert parsed.faults[2].message == "2行目と同じ番号です。"


def test_another_language_is_whole_or_absent():
    assert fault(**{"タイトル(英語)": "Sample"}).column == "概要(英語)"
    assert values(**{"タイトル(英語)": "Sample", "概要(英語)": "A sample."})["en.title"] == "Sample"


def test_violence_is_never_passed_on():
    for about in ({"お困りごと分類": "violence"}, {"必要なこと": "money;child_abuse"}):
        assert fault(**about, 共有リストにのせない="いいえ").column == "共有リストにのせない"
        assert values(**about, 共有リストにのせない="はい")["sensitive"] is True


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("０１１－２２１－１７６６", "011-221-1766"),
        ("0120279338", "0120-279-338"),
        ("#8008", "#8008"),
        ("＃８００８", "#8008"),
        ("119", "119"),
        ("080-2001-8392", "080-2001-8392"),
    ],
)
def test_numbers_in_one_spelling(cell, number):
    (item,) = taken(WINDOWS, 電話番号=cell).items
    assert item.values["phone"] == number


def test_windows_name_organisations_and_programmes_that_exist():
    def faults(**cells):
        return [(found.column, found.message) for found in taken(WINDOWS, **cells).faults]

    assert faults(組織番号="C035", 組織の担当地域が対象="はい", 関連する制度番号="N001") == []
    assert faults(組織番号="C999") == [("組織番号", "この番号の組織は登録されていません。")]
    assert faults(組織の担当地域が対象="はい")[0][0] == "組織番号"
    assert faults(関連する制度番号="N001;N999") == [("関連する制度番号", "N999 の制度は登録されていません。")]


def serving(catchment: str):
    row = {"組織番号": "C001", "組織の種類": "support_centre", "実施組織・支援機関": "見本センター"}
    row |= {"対象地域": catchment, "出典の発行者": "北海道", "出典": "https://example.org/"}
    row |= {"出典で確かめた日": "2026-07-01"}
    return parse(tablib.Dataset(list(row.values()), headers=list(row)), ORGANISATIONS, KNOWN)


def test_a_catchment_of_five_figures_is_asked_back():
    """11011 lacks its zero, or the figure that checks it: the two are different towns."""
    (found,) = serving("11011").faults
    assert (found.column, "11011" in found.message) == ("対象地域", True)


def test_catchments_are_checked_code_by_code():
    (found,) = serving("014060;011011").faults
    assert (found.column, "014061（古平町）" in found.message) == ("対象地域", True)


# --- files -----------------------------------------------------------------------------------------------

TEXT = ",".join(PROGRAMME) + "\r\n" + ",".join(PROGRAMME.values()) + "\r\n"


def test_a_file_that_was_saved_twice_carries_two_marks_and_is_read():
    parsed = parse(files.read(("\ufeff" + TEXT).encode("utf-8-sig")), PROGRAMMES, KNOWN)
    assert [item.code for item in parsed.items] == ["P001"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_any_usual_encoding_is_read(encoding):
    parsed = parse(files.read(TEXT.encode(encoding)), PROGRAMMES, KNOWN)

    assert [item.code for item in parsed.items] == ["P001"]


def test_a_spreadsheet_is_read_with_its_own_kinds_of_cell():
    rows = tablib.Dataset(headers=list(PROGRAMME))
    code, day = "全国地方公共団体コード", "出典で確かめた日"
    rows.append(list((PROGRAMME | {code: 14061, day: datetime.datetime(2026, 7, 1)}).values()))
    parsed = parse(files.read(BytesIO(rows.export("xlsx")).getvalue()), PROGRAMMES, KNOWN)

    assert parsed.faults == ()
    assert parsed.items[0].values["place"] == "014061"
    assert parsed.items[0].values["verified_on"] == datetime.date(2026, 7, 1)


def test_a_file_that_is_no_table_is_refused_in_plain_words():
    with pytest.raises(DomainError, match="CSV（UTF-8 か シフトJIS）か XLSX"):
        files.read(b"\xff\x81\x00")
    with pytest.raises(DomainError, match="CSV（UTF-8 か シフトJIS）か XLSX"):
        files.read(b"PK not a spreadsheet")


def test_a_row_that_is_too_wide_is_named():
    with pytest.raises(DomainError, match="3行目：見出しより列が多くあります"):
        files.read((TEXT + TEXT.splitlines()[1] + ",もう一つ\r\n").encode())


# --- against what stands ---------------------------------------------------------------------------------


def standing(guarded=False, known_on=datetime.date(2026, 7, 1), **changes):
    return {"P001": Standing(dict(values()) | changes, known_on, guarded)}


def test_a_new_row_is_added_and_a_known_one_left_alone():
    parsed = taken()

    assert difference(parsed, {}).added == list(parsed.items)
    assert difference(parsed, standing()).unchanged == list(parsed.items)


def test_a_change_names_the_differing_fields_only():
    parsed = taken(概要="新しい概要です。")
    found = difference(parsed, standing())

    assert found.changed == [
        Change(parsed.items[0], {"ja.summary": "見本です。"}, {"ja.summary": "新しい概要です。"}),
    ]


def test_what_staff_keep_changes_only_by_a_later_checking():
    parsed = taken(概要="新しい概要です。")
    later = taken(概要="新しい概要です。", 出典で確かめた日="2026-09-01")

    assert difference(parsed, standing(guarded=True)).kept == list(parsed.items)
    assert difference(later, standing(guarded=True, known_on=datetime.date(2026, 9, 1))).changed == []
    assert len(difference(later, standing(guarded=True)).changed) == 1
