"""A small Japan with a small directory, enough to hold a conversation about."""

import csv
from datetime import date

import pytest

from organisations import registry
from organisations.models import Place
from organisations.models.organisation import Kind
from organisations.places import place_table
from tests.factories.directory import ProgrammeFactory, WindowFactory, WindowTextFactory

KEPT = {"010006", "01S02", "01S04", "011002", "011011", "012335", "070009", "072133", "130001", "131016"}
CHECKED = {
    "source_publisher": "北海道",
    "source_url": "https://www.example.jp/source",
    "verified_on": date(2026, 7, 26),
}


@pytest.fixture
def japan(db, tmp_path):
    """Sapporo with one ward, the two 伊達市, and Chiyoda."""
    table = tmp_path / "places.csv"
    with (
        place_table.TABLE.open(encoding="utf-8-sig", newline="") as file,
        table.open("w", encoding="utf-8") as kept,
    ):
        rows = csv.DictReader(file)
        writer = csv.DictWriter(kept, rows.fieldnames)
        writer.writeheader()
        writer.writerows(row for row in rows if row["code"] in KEPT)
    place_table.load(table=table)
    return {place.code: place for place in Place.objects.all()}


def add_window(code: str, *needs: str, title: str = "", en: str = "", **facts):
    facts = {"phone": "0120-000-000", "charge": "free", **CHECKED, **facts}
    window = WindowFactory(code=code, needs=list(needs), ja__title=title or f"窓口{code}", **facts)
    WindowTextFactory(window=window, language="en", title=en or f"Window {code}")
    return window


def add_programme(code: str, *needs: str, title: str = "", target: str = "", **facts):
    facts = {"service_type": "101", "category_1": "201", **CHECKED, **facts}
    texts = {"ja__title": title or f"制度{code}", "ja__target": target}
    return ProgrammeFactory(code=code, needs=list(needs), **texts, **facts)


@pytest.fixture
def directory(japan):
    """A centre for Sapporo, a food bank for Hokkaido, hotlines, and two programmes."""
    centre = registry.register_organisation(
        kind=Kind.SUPPORT_CENTRE, name="さっぽろ見本センター", phone="011-000-0000", serves=[japan["011002"]]
    )
    registry.register_organisation(kind=Kind.FOOD_BANK, name="見本フードバンク", serves=[japan["010006"]])
    add_window(
        "C001",
        "food",
        "money",
        "rent",
        "unknown",
        title="さっぽろ見本センター",
        area="catchment",
        organisation=centre,
        place=japan["011002"],
        phone="011-000-0000",
        opening_hours="平日9時から17時",
        charge="call_charged",
    )
    add_window("H002", "danger", title="救急・火事", phone="119", urgent=True)
    add_window("H004", "violence", title="DV相談", phone="#8008", urgent=True, sensitive=True)
    add_window("H005", "suicide", "mental", title="こころの電話", urgent=True)
    add_window(
        "H007",
        "alone",
        "unknown",
        "food",
        title="よりそいホットライン",
        en="Yorisoi Hotline",
        phone="0120-279-338",
        urgent=True,
        confirmed_on=date(2026, 8, 1),
    )
    add_programme("N001", "rent", title="住居確保給付金", target="仕事がへった人", repayable=False)
    add_programme("N002", "debt", title="民事法律扶助", paused=True)
    return japan


@pytest.fixture
def ask(client):
    """Talk to the navi as a visitor would; returns the list's response."""

    def asking(*worries: str, trouble: str = "money", typed: str = "札幌市", browser=client):
        place = {"typed": typed} if typed else {"skip": "1"}
        step = browser.post(f"/navi/{trouble}/", place)
        assert step.status_code == 302, step.content.decode()
        step = browser.post(step.url, {"worry": list(worries)})
        assert step.status_code == 302
        return browser.get(step.url)

    return asking
