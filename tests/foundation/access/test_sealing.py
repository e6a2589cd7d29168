import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from foundation import access, clock
from foundation.access import noted_heads, sealing
from foundation.access.noted_heads import NotedHead
from foundation.access.sealing import seal_pending
from foundation.access.verification import verify
from foundation.crypto import data_keys
from foundation.faults import AppendOnlyError
from foundation.models import AccessCount, AccessedKey, AccessHead, AccessRecord
from foundation.tasks import seal_access_record

pytestmark = pytest.mark.django_db


def read_something(times=1):
    data_key = data_keys.create()
    for number in range(times):
        with access.scope(actor="member:x", purpose=f"page {number}"):
            access.note(data_key)


def by_hand(queryset, **changes):
    """What someone with the database and without the keys can do."""
    models.QuerySet.update(queryset, **changes)


def remove_by_hand(*records):
    for record in records:
        AccessedKey.objects.erase(record=record)
        AccessRecord.objects.erase(pk=record.pk)


def kinds(faults):
    return sorted(fault.kind for fault in faults)


@pytest.fixture
def sealed():
    read_something(5)
    assert seal_pending() == 5
    return list(AccessRecord.objects.order_by("position"))


def test_an_empty_record_is_whole():
    assert seal_pending() == 0
    assert verify() == []


def test_what_is_sealed_is_whole(sealed):
    assert [record.position for record in sealed] == [1, 2, 3, 4, 5]
    assert verify() == []
    read_something()
    assert seal_pending() == 1
    assert seal_pending() == 0
    assert verify() == []


def test_the_task_seals():
    read_something()
    seal_access_record()
    assert AccessRecord.objects.get().position == 1


def test_more_than_one_batch_is_sealed_in_one_go(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    read_something(5)
    assert seal_pending() == 5
    assert verify() == []


def test_a_record_that_came_late_is_sealed_where_it_comes(sealed):
    late = AccessRecord.objects.create(id=sealed[-1].pk + 100, actor="a", purpose="p", keys=[])
    seal_pending()
    AccessRecord.objects.create(id=late.pk - 1, actor="a", purpose="p", keys=[])
    seal_pending()
    assert verify() == []


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "member:y"},
        {"purpose": "something else"},
        {"member_id": 5},
        {"organisation_id": 5},
        {"keys": ["nobody"]},
        {"at": clock.now() - timedelta(days=1)},
        {"seal": "0" * 64},
        {"previous_seal": "1" * 64},
        {"seal_key_id": "unknown"},
    ],
)
def test_an_altered_row_is_named(sealed, change):
    by_hand(AccessRecord.objects.filter(pk=sealed[2].pk), **change)
    altered = [fault for fault in verify() if fault.kind == "altered"]
    assert f"record {sealed[2].pk} at position 3" in [fault.where for fault in altered]


def test_only_the_altered_row_is_named(sealed):
    by_hand(AccessRecord.objects.filter(pk=sealed[2].pk), actor="member:y")
    assert [str(fault) for fault in verify()] == [f"altered: record {sealed[2].pk} at position 3"]


def test_whom_a_record_names_cannot_be_changed_beside_it(sealed):
    by_hand(AccessedKey.objects.filter(record=sealed[1]), key_public_id="somebody else")
    assert kinds(verify()) == ["altered"]


def test_rows_missing_from_the_middle_are_named(sealed):
    remove_by_hand(sealed[1], sealed[2])
    assert [str(fault) for fault in verify()] == ["missing: positions 2 to 3"]


def test_rows_missing_from_the_beginning_are_named(sealed):
    remove_by_hand(sealed[0])
    assert [str(fault) for fault in verify()] == ["missing: position 1"]


def test_rows_missing_from_the_end_are_named(sealed):
    remove_by_hand(sealed[4])
    assert [str(fault) for fault in verify()] == ["missing: position 5"]


def test_a_missing_row_does_not_hide_an_altered_one(sealed):
    remove_by_hand(sealed[1])
    by_hand(AccessRecord.objects.filter(pk=sealed[2].pk), actor="member:y")
    assert kinds(verify()) == ["altered", "missing"]


def test_rows_that_changed_places_are_named(sealed):
    by_hand(AccessRecord.objects.filter(pk=sealed[1].pk), position=99)
    by_hand(AccessRecord.objects.filter(pk=sealed[2].pk), position=2)
    by_hand(AccessRecord.objects.filter(pk=sealed[1].pk), position=3)
    assert "altered" in kinds(verify())


def test_cutting_the_end_off_and_setting_the_head_back_is_found(sealed):
    remove_by_hand(sealed[4])
    AccessHead.objects.update(count=4, seal=sealed[3].seal)
    assert kinds(verify()) == ["head", "missing"]


def test_a_record_that_went_before_it_was_sealed_is_named(sealed):
    read_something(3)
    remove_by_hand(AccessRecord.objects.unsealed().order_by("pk")[1])
    assert [str(fault) for fault in verify()] == ["missing: number 7, before it was sealed"]
    seal_pending()
    assert [str(fault) for fault in verify()] == ["missing: number 7, before it was sealed"]


def test_the_last_records_that_went_before_they_were_sealed_are_named(sealed):
    read_something(3)
    remove_by_hand(*AccessRecord.objects.unsealed().order_by("pk")[1:])
    assert [str(fault) for fault in verify()] == ["missing: numbers 7 to 8, before it was sealed"]
    read_something()
    seal_pending()
    assert [str(fault) for fault in verify()] == ["missing: numbers 7 to 8, before it was sealed"]


def test_numbers_cannot_be_closed_up_once_they_are_sealed(sealed):
    read_something(3)
    remove_by_hand(AccessRecord.objects.unsealed().order_by("pk")[0])
    seal_pending()
    for number, record in enumerate(AccessRecord.objects.filter(position__gt=5).order_by("position"), 6):
        by_hand(AccessRecord.objects.filter(pk=record.pk), number=number)
    AccessCount.objects.update(written=7)
    assert kinds(verify()) == ["altered", "altered"]


def test_what_was_rolled_back_leaves_no_gap(sealed):
    with transaction.atomic():
        read_something(2)
        transaction.set_rollback(True)
    read_something()
    seal_pending()
    assert verify() == []


def test_records_from_before_there_were_numbers_are_whole(db):
    for purpose in ("before", "it"):
        AccessRecord.objects.create(actor="a", purpose=purpose, keys=[])
    seal_pending()
    AccessRecord.objects.create(actor="a", purpose="not sealed yet", keys=[])
    read_something(2)
    seal_pending()
    assert list(AccessRecord.objects.order_by("position").values_list("number", flat=True)) == [None, None, None, 1, 2]
    assert verify() == []


def test_an_emptied_record_is_named_as_soon_as_people_have_been_kept_for_longer_than_sealing_takes(sealed):
    remove_by_hand(*sealed)
    for rows in (AccessHead, AccessCount):
        rows.objects.all().delete()
    assert verify() == []  # as on the first minute of a new site
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert [fault.kind for fault in verify()] == ["head"]


def test_removing_the_head_is_found(sealed):
    AccessHead.objects.all().delete()
    assert kinds(verify()) == ["head"]


def test_an_old_head_put_back_is_found_by_a_head_noted_elsewhere(sealed):
    old = AccessHead.objects.values().get()
    read_something(2)
    seal_pending()
    noted = NotedHead.parse(str(AccessHead.objects.get()))
    remove_by_hand(*AccessRecord.objects.filter(position__gt=5))
    AccessHead.objects.update(**old)
    AccessCount.objects.update(written=5)
    assert verify() == []
    assert [str(fault) for fault in verify(known=[noted])] == ["missing: positions 6 to 7"]


def test_a_chain_written_anew_is_found_by_a_head_noted_elsewhere(sealed, add_key):
    noted = NotedHead.parse(str(AccessHead.objects.get()))
    by_hand(AccessRecord.objects.all(), position=None, seal="", previous_seal="", seal_key_id="")
    by_hand(AccessRecord.objects.filter(pk=sealed[0].pk), actor="somebody else")
    AccessHead.objects.all().delete()
    seal_pending()
    assert verify() == []
    assert kinds(verify(known=[noted])) == ["head"]


def test_a_row_that_stays_unsealed_is_named(sealed):
    read_something()
    waiting = AccessRecord.objects.unsealed().get()
    assert verify() == []
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert [str(fault) for fault in verify()] == [f"unsealed: record {waiting.pk}"]


def test_seals_hold_over_a_rotation_as_long_as_the_old_key_is_kept(sealed, settings, add_key):
    old = settings.SEAL_KEYS
    add_key("SEAL_KEYS", "rotated")
    read_something()
    seal_pending()
    assert verify() == []
    settings.SEAL_KEYS = settings.SEAL_KEYS.removesuffix(f",{old}")
    [fault] = verify()
    assert fault.kind == "key"
    assert str(fault).endswith("positions 1 to 5")  # one finding, not one a row, and none that was not altered


def test_what_can_still_be_checked_is_checked_where_a_key_is_gone(sealed, settings, add_key):
    old = settings.SEAL_KEYS
    add_key("SEAL_KEYS", "rotated")
    read_something()
    seal_pending()
    settings.SEAL_KEYS = settings.SEAL_KEYS.removesuffix(f",{old}")
    by_hand(AccessRecord.objects.filter(position=6), actor="nobody")
    remove_by_hand(sealed[1])
    assert [str(fault) for fault in verify() if fault.kind != "key"] == [
        "missing: position 2",
        f"altered: record {AccessRecord.objects.get(position=6).pk} at position 6",
    ]


def test_a_row_altered_under_the_name_of_a_key_that_never_was_does_not_pass(sealed):
    by_hand(AccessRecord.objects.filter(position=3), actor="nobody", seal_key_id="never")
    [fault] = verify()
    assert (fault.kind, "never" in str(fault), str(fault).endswith("position 3")) == ("key", True, True)


def test_records_are_changed_by_nobody_and_sealed_once(sealed):
    record = sealed[0]
    record.actor = "x"
    with pytest.raises(AppendOnlyError):
        record.save()
    with pytest.raises(AppendOnlyError):
        record.delete()
    with pytest.raises(AppendOnlyError):
        AccessRecord.objects.update(actor="x")
    assert not AccessRecord.objects.write_seal(record, position=9, previous_seal="a", seal="b", key_id="c")
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand(AccessRecord.objects.filter(pk=record.pk), seal="")


def test_the_command_says_that_the_record_is_whole_and_what_its_head_is(sealed):
    out = io.StringIO()
    call_command("verify_access_record", stdout=out)
    assert f"5:{sealed[4].seal}" in out.getvalue()
    call_command("verify_access_record", "--head", f"5:{sealed[4].seal}", stdout=out)


def test_the_command_fails_and_names_each_fault(sealed):
    remove_by_hand(sealed[1])
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"1 fault"):
        call_command("verify_access_record", stdout=out)
    assert "missing: position 2" in out.getvalue()
    with pytest.raises(CommandError, match="count:seal"):
        call_command("verify_access_record", "--head", "nonsense")


@pytest.fixture
def noting(settings, tmp_path):
    settings.ACCESS_HEADS = str(tmp_path / "access-heads")
    return tmp_path / "access-heads"


def test_heads_are_noted_outside_the_database_one_a_day(noting):
    noon = clock.now().replace(hour=3)
    for hours in (0, 1, 24):
        with clock.at(noon + timedelta(hours=hours)):
            read_something()
            seal_pending()
    assert [head.count for head in noted_heads.noted()] == [2, 3]
    assert noting.stat().st_mode & 0o077 == 0
    assert verify(known=noted_heads.noted()) == []


def test_an_emptied_record_that_was_begun_anew_is_named_by_what_was_noted(noting):
    read_something(2)
    seal_pending()
    remove_by_hand(*AccessRecord.objects.all())
    for rows in (AccessHead, AccessCount):
        rows.objects.all().delete()
    seal_pending()
    assert [str(fault) for fault in verify(known=noted_heads.noted())] == ["missing: positions 1 to 2"]


def test_an_older_head_does_not_take_the_place_of_a_later_one(noting):
    noted_heads.note(5, "a")
    noted_heads.note(4, "b")
    assert noted_heads.noted() == [NotedHead(5, "a")]


def test_the_command_finds_an_old_head_put_back_by_what_this_machine_noted(noting, sealed):
    old = AccessHead.objects.values().get()
    read_something(2)
    seal_pending()
    remove_by_hand(*AccessRecord.objects.filter(position__gt=5))
    AccessHead.objects.update(**old)
    AccessCount.objects.update(written=5)
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"1 fault"):
        call_command("verify_access_record", stdout=out)
    assert "missing: positions 6 to 7" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_sealers_at_the_same_time_leave_one_whole_chain(at_once, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    read_something(20)
    results = at_once(*[seal_pending] * 4)
    assert all(isinstance(result, int) for result in results), results
    seal_pending()
    assert AccessRecord.objects.sealed().count() == 20
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_reading_while_sealing_leaves_one_whole_chain(at_once):
    results = at_once(lambda: read_something(10), seal_pending, lambda: read_something(10), seal_pending)
    assert not [result for result in results if isinstance(result, Exception)]
    seal_pending()
    assert AccessRecord.objects.sealed().count() == 20
    assert verify() == []
    assert sorted(AccessRecord.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert connection.is_usable()
