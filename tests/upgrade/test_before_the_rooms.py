"""A database from before the rooms, the parted rings and the named seals is upgraded; nothing is lost."""

import base64
import io
import json
import secrets
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from foundation import access
from foundation.access.verification import verify
from foundation.crypto.ciphertext import Ciphertext
from foundation.crypto.fields import EncryptedField
from organisations.models import Member
from outreach.application import page_secrets
from referrals.handoff import packet
from referrals.models import Packet, PersonIndex, Referral
from referrals.person_index import Kind, found_by

OURS = ("foundation", "organisations", "outreach", "referrals")
MADE_BY = [(label, "0001_initial") for label in OURS]
BEFORE = json.loads(Path(__file__).with_name("before_the_rooms.json").read_text(encoding="utf-8"))


def new_key() -> str:
    return f"new:{base64.b64encode(secrets.token_bytes(32)).decode()}"


@contextmanager
def upgrade():
    """The rows of the file under their own commit's migrations, migrated to today, the rings parted by the book."""
    keys = BEFORE["keys"]
    rings = {
        "FIELD_KEYS": keys["FIELD_KEYS"],
        "TOKEN_KEYS": keys["TOKEN_KEYS"],
        "INDEX_KEYS": new_key(),
        "PAGE_KEYS": new_key(),
        "SEAL_KEYS": f"{new_key()},{keys['INDEX_KEYS']}",
    }
    with override_settings(**rings):
        _empty()
        MigrationExecutor(connection).migrate(MADE_BY)
        _insert(MigrationExecutor(connection).loader.project_state(MADE_BY).apps)
        call_command("migrate", verbosity=0)
        yield


def _empty() -> None:
    """No table at all: going back to that commit would cost more than building it."""
    with connection.schema_editor() as editor:
        for table in connection.introspection.table_names():
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})


@pytest.fixture
def upgraded_alone(transactional_db):
    """For what moves the tables themselves: nobody else sees this upgrade."""
    with upgrade():
        yield


@pytest.fixture(scope="class")
def upgraded_once(django_db_setup, django_db_blocker):
    """For all of a class: each test has a transaction of its own on it, and leaves it as it was."""
    with django_db_blocker.unblock():
        with upgrade(), django_db_blocker.block():
            yield
        call_command("flush", verbosity=0, interactive=False)


def _insert(then) -> None:
    """Every row as it was stored, by the models of then."""
    of_table = {model._meta.db_table: model for model in then.get_models(include_auto_created=True)}
    with transaction.atomic():  # references are checked when it ends, so that the order of tables is free
        for table, held in BEFORE["tables"].items():
            model = of_table[table]
            fields = {field.column: field for field in model._meta.concrete_fields}
            model._default_manager.bulk_create(
                model(**{fields[column].attname: _value(fields[column], value) for column, value in _pairs(held, row)})
                for row in held["rows"]
            )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(of_table.values())):
            cursor.execute(statement)


def _pairs(held, row):
    return zip(held["columns"], row, strict=True)


def _value(field, value):
    if isinstance(value, dict):
        return base64.b64decode(value["b64"])
    if value is None or isinstance(field, models.ForeignKey):
        return value
    if isinstance(field, models.JSONField):
        return json.loads(value)
    value = field.to_python(value)
    return (
        timezone.make_aware(value, UTC) if isinstance(field, models.DateTimeField) and value.tzinfo is None else value
    )


def _ciphertexts():
    for model in (model for label in OURS for model in apps.get_app_config(label).get_models()):
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedField):
                held = model._default_manager.values_list(field.attname, flat=True)
                yield from (value for value in held if isinstance(value, Ciphertext))


@pytest.mark.django_db
@pytest.mark.usefixtures("upgraded_once")
class TestNothingIsLost:
    @pytest.mark.parametrize("resealed", [False, True])
    def test_every_encrypted_value_is_read_as_it_was_written(self, resealed):
        if resealed:
            call_command("reseal", stdout=io.StringIO())
        read = {}
        with access.scope(actor="test", purpose="upgrade"):
            for model in (model for label in OURS for model in apps.get_app_config(label).get_models()):
                for field in model._meta.concrete_fields:
                    if isinstance(field, EncryptedField):
                        rows = model._default_manager.select_related("data_key").order_by("pk")
                        found = {str(row.pk): getattr(row, field.attname) for row in rows}
                        found = {pk: value for pk, value in found.items() if value not in (None, "")}
                        if found:
                            read[f"{model._meta.db_table}.{field.column}"] = found
        assert read == BEFORE["plain"]
        assert {value.is_bound for value in _ciphertexts()} == {resealed}

    def test_no_row_was_lost(self):
        with connection.cursor() as cursor:
            for table, held in BEFORE["tables"].items():
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
                assert cursor.fetchone()[0] == len(held["rows"]), table

    def test_the_access_record_is_whole_under_the_old_key_and_goes_on_under_the_new(self):
        assert verify() == []

    def test_people_are_found_again_once_the_index_was_made_anew(self):
        assert set(PersonIndex.objects.values_list("made_with", flat=True)) == {""}
        call_command("reindex_persons")
        assert "" not in set(PersonIndex.objects.values_list("made_with", flat=True))
        assert found_by(Kind.NAME, "高橋けいこ").count() == 1
        assert found_by(Kind.KANA, "タカハシ　ガイコ").count() == 0

    def test_a_packet_from_before_codes_still_says_who_is_hungry(self):
        with access.scope(actor="test", purpose="upgrade"):
            told = {one.referral.public_id: packet.says(one, "food", "none") for one in Packet.objects.all()}
        assert told.pop(BEFORE["referral"]) is True
        assert set(told.values()) == {False}

    def test_the_pages_open(self, client):
        assert client.get(reverse("person:page", args=[BEFORE["page_secret"]])).status_code == 200
        client.force_login(Member.objects.get(email=BEFORE["members"]["worker"]))
        for name, at in (("desk:queue", []), ("desk:case", [BEFORE["case"]]), ("desk:referral", [BEFORE["referral"]])):
            page = client.get(reverse(name, args=at))
            assert page.status_code == 200, name
            assert name == "desk:referral" or "花子" in page.content.decode()
        client.force_login(Member.objects.get(email=BEFORE["members"]["counsellor"]))
        packet_page = client.get(reverse("portal:packet", args=[BEFORE["referral"]]))
        assert packet_page.status_code == 200
        assert "花子" in packet_page.content.decode()


def test_the_upgrade_is_not_taken_back_from_under_a_withdrawal_that_came_when_it_was_over(upgraded_alone):
    assert Referral.objects.filter(withdrawn_at__isnull=False, must_be_told=True).exclude(status="revoked").exists()
    with pytest.raises(RuntimeError, match="withdrew after their referral was over"):
        call_command("migrate", "referrals", "0005", verbosity=0)
    call_command("migrate", verbosity=0)


def test_the_upgrade_is_not_taken_back_from_under_rows_that_were_sealed_since(upgraded_alone):
    _nobody_withdrew()
    call_command("migrate", "referrals", "0005", verbosity=0)
    call_command("migrate", "outreach", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    _nobody_withdrew()
    call_command("reseal", stdout=io.StringIO())
    page_secrets.rekey()
    for label, before, column in (
        ("referrals", "0005", "sealed_as"),
        ("outreach", "0001", "page_secret_key"),
    ):
        with pytest.raises(RuntimeError, match=f"could open without {column}"):
            call_command("migrate", label, before, verbosity=0)
    call_command("migrate", verbosity=0)


def _nobody_withdrew() -> None:
    """Somebody of then had, after their referral was over; that alone keeps the upgrade from being taken back."""
    Referral.objects.exclude(status="revoked").update(withdrawn_at=None, must_be_told=False)
