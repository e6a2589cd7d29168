"""The starter directory, exported and imported again, is the same; and it is shipped in the form it is exported in."""

import pytest

from outreach.directory.opendata import exporting, files
from outreach.directory.opendata.columns import ORGANISATIONS, PROGRAMMES, WINDOWS
from outreach.directory.taking import STARTER, compare, take
from outreach.models import Programme, Window
from tests.factories.directory import starter_directory


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), starter_directory():
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]
SHEETS = [ORGANISATIONS, PROGRAMMES, WINDOWS]


def exported(sheet):
    return files.SpreadsheetCSV().export_data(exporting.dataset(sheet)).encode()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_there_and_back_is_the_same(sheet):
    found = compare(sheet=sheet, content=exported(sheet))

    assert found.faulty == ()
    assert (found.added, found.changed, found.kept) == ([], [], [])
    assert len(found.unchanged) == {"organisations": 45, "programmes": 17, "windows": 55}[sheet.name]


def test_what_is_shipped_is_what_would_be_exported():
    """The files of the starter directory are in the format the project itself writes."""
    for sheet in SHEETS:
        shipped = files.read((STARTER / f"{sheet.name}.csv").read_bytes())
        assert shipped.headers == exporting.headers(sheet)
        assert {row[0]: row for row in shipped} == {row[0]: tuple(row) for row in exporting.dataset(sheet)}


def test_an_emptied_directory_is_whole_again_from_its_export():
    files_of = {sheet: exported(sheet) for sheet in (PROGRAMMES, WINDOWS)}
    Window.objects.all().delete()
    Programme.objects.all().delete()
    for sheet, content in files_of.items():
        take(sheet=sheet, found=compare(sheet=sheet, content=content))

    assert Window.objects.count() == 55
    assert Programme.objects.get(code="N002").windows.count() == 45
    assert {sheet: exported(sheet) for sheet in files_of} == files_of
