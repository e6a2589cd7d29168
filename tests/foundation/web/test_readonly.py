import pytest
from django.db import transaction
from django.test import Client

from foundation.models import AccessRecord
from foundation.web.readonly import WriteWhileReading, _refuse_writes
from tests.foundation.models import Letter, Line

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.pages")]


@pytest.fixture(autouse=True)
def only_what_is_tested(settings):
    settings.MIDDLEWARE = ["foundation.access.AccessMiddleware", "foundation.web.readonly.ReadOnlyGetMiddleware"]
    settings.GUARD_READS = True


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_a_page_changes_nothing(client, method):
    with pytest.raises(WriteWhileReading, match="ground_line"), transaction.atomic():
        getattr(client, method)("/write/")
    assert not Line.objects.exists()


def test_a_post_may_write():
    assert Client().post("/write/").status_code == 200
    assert Line.objects.count() == 1


def test_the_access_record_is_written_while_looking(client, person_key):
    Letter.objects.create(data_key=person_key, name="架空 花子")
    assert client.get("/names/").status_code == 200
    assert AccessRecord.objects.count() == 1


def test_the_access_record_is_written_inside_the_guard_too(client, person_key, settings):
    settings.MIDDLEWARE = settings.MIDDLEWARE[::-1]
    Letter.objects.create(data_key=person_key, name="架空 花子")
    assert client.get("/names/").status_code == 200
    assert AccessRecord.objects.count() == 1


def test_the_guard_can_be_left_out(client, settings):
    settings.GUARD_READS = False
    assert client.get("/write/").status_code == 200


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO ground_line (text) VALUES ('x')",
        'insert into "ground_line" values (1)',
        "INSERT OR IGNORE INTO ground_line VALUES (1)",
        "  UPDATE `ground_line` SET text = 'x'",
        "DELETE FROM ground_line",
        "TRUNCATE ground_line",
        "REPLACE INTO ground_line VALUES (1)",
        "UPDATE foundation_accesshead SET count = 0",
        "INSERT INTO foundation_accessrecordx VALUES (1)",
    ],
)
def test_every_way_of_writing_is_noticed(sql):
    with pytest.raises(WriteWhileReading):
        _refuse_writes(lambda *args: None, sql, (), False, {})


@pytest.mark.parametrize("sql", ["SELECT 'UPDATE x'", "SAVEPOINT a", 'INSERT INTO "django_session" VALUES (1)'])
def test_reading_and_sessions_pass(sql):
    assert _refuse_writes(lambda *args: "done", sql, (), False, {}) == "done"
