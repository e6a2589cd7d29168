"""A private page is found by its secret, and by nothing that lies in the database."""

import base64
import hashlib
import io
import secrets

import pytest
from django.core.management import call_command
from django.db import models

from foundation.crypto import data_keys
from foundation.identifiers import new_secret
from foundation.models import AccessRecord
from outreach.application import page_secrets
from outreach.models import Application
from tests.factories.applications import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret():
    return new_secret()


@pytest.fixture
def application(secret):
    return submit(page_secret=secret).application


@pytest.fixture
def new_key(settings):
    """Puts a new first key into the index ring; what it gives takes the old one out."""

    def put():
        new = f"newer:{base64.b64encode(secrets.token_bytes(32)).decode()}"
        settings.INDEX_KEYS = f"{new},{settings.INDEX_KEYS}"
        return lambda: setattr(settings, "INDEX_KEYS", new)

    return put


def by_hand(application, **columns):
    """What somebody can do who writes to the database and has no key."""
    models.QuerySet(Application).filter(pk=application.pk).update(**columns)


def plain_hash(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def test_the_secret_finds_its_page_and_no_other_does(application, secret):
    submit()
    assert page_secrets.find(secret).get() == application
    for other in (new_secret(), secret[:-1], secret.swapcase(), application.page_secret_digest, plain_hash(secret), ""):
        assert not page_secrets.find(other).exists()


def test_neither_the_secret_nor_its_plain_hash_lies_in_the_table(application, secret):
    columns = [field.attname for field in Application._meta.concrete_fields]
    stored = Application.objects.values_list(*columns).get(pk=application.pk)
    for readable in (secret, plain_hash(secret)):
        assert readable not in str(stored)
        assert not any(readable.encode() in bytes(value) for value in stored if isinstance(value, bytes))


def test_a_hash_that_somebody_wrote_into_the_table_opens_nothing(application):
    mine = new_secret()
    by_hand(application, page_secret_digest=plain_hash(mine))
    assert not page_secrets.find(mine).exists()


def test_under_a_new_key_pages_are_found_before_and_after_the_digests_were_made_anew(application, secret, new_key):
    retire = new_key()
    assert page_secrets.find(secret).get() == application
    later = new_secret()
    submit(page_secret=later)
    assert page_secrets.rekey() == 1
    assert page_secrets.rekey() == 0
    retire()
    assert page_secrets.find(secret).get() == application
    assert page_secrets.find(later).exists()


def test_a_page_from_before_digests_had_a_key_is_found_and_gets_one(application, secret):
    by_hand(application, page_secret_digest=plain_hash(secret), page_secret_key="", page_secret_hash=None)
    assert page_secrets.find(secret).get() == application
    told = io.StringIO()
    call_command("reindex_persons", stdout=told)
    assert "1 private pages under the first key." in told.getvalue()
    assert page_secrets.find(secret).get() == application
    assert Application.objects.get().page_secret_digest != plain_hash(secret)


def test_each_batch_is_one_reading(secret, new_key, monkeypatch):
    monkeypatch.setattr(page_secrets, "BATCH", 2)
    for _number in range(3):
        submit()
    before = AccessRecord.objects.count()
    new_key()
    told = []
    assert page_secrets.rekey(told=told.append) == 3
    assert told == [2, 3]
    assert AccessRecord.objects.count() - before == 2


def test_whoever_was_erased_is_passed_over(application, new_key):
    data_keys.destroy(application.data_key)
    new_key()
    assert page_secrets.rekey() == 0
