"""Old months of the access record leave the database; the chain stays whole, and what is done to the files is found."""

import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from foundation import access, clock
from foundation.access import archive_file, archiving, noted_heads, verification
from foundation.access.noted_heads import NotedHead
from foundation.access.sealing import seal_pending
from foundation.access.verification import verify
from foundation.crypto import data_keys
from foundation.models import AccessArchive, AccessCount, AccessedKey, AccessHead, AccessRecord

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)


def read_on(*days):
    """One reading on each day of 2026, (month, day), sealed at the end."""
    data_key = data_keys.create()
    for month, day in days:
        with clock.at(datetime(2026, month, day, 3, tzinfo=UTC)), access.scope(actor="member:x", purpose="a page"):
            access.note(data_key)
    seal_pending()


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


@pytest.fixture
def months(db):
    """Two readings in September, three in October, one today."""
    read_on((9, 2), (9, 30), (10, 1), (10, 2), (10, 31), (11, 28))


def archived(folder, before=date(2026, 11, 1)):
    return [made.file for made in archiving.archive(folder, before=before)]


def faults(folder=None, **known):
    return [str(fault) for fault in verify(archives=folder, **known)]


def test_a_file_is_made_for_each_month_and_its_rows_leave_the_database(months, tmp_path):
    assert archived(tmp_path) == ["access-2026-09-1.jsonl.gz", "access-2026-10-3.jsonl.gz"]
    assert list(AccessRecord.objects.values_list("position", flat=True)) == [6]
    assert AccessedKey.objects.count() == 1
    assert len(list(tmp_path.iterdir())) == 2
    assert faults() == faults(tmp_path) == []


def test_the_chain_goes_on_behind_what_was_archived(months, tmp_path):
    archived(tmp_path)
    read_on((11, 28))
    assert faults() == faults(tmp_path) == []
    assert list(AccessRecord.objects.order_by("position").values_list("position", "number")) == [(6, 6), (7, 7)]


def test_the_present_month_stays_whatever_is_asked(months, tmp_path):
    assert len(archived(tmp_path, before=date(2027, 6, 1))) == 2
    assert AccessRecord.objects.count() == 1


def test_a_month_that_is_over_goes_also_when_nothing_was_read_since(tmp_path):
    read_on((9, 2), (10, 31))
    assert len(archived(tmp_path)) == 2
    assert not AccessRecord.objects.exists()
    assert faults() == faults(tmp_path) == []
    AccessCount.objects.all().delete()  # as after a restore that forgot it: numbers go on all the same
    read_on((11, 28))
    assert AccessRecord.objects.get().number == 3


def test_the_month_is_that_of_tokyo(tmp_path):
    with clock.at(datetime(2026, 10, 31, 15, 0, tzinfo=UTC)), access.scope(actor="member:x", purpose="a page"):
        access.note(data_keys.create())  # the first of November there
    seal_pending()
    assert archived(tmp_path) == []


def test_nothing_is_archived_twice(months, tmp_path):
    archived(tmp_path)
    assert archived(tmp_path) == []


def test_the_files_are_for_nobody_else_to_read(months, tmp_path):
    archived(tmp_path)
    assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


@pytest.mark.parametrize("change", [{"actor": "somebody"}, {"keys": ["another"]}, {"previous_seal": "1" * 64}])
def test_a_month_with_an_altered_row_stays_where_it_is(months, tmp_path, change):
    models.QuerySet.update(AccessRecord.objects.filter(position=4), **change)
    made = archiving.archive(tmp_path, before=date(2026, 11, 1))
    assert next(made).file == "access-2026-09-1.jsonl.gz"
    with pytest.raises(archiving.NotArchived, match="altered"):
        next(made)
    assert AccessRecord.objects.count() == 4
    assert [file.name for file in tmp_path.iterdir()] == ["access-2026-09-1.jsonl.gz"]


def test_a_month_with_a_row_missing_stays_where_it_is(months, tmp_path):
    AccessedKey.objects.erase(record__position=1)
    AccessRecord.objects.erase(position=1)
    with pytest.raises(archiving.NotArchived, match="missing: position 1"):
        archived(tmp_path)
    assert AccessRecord.objects.count() == 5


def test_a_month_nobody_can_check_stays_where_it_is(months, tmp_path, settings, add_key):
    old = settings.SEAL_KEYS
    add_key("SEAL_KEYS", "rotated")
    settings.SEAL_KEYS = settings.SEAL_KEYS.removesuffix(f",{old}")
    with pytest.raises(archiving.NotArchived, match="not in the ring"):
        archived(tmp_path)
    assert AccessRecord.objects.count() == 6


def test_a_file_that_does_not_hold_what_was_written_lets_no_row_go(months, tmp_path, monkeypatch):
    line = archive_file._line
    monkeypatch.setattr(archive_file, "_line", lambda record: line(record) if record.position != 2 else "")
    with pytest.raises(archiving.NotArchived, match="does not hold"):
        archived(tmp_path)
    assert AccessRecord.objects.count() == 6
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_killed_before_its_rows_went_is_done_again(months, tmp_path, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(AccessArchive, "save", lambda _made: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            archived(tmp_path)
    assert AccessRecord.objects.count() == 6
    assert len(archived(tmp_path)) == 2
    assert faults(tmp_path) == []


def test_a_file_that_holds_something_else_is_never_written_over(months, tmp_path):
    there = tmp_path / "access-2026-09-1.jsonl.gz"
    there.write_bytes(gzip.compress(b"the only copy"))
    with pytest.raises(archive_file.Taken):
        archived(tmp_path)
    assert gzip.decompress(there.read_bytes()) == b"the only copy"
    assert AccessRecord.objects.count() == 6
    assert [file.name for file in tmp_path.iterdir()] == [there.name]


def test_of_two_runs_at_once_the_second_leaves_everything_as_it_is(months, tmp_path):
    with archive_file.only_writer(tmp_path):
        with pytest.raises(archive_file.Busy):
            archived(tmp_path)
        with pytest.raises(CommandError, match="another run"):
            call_command("archive_access_record", str(tmp_path), "--keep-months", "0")
    assert list(tmp_path.iterdir()) == []
    assert len(archived(tmp_path)) == 2


def test_a_run_into_another_folder_that_was_first_takes_nothing_from_the_second(months, tmp_path, monkeypatch):
    """The second has written its file already when the first one's rows go."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir(), second.mkdir()
    written = archive_file.write

    def while_it_writes(path, records):
        done = written(path, records)
        if path.parent == second:
            monkeypatch.setattr(archive_file, "write", written)
            archived(first)
        return done

    monkeypatch.setattr(archive_file, "write", while_it_writes)
    with pytest.raises(archive_file.Busy):
        archived(second)
    assert faults(first) == []
    assert AccessRecord.objects.count() == 1


def test_a_file_that_changes_under_its_name_lets_no_row_go(months, tmp_path, monkeypatch):
    read = archive_file.read

    def emptied(path):
        yield from read(path)
        path.write_bytes(gzip.compress(b""))

    monkeypatch.setattr(archive_file, "read", emptied)
    with pytest.raises(archiving.NotArchived, match="does not hold"):
        archived(tmp_path)
    assert AccessRecord.objects.count() == 6


@pytest.mark.parametrize(
    "change",
    [
        {"position": "abc"}, {"number": "x"}, {"keys": None}, {"keys": ["\ud800"]}, {"keys": [1]},
        {"actor": "\ud800"}, {"seal": None}, {"seal": "あ"}, {"seal_key_id": []}, {"at": "0001-01-01T00:00:00+14:00"},
        {"at": 5}, {"id": True},
    ],
)  # fmt: skip
def test_whatever_is_written_in_the_place_of_a_record_is_named_and_the_rest_is_checked(months, tmp_path, change):
    archived(tmp_path)
    rewritten(tmp_path / "access-2026-09-1.jsonl.gz", lambda rows: rows[1].update(change))
    by_hand = AccessRecord.objects.filter(position=6)
    models.QuerySet.update(by_hand, seal="あ")
    found = faults(tmp_path)
    assert "archive: access-2026-09-1.jsonl.gz is not the file that was written" in found
    assert any("at position 6" in fault for fault in found)


def test_what_is_archived_while_it_is_checked_is_not_missed(months, tmp_path, monkeypatch):
    in_order = verification._in_order

    def meanwhile():
        monkeypatch.setattr(verification, "_in_order", in_order)
        archived(tmp_path)
        return in_order()

    monkeypatch.setattr(verification, "_in_order", meanwhile)
    assert faults(tmp_path) == []
    assert AccessArchive.objects.count() == 2


def test_nothing_is_archived_behind_a_note_that_was_altered(months, tmp_path):
    made = archiving.archive(tmp_path, before=date(2026, 11, 1))
    next(made)
    models.QuerySet.update(AccessArchive.objects.all(), number=7)
    with pytest.raises(archiving.NotArchived, match="was altered"):
        next(made)
    assert AccessRecord.objects.count() == 4


def test_a_note_of_a_file_may_hold_anything(months, tmp_path):
    archived(tmp_path)
    models.QuerySet.update(AccessArchive.objects.filter(first=3), mac="あ")
    assert faults() == ["archive: what is noted of access-2026-10-3.jsonl.gz was altered"]


def rewritten(file, change):
    rows = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    change(rows)
    file.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda rows: rows[1].update(actor="somebody"), "altered: record"),
        (lambda rows: rows.pop(1), "missing: position 4"),
        (lambda rows: rows.pop(), "does not end where"),
        (lambda rows: rows[1].pop("keys"), "unreadable"),
        (lambda rows: rows[1].update(at="yesterday"), "unreadable"),
    ],
)
def test_what_is_done_to_an_archived_month_is_found(months, tmp_path, change, fault):
    archived(tmp_path)
    rewritten(tmp_path / "access-2026-10-3.jsonl.gz", change)
    assert any(fault in found for found in faults(tmp_path))
    assert "archive: access-2026-10-3.jsonl.gz is not the file that was written" in faults(tmp_path)


@pytest.mark.parametrize("harm", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-9])])
def test_a_file_that_is_gone_or_cut_off_is_named_and_what_follows_is_checked(months, tmp_path, harm):
    archived(tmp_path)
    harm(tmp_path / "access-2026-09-1.jsonl.gz")
    found = faults(tmp_path)
    assert any(fault.startswith("archive: ") and "access-2026-09-1.jsonl.gz" in fault for fault in found)
    assert not any("position 6" in fault or "2026-10" in fault for fault in found)


def test_what_the_database_notes_of_a_file_cannot_be_changed_or_removed(months, tmp_path):
    archived(tmp_path)
    models.QuerySet.update(AccessArchive.objects.filter(first=3), sha256="0" * 64)
    assert faults() == ["archive: what is noted of access-2026-10-3.jsonl.gz was altered"]
    AccessArchive.objects.erase(first=3)
    assert faults() == ["missing: positions 3 to 5"]


def test_a_key_goes_when_its_months_are_archived_and_later_months_still_leave(months, tmp_path, settings, add_key):
    archived(tmp_path, before=date(2026, 10, 1))
    old = settings.SEAL_KEYS
    add_key("SEAL_KEYS", "rotated")
    archived(tmp_path, before=date(2026, 12, 1))
    read_on((11, 28))
    with clock.at(datetime(2026, 12, 5, 3, tzinfo=UTC)):
        archived(tmp_path, before=date(2026, 12, 1))
        read_on((12, 5))
        settings.SEAL_KEYS = settings.SEAL_KEYS.removesuffix(f",{old}")
        assert faults() == []
    with clock.at(datetime(2027, 1, 5, 3, tzinfo=UTC)):
        assert archived(tmp_path, before=date(2027, 1, 1)) == ["access-2026-12-8.jsonl.gz"]
        assert faults() == []


def test_a_note_that_was_altered_is_not_signed_anew(months, tmp_path, add_key):
    archived(tmp_path)
    models.QuerySet.update(AccessArchive.objects.filter(first=3), sha256="0" * 64)
    add_key("SEAL_KEYS", "rotated")
    archived(tmp_path)
    assert faults() == ["archive: what is noted of access-2026-10-3.jsonl.gz was altered"]


def test_heads_noted_elsewhere_hold_archived_months_too(months, tmp_path):
    archived(tmp_path)
    wrong = {"known": [NotedHead(4, "f" * 64)]}
    assert faults(tmp_path, **wrong) == ["head: position 4 is not what was noted elsewhere"]
    at_the_end = {"known": [NotedHead(5, "f" * 64)]}
    assert faults(**at_the_end) == ["head: position 5 is not what was noted elsewhere"]


def test_rows_behind_the_archive_are_missed(months, tmp_path):
    archived(tmp_path)
    AccessedKey.objects.erase(record__position=6)
    AccessRecord.objects.erase(position=6)
    assert faults() == ["missing: position 6"]
    AccessHead.objects.all().delete()
    assert faults() != []


def test_the_command_archives_and_the_other_one_follows_the_files(months, tmp_path):
    out = io.StringIO()
    call_command("archive_access_record", str(tmp_path), "--keep-months", "0", stdout=out)
    assert "access-2026-09-1.jsonl.gz: positions 1 to 2" in out.getvalue()
    call_command("verify_access_record", "--archives", str(tmp_path), stdout=out)
    (tmp_path / "access-2026-09-1.jsonl.gz").unlink()
    with pytest.raises(CommandError, match="fault"):
        call_command("verify_access_record", "--archives", str(tmp_path), stdout=out)


def test_two_years_stay_where_people_can_read_them(months, tmp_path):
    call_command("archive_access_record", str(tmp_path), stdout=io.StringIO())
    assert AccessRecord.objects.count() == 6
    with clock.at(NOW + timedelta(days=2 * 365)):
        call_command("archive_access_record", str(tmp_path), stdout=io.StringIO())
    assert AccessRecord.objects.count() == 1


@pytest.mark.parametrize(("given", "reason"), [(("nowhere",), "not a folder"), ((".", "--keep-months", "-1"), "0 or")])
def test_the_command_says_what_is_wrong_with_what_it_was_given(given, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("archive_access_record", *given)


def test_the_command_names_the_faults_that_keep_a_month(months, tmp_path):
    models.QuerySet.update(AccessRecord.objects.filter(position=1), actor="somebody")
    out = io.StringIO()
    with pytest.raises(CommandError, match="stays in the database"):
        call_command("archive_access_record", str(tmp_path), "--keep-months", "0", stdout=out)
    assert "altered" in out.getvalue()
    assert noted_heads.noted() == []
