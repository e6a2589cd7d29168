import pytest
from django.db import DatabaseError, transaction

from foundation import access
from foundation.crypto import data_keys
from foundation.faults import AccessNotRecorded, UnrecordedRead
from foundation.models import AccessedKey, AccessRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(db):
    return [data_keys.create() for _ in range(3)]


@pytest.fixture
def failing_record(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessRecord.objects, "create", fail)


def read_and_fail(data_key):
    access.note(data_key)
    raise ZeroDivisionError


def test_one_record_lists_everyone_whose_data_was_opened(keys):
    with access.scope(actor="member:abc", member_id=1, organisation_id=2, purpose="desk:queue"):
        for data_key in [*keys, keys[0]]:
            access.note(data_key)
    record = AccessRecord.objects.get()
    assert (record.actor, record.member_id, record.organisation_id) == ("member:abc", 1, 2)
    assert record.purpose == "desk:queue"
    assert record.keys == [data_key.public_id for data_key in keys]
    assert {row.key_public_id for row in record.accessed.all()} == set(record.keys)


def test_the_person_can_be_told_who_opened_theirs(keys):
    for purpose, opened in (("first", keys[:2]), ("second", keys[1:])):
        with access.scope(actor="test", purpose=purpose):
            for data_key in opened:
                access.note(data_key)
    mine = AccessedKey.objects.filter(key_public_id=keys[1].public_id).order_by("record_id")
    assert [row.record.purpose for row in mine] == ["first", "second"]


def test_nothing_is_recorded_where_nothing_was_read():
    with access.scope(actor="test", purpose="idle"):
        pass
    assert not AccessRecord.objects.exists()


def test_outside_any_scope_reading_is_refused(keys):
    with pytest.raises(UnrecordedRead):
        access.note(keys[0])
    with access.scope(actor="test", purpose="over"):
        pass
    with pytest.raises(UnrecordedRead):
        access.note(keys[0])


def test_records_of_provision_count_as_personal_and_drafts_do_not():
    access.note(data_keys.create(kind="draft"))
    with pytest.raises(UnrecordedRead):
        access.note(data_keys.create(kind="provision"))


def test_an_inner_scope_keeps_its_own_record(keys):
    with access.scope(actor="outer", purpose="outer"):
        access.note(keys[0])
        with access.scope(actor="inner", purpose="inner"):
            access.note(keys[1])
        access.note(keys[2])
    recorded = dict(AccessRecord.objects.values_list("actor", "keys"))
    assert recorded == {"inner": [keys[1].public_id], "outer": [keys[0].public_id, keys[2].public_id]}


def test_what_was_read_before_an_error_is_recorded(keys):
    with pytest.raises(ZeroDivisionError), access.scope(actor="test", purpose="broken"):
        read_and_fail(keys[0])
    assert AccessRecord.objects.get().purpose == "broken"


def test_rolling_back_the_work_keeps_the_record(keys):
    with (
        pytest.raises(ZeroDivisionError),
        access.scope(actor="test", purpose="rolled back"),
        transaction.atomic(),
    ):
        read_and_fail(keys[0])
    assert AccessRecord.objects.count() == 1


def test_a_record_that_cannot_be_written_is_an_error(keys, failing_record):
    with pytest.raises(AccessNotRecorded) as refusal, access.scope(actor="test", purpose="x"):
        access.note(keys[0])
    assert "disk full" not in str(refusal.value)


def test_an_error_is_not_hidden_by_a_record_that_cannot_be_written(keys, failing_record):
    with pytest.raises(ZeroDivisionError), access.scope(actor="test", purpose="x"):
        read_and_fail(keys[0])
