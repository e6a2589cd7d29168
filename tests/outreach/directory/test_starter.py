"""The starter directory as it is shipped: sourced, in both languages, leading everybody to their own windows."""

import re
from datetime import date

import pytest
import yaml

from foundation.templatetags.tsunagu import tel
from organisations import catchment
from organisations.models import Catchment, Organisation, Place
from outreach.directory.taking import load_starter
from outreach.models import Programme, Window
from outreach.navi import content
from tests.factories.directory import ProgrammeFactory, starter_directory

NEEDS = content.FOLDER / "needs.yaml"


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), starter_directory():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]


def test_loading_again_changes_nothing():
    assert load_starter() == {
        "organisations": (0, 0, 45, 0),
        "programmes": (0, 0, 17, 0),
        "windows": (0, 0, 55, 0),
    }
    assert Window.objects.filter(version=1).count() == 55


def test_each_municipality_of_hokkaido_is_served_by_exactly_one_centre():
    towns = Place.objects.municipalities().filter(prefecture_code="01")
    centres = {town.name: catchment.centres_for(town) for town in towns}

    assert len(centres) == 179
    assert {name: len(found) for name, found in centres.items() if len(found) != 1} == {}
    assert centres["苫小牧市"][0].name == "苫小牧市福祉部総合福祉課"
    assert centres["古平町"][0].name == "後志管内自立相談支援機関"
    assert catchment.centres_for(Place.objects.get(code="011011"))[0].name.startswith("札幌市")
    assert Catchment.objects.count() == 179


def test_centres_do_not_use_the_portal_until_their_mail_is_confirmed():
    centres = Organisation.objects.support_centres()

    assert centres.count() == 45
    assert not centres.filter(uses_portal=True).exists()
    assert not centres.exclude(email="").exists()


def test_each_person_of_hokkaido_is_shown_their_own_centre_and_the_hotlines():
    def codes(place):
        return set(Window.objects.live().for_place(Place.objects.get(code=place)).values_list("code", flat=True))

    hotlines = {f"H{n:03}" for n in range(1, 11)}
    assert codes("011011") == hotlines | {"C001"}  # 札幌市中央区
    assert codes("012181") == hotlines | {"C017"}  # 赤平市
    assert codes("014231") == hotlines | {"C036"}  # 南幌町
    assert codes("012335") == hotlines | {"C028"}  # 伊達市
    assert codes("072133") == hotlines  # 福島県伊達市


def test_every_row_names_its_source_and_when_it_was_checked():
    for entry in [*Programme.objects.all(), *Window.objects.all()]:
        assert entry.source_publisher
        assert entry.source_url.startswith("https://")
        assert date(2026, 7, 1) <= entry.verified_on <= date(2026, 7, 28)


def test_no_number_counts_as_confirmed():
    assert not Window.objects.exclude(confirmed_on=None).exists()
    assert not Organisation.objects.exclude(confirmed_on=None).exists()
    assert "0164" in Window.objects.get(code="C012").note


def test_every_text_stands_in_japanese_and_english():
    for entry in [*Programme.objects.with_texts(), *Window.objects.with_texts()]:
        japanese, english = entry.text("ja"), entry.text("en")
        assert len(japanese.title) <= 40
        assert 0 < len(japanese.summary) <= 200
        assert japanese.how_to
        assert japanese.what_to_say
        assert english.language == "en"
        assert re.fullmatch(r"[ -~’\n]+", english.title + english.summary + english.how_to + english.what_to_say)
        for field in ("target", "how_to", "what_to_say", "what_to_bring", "opening_hours"):
            assert bool(getattr(japanese, field, "")) == bool(getattr(english, field, "")) or field == "opening_hours"


def test_the_language_of_the_reader_decides_and_japanese_stands_in():
    entry = Window.objects.with_texts().get(code="H007")

    assert entry.text("en").title == "Yorisoi Hotline"
    assert entry.text("ja_easy").title == "よりそいホットライン"
    assert entry.title == "よりそいホットライン"


def test_violence_never_enters_a_list_that_is_passed_on():
    for entries in (Programme.objects.all(), Window.objects.all()):
        about = {entry.code for entry in entries if "violence" in entry.troubles}
        assert about
        assert not about & set(entries.shareable().values_list("code", flat=True))


def test_every_need_of_the_navi_is_met_in_hokkaido_and_no_other_is_named():
    known = set(yaml.safe_load(NEEDS.read_text(encoding="utf-8")))
    town = Place.objects.get(code="014231")
    met = {need for w in Window.objects.for_place(town) for need in w.needs}
    met |= {need for p in Programme.objects.for_place(town) for need in p.needs}

    assert met == known


def test_numbers_are_dialled_as_they_are_written():
    dialled = {window.code: tel(window.phone) for window in Window.objects.all()}

    assert dialled["H004"] == "%238008"
    assert dialled["H007"] == "0120279338"
    assert dialled["C028"] == "0142823156"
    assert all(re.fullmatch(r"\d{3,12}|%23\d{4}", number) for number in dialled.values())


def test_a_programme_leads_to_the_windows_where_to_ask():
    assert Programme.objects.get(code="N002").windows.count() == 45
    assert set(Programme.objects.get(code="N014").windows.values_list("code", flat=True)) == {"H004", "H006"}


def test_legal_aid_is_asked_for_at_its_own_number():
    houterasu = Programme.objects.get(code="N017").windows.get()
    assert (houterasu.code, houterasu.phone) == ("H010", "0570-078-374")
    assert houterasu.source_url.startswith("https://www.houterasu.or.jp/")
    assert houterasu.text("en").subtitle.startswith("Houterasu")


def test_money_that_is_paid_back_only_in_part_is_not_called_free():
    assert Programme.objects.get(code="N004").repayable is True
    assert Programme.objects.get(code="N017").repayable is None
    assert Programme.objects.get(code="N011").repayable is False


def test_what_staff_added_is_left_alone():
    ProgrammeFactory(code="P100")
    load_starter()

    assert Programme.objects.filter(code="P100").exists()
