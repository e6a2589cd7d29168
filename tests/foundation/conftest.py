"""Tables of tests.foundation.models, and what these tests share."""

import base64
import secrets

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from foundation.crypto import data_keys
from foundation.work import outbox
from tests.foundation import models

# A busy machine is no reason to fail; a slow example says nothing about what is tested.
settings.register_profile("tsunagu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tsunagu")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        existing = connection.introspection.table_names()
        with connection.schema_editor() as editor:
            for model in models.TABLES:
                if model._meta.db_table not in existing:
                    editor.create_model(model)


@pytest.fixture
def emptied(transactional_db):
    """For tests that commit: the tables of these tests are emptied afterwards."""
    yield
    with connection.cursor() as cursor:
        for model in reversed(models.TABLES):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


@pytest.fixture(autouse=True)
def working_broker():
    """No test inherits another's broken broker."""
    outbox.publishing_resumes()
    yield
    outbox.publishing_resumes()


@pytest.fixture
def person_key(db):
    return data_keys.create(kind="person")


@pytest.fixture
def add_key(settings):
    """Puts a new first key into a ring, as a rotation does; gives the function that does it."""

    def add(name: str, key_id: str) -> str:
        new = f"{key_id}:{base64.b64encode(secrets.token_bytes(32)).decode()}"
        setattr(settings, name, f"{new},{getattr(settings, name)}")
        return key_id

    return add
