"""`manage.py report` prints what was promised, to the screen or a file, or says clearly why not."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.reports.applications import a_desk, receive

WHOLE = ("--from", "2021-12-01", "--to", "2022-06-30")


@pytest.fixture
def applications(db):
    receive([{"household_type": "single"}] * 3, desk=a_desk())


def test_json_goes_to_the_screen_and_the_notice_beside_it(applications, capsysbinary):
    call_command("report", *WHOLE)
    printed = capsysbinary.readouterr()
    assert json.loads(printed.out)["applications"] == 3
    assert "公表用ではありません" in printed.err.decode()


@pytest.mark.parametrize(("kind", "beginning"), [("json", b"{"), ("csv", "\ufeff".encode()), ("png", b"\x89PNG")])
def test_each_format_is_written_to_a_file(applications, tmp_path, kind, beginning):
    out = tmp_path / f"report.{kind}"
    call_command("report", *WHOLE, "--format", kind, "--out", str(out), stderr=StringIO())
    assert out.read_bytes().startswith(beginning)


def test_the_same_report_twice_is_the_same_to_the_byte(applications, tmp_path):
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    for out in (first, second):
        call_command("report", *WHOLE, "--format", "csv", "--out", str(out), stderr=StringIO())
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "2022-06-30", "--to", "2021-12-01"), "入れかえて"),
        (("--from", "someday", "--to", "2021-12-01"), "someday"),
        ((*WHOLE, "--audience", "public"), "公開版はまだひとつも"),
        ((*WHOLE, "--out", "/nowhere/at/all.json"), "書けません"),
    ],
)
def test_what_cannot_be_done_is_said_clearly(db, arguments, told):
    with pytest.raises(CommandError, match=told):
        call_command("report", *arguments)


def test_formats_of_the_future_are_not_offered(db):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("report", *WHOLE, "--format", "pdf")


def test_a_picture_is_not_poured_onto_a_screen(applications):
    with pytest.raises(CommandError, match="--out"):
        call_command("report", *WHOLE, "--format", "png", stdout=StringIO())
