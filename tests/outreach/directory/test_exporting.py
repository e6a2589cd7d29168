"""What is exported can be imported again and is the same; spreadsheets find no formula in it."""

import pytest
import tablib
from hypothesis import given
from hypothesis import strategies as st

from outreach.directory.opendata import exporting, files
from outreach.directory.opendata.cells import escaped, from_spreadsheet
from outreach.directory.opendata.columns import PROGRAMMES, WINDOWS
from outreach.directory.taking import compare, take
from outreach.models import Window
from tests.factories.directory import ProgrammeFactory, ProgrammeTextFactory, WindowFactory
from tests.factories.places import MunicipalityFactory


def exported(sheet):
    return files.SpreadsheetCSV().export_data(exporting.dataset(sheet)).encode()


@pytest.mark.django_db
def test_a_formula_is_not_live_in_the_file_and_not_lost():
    programme = ProgrammeFactory(code="P001", ja__title="=1+1", place=MunicipalityFactory())
    ProgrammeTextFactory(programme=programme, language="en", title="-5 degrees", summary="@home")
    content = exported(PROGRAMMES)

    assert ",=1+1," not in content.decode()
    assert compare(sheet=PROGRAMMES, content=content).unchanged[0].values["ja.title"] == "=1+1"


@pytest.mark.django_db
def test_texts_of_a_language_go_when_their_cells_are_emptied():
    programme = ProgrammeFactory(code="P001")
    ProgrammeTextFactory(programme=programme, language="en", title="Sample", summary="A sample.")
    content = exported(PROGRAMMES).decode().replace("Sample", "").replace("A sample.", "")
    take(sheet=PROGRAMMES, found=compare(sheet=PROGRAMMES, content=content.encode()))

    assert [text.language for text in programme.texts.all()] == ["ja"]


@pytest.mark.django_db
def test_columns_a_file_does_not_have_are_left_as_they_are():
    WindowFactory(code="W001", note="職員だけが読みます", address="見本町1")
    rows = files.read(exported(WINDOWS))
    for header in ("職員へのメモ", "住所", "電話番号"):
        del rows[header]
    rows = tablib.Dataset(
        *[[("新しい概要" if h == "概要" else c) for h, c in zip(rows.headers, row, strict=True)] for row in rows],
        headers=rows.headers,
    )
    take(sheet=WINDOWS, found=compare(sheet=WINDOWS, content=files.SpreadsheetCSV().export_data(rows).encode()))

    window = Window.objects.get(code="W001")
    assert window.text("ja").summary == "新しい概要"
    assert (window.note, window.address, window.phone) == ("職員だけが読みます", "見本町1", "0120-000-000")


@given(st.text(min_size=1).map(str.strip))
def test_escaping_loses_nothing(words):
    assert from_spreadsheet(escaped(words)) == words
    assert not escaped(words).startswith(("=", "+", "-", "@"))
