"""What the guide shows is held between requests, and never shown a moment longer than it stands."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from foundation import clock
from organisations import registry
from organisations.models.organisation import Kind
from outreach.directory import keeping
from outreach.models import Window, WindowText
from outreach.navi import catalogue
from tests.factories import members
from tests.outreach.navi.conftest import add_programme, add_window

pytestmark = pytest.mark.django_db


@pytest.fixture
def sapporo(japan):
    return japan["011002"]


@pytest.fixture
def window(sapporo):
    return add_window("W001", "rent", title="さがす窓口", en="A window", area="national")


def titles(place):
    return [entry.title for entry in catalogue.entries_for(place)]


@contextmanager
def queries():
    with CaptureQueriesContext(connection) as asked:
        yield asked


def test_asked_again_it_costs_one_look_at_the_version(window, sapporo):
    titles(sapporo)
    with queries() as asked:
        assert titles(sapporo) == ["さがす窓口"]
    assert len(asked) == 1


def test_each_reader_gets_a_list_of_their_own(window, sapporo):
    catalogue.entries_for(sapporo).clear()
    assert titles(sapporo) == ["さがす窓口"]


def test_in_another_language_it_is_read_anew(window, sapporo):
    assert titles(sapporo) == ["さがす窓口"]
    with translation.override("en"):
        assert titles(sapporo) == ["A window"]


def _retitle(window):
    text = WindowText.objects.get(window=window, language="ja")
    text.title = "べつの名前"
    text.save()


def _pause(window):
    window.paused = True
    keeping.save_entry(entry=window, by=members.member(), seen=window.version)


def _delete(window):
    window.texts.all().delete()
    Window.objects.filter(pk=window.pk).delete()


def _add(_window):
    add_window("W002", "rent", title="あたらしい窓口", area="national")


def _link(window):
    add_programme("P001", "rent").windows.add(window)


@pytest.mark.parametrize("change", [_retitle, _pause, _delete, _add, _link])
def test_a_change_is_shown_at_once(window, sapporo, change):
    before = catalogue.entries_for(sapporo)
    change(window)
    assert catalogue.entries_for(sapporo) != before


def test_a_centre_that_serves_a_place_from_now_on_is_shown_there_at_once(sapporo):
    facts = {"kind": Kind.SUPPORT_CENTRE, "name": "見本の窓口", "phone": "011-000-0000"}
    centre = registry.register_organisation(**facts, serves=[])
    add_window("C001", title="自立相談", organisation=centre, area="catchment", place=sapporo)
    assert titles(sapporo) == []
    registry.serve(organisation=centre, places=[sapporo])
    assert titles(sapporo) == ["自立相談"]
    registry.serve(organisation=centre, places=[])
    assert titles(sapporo) == []


def test_an_entry_that_ends_today_is_gone_tomorrow_though_nobody_touched_it(sapporo):
    add_programme("P001", "rent", title="きょうまで", closes_on=clock.today())
    assert titles(sapporo) == ["きょうまで"]
    with clock.at(clock.now() + timedelta(days=1)):
        assert titles(sapporo) == []


def test_a_row_that_changes_behind_every_back_is_shown_within_a_minute(window, sapporo, monkeypatch):
    assert titles(sapporo) == ["さがす窓口"]
    WindowText.objects.filter(window=window, language="ja").update(title="べつの名前")
    later = catalogue.time.monotonic() + catalogue.HELD_FOR
    monkeypatch.setattr(catalogue.time, "monotonic", lambda: later)
    assert titles(sapporo) == ["べつの名前"]
