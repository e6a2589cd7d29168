"""Every form of the figures says the same, keeps its promises to programs, and says it is not for publication."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.utils import translation

from reports import charts, cube, downloads, tables
from reports.indicators import INDICATORS
from reports.periods import Period
from tests.reports.applications import a_desk, receive

PERIOD = Period(date(2021, 12, 1), date(2022, 6, 30))
NOTICE = "公表用ではありません（not for publication）"


@pytest.fixture
def seven(db) -> cube.Cube:
    receive(
        [{"household_type": "single", "in_debt": "yes", "debt_kind": ["consumer_finance", "bank"]}] * 2
        + [{"household_type": "prefer_not_to_say", "in_debt": "yes", "debt_kind": []}] * 3
        + [{}] * 2,
        desk=a_desk(),
    )
    return cube.count(PERIOD)


@pytest.mark.parametrize(
    ("count", "base", "percent", "share"),
    [
        (2, 52, "3.8%", 0.0385),
        (53, 54, "98.1%", 0.9815),
        (14, 61, "23.0%", 0.2295),
        (17, 37, "45.9%", 0.4595),
        (46, 164, "28.0%", 0.2805),
        (1, 16, "6.3%", 0.0625),
        (0, 0, "0.0%", 0.0),
    ],
)
def test_a_share_is_rounded_once_halves_up(count, base, percent, share):
    row = tables.Row("yes", "はい", count, base, known=True)
    assert (row.percent, row.share) == (percent, share)


def test_no_percentage_differs_from_what_is_reckoned_by_hand():
    wrong = [
        (count, base)
        for base in range(1, 301)
        for count in range(base + 1)
        if tables.Row("", "", count, base, known=True).percent
        != f"{(Decimal(100 * count) / base).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    ]
    assert wrong == []


def test_json_has_exactly_the_promised_shape(seven):
    found = json.loads(downloads.as_json(seven))
    assert list(found) == ["period", "applications", "indicators"]
    assert found["period"] == {"from": "2021-12-01", "to": "2022-06-30"}
    assert found["applications"] == 7
    assert list(found["indicators"]) == [
        "household_type", "income_loss", "debt", "debt_kind", "first_time", "no_one_to_consult", "no_body",
        "consent_to_hand_off", "isolated",
    ]  # fmt: skip
    households = found["indicators"]["household_type"]
    assert (households["base"], households["unknown"]) == (7, 5)
    assert households["cells"]["single"] == {"count": 2, "share": 0.2857}
    assert households["cells"]["prefer_not_to_say"] == {"count": 3, "share": 0.4286}
    assert households["cells"]["with_parents"] == {"count": 0, "share": 0.0}
    assert "" not in households["cells"]


def test_kinds_of_debt_are_counted_among_those_in_debt_and_may_exceed_them(seven):
    kinds = json.loads(downloads.as_json(seven))["indicators"]["debt_kind"]
    assert (kinds["base"], kinds["unknown"]) == (5, 3)
    assert kinds["cells"]["consumer_finance"] == kinds["cells"]["bank"] == {"count": 2, "share": 0.4}


def test_isolated_has_yes_and_no_only(seven):
    isolated = json.loads(downloads.as_json(seven))["indicators"]["isolated"]
    assert list(isolated["cells"]) == ["yes", "no"]
    assert isolated["unknown"] == 7


def test_json_of_an_empty_period_is_zeros(db):
    found = json.loads(downloads.as_json(cube.count(PERIOD)))
    assert found["applications"] == 0
    assert found["indicators"]["debt_kind"]["cells"]["bank"] == {"count": 0, "share": 0.0}


def test_json_is_the_same_in_every_language(seven):
    in_japanese = downloads.as_json(seven)
    with translation.override("en"):
        assert downloads.as_json(seven) == in_japanese


def test_csv_opens_in_a_spreadsheet_and_adds_up_to_the_base(seven):
    content = downloads.as_csv(seven)
    assert content.startswith("\ufeff".encode())
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {line["取り扱い"] for line in lines} == {NOTICE}
    for key in ("household_type", "isolated", "consent_to_hand_off"):
        rows = [line for line in lines if line["指標コード"] == key]
        assert sum(int(line["件数"]) for line in rows) == int(rows[0]["母数"]) == 7


def test_no_cell_of_the_csv_is_a_formula(seven, monkeypatch):
    monkeypatch.setattr(downloads, "NOT_FOR_PUBLICATION", "=1+1")
    assert b",'=1+1\r\n" in downloads.as_csv(seven)


def test_a_chart_is_text_with_our_font_and_says_it_is_not_for_publication(seven):
    drawn = charts.svg(tables.table(seven, "household_type")).decode()
    assert "ひとり親と子" in drawn
    assert "Noto Sans JP" in drawn
    assert NOTICE in drawn
    assert "<script" not in drawn


@pytest.mark.parametrize("key", [indicator.key for indicator in INDICATORS])
def test_the_same_counts_draw_the_same_chart(seven, key):
    assert charts.svg(tables.table(seven, key)) == charts.svg(tables.table(seven, key))


def test_the_png_is_a_picture_with_our_font_in_it(seven, caplog):
    assert charts.png(seven).startswith(b"\x89PNG")
    assert "missing from font" not in caplog.text


def test_the_alternative_text_says_what_the_bars_say(seven):
    told = tables.table(seven, "household_type").in_words
    assert "母数7件" in told
    assert "単独 2件（28.6%）" in told
    assert "答えなし 2件（28.6%）" in told
    assert NOTICE in told


def test_charts_drawn_by_several_threads_at_once_are_those_drawn_alone(seven):
    keys = ["household_type", "debt_kind", "isolated"] * 4
    alone = [charts.svg(tables.table(seven, key)) for key in keys]
    with ThreadPoolExecutor(max_workers=4) as threads:
        together = list(threads.map(lambda key: charts.svg(tables.table(seven, key)), keys))
    assert together == alone
