import pytest
from django.db import DatabaseError
from django.test import Client

from foundation.crypto import data_keys
from foundation.faults import AccessNotRecorded
from foundation.models import AccessedKey, AccessRecord
from organisations.models import Member
from tests.foundation.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.pages")]


@pytest.fixture(autouse=True)
def only_what_is_tested(settings):
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "foundation.access.AccessMiddleware",
    ]
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]


@pytest.fixture
def letters(db):
    return [Letter.objects.create(data_key=data_keys.create(), name=name) for name in ("架空一子", "架空二郎")]


@pytest.fixture
def failing_record(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(AccessedKey.objects, "bulk_create", fail)


def body(response):
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode()


@pytest.mark.parametrize("page", ["names", "late"])
def test_every_page_that_shows_people_leaves_one_record(client, letters, page):
    assert "架空一子" in body(client.get(f"/{page}/"))
    record = AccessRecord.objects.get()
    assert (record.actor, record.member_id, record.purpose) == ("visitor", None, page)
    assert record.keys == [letter.data_key.public_id for letter in letters]


def test_the_record_names_the_member_who_is_signed_in(client, letters):
    member = Member.objects.create(email="staff@example.jp", name="職員")
    client.force_login(member)
    client.get("/names/")
    record = AccessRecord.objects.get()
    assert (record.actor, record.member_id) == (f"member:{member.public_id}", member.pk)


def test_the_record_names_the_organisation_that_was_acted_for(client, letters):
    client.get("/for-organisation/")
    assert AccessRecord.objects.get().organisation_id == 77


def test_a_page_without_people_leaves_no_record_and_asks_for_no_session(client, letters, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/nothing/")
    assert "Vary" not in response.headers
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize("page", ["names", "late"])
def test_without_a_record_nobody_s_data_leaves(letters, failing_record, page):
    response = Client(raise_request_exception=False).get(f"/{page}/")
    assert response.status_code == 500
    assert "架空" not in response.content.decode()


def test_an_error_page_leaves_a_record_too(letters):
    assert Client(raise_request_exception=False).get("/refused/").status_code == 500
    assert AccessRecord.objects.get().purpose == "refused"


def test_a_streamed_page_is_recorded_before_it_is_sent(client, letters):
    response = client.get("/streamed/")
    chunks = iter(response.streaming_content)
    assert next(chunks).decode() == "架空一子"
    assert AccessRecord.objects.get().keys == [letters[0].data_key.public_id]
    assert [chunk.decode() for chunk in chunks] == ["架空二郎"]
    assert AccessRecord.objects.count() == 2


def test_a_streamed_page_stops_where_it_cannot_be_recorded(client, letters, failing_record):
    chunks = iter(client.get("/streamed/").streaming_content)
    with pytest.raises(AccessNotRecorded):
        next(chunks)
    assert list(chunks) == []


def test_files_are_sent_as_they_are(client):
    assert "Views that only these tests have" in body(client.get("/file/"))
    assert not AccessRecord.objects.exists()
