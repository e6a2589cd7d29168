"""Values from before they were bound to their rows are bound, and say what they said."""

import io
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection

from foundation.crypto import data_keys, resealing
from foundation.crypto.ciphertext import Ciphertext
from foundation.crypto.ring import field_ring
from foundation.erased import ERASED
from foundation.models import AccessRecord, DataKey
from tests.foundation.models import Kettle, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def of_the_suite(monkeypatch):
    """The suite's own tables, which are of no installed app."""
    sealed = [(model, [f for f in model._meta.concrete_fields if hasattr(f, "seal")]) for model in (Letter, Kettle)]
    monkeypatch.setattr(resealing, "_sealed_models", lambda: iter(sealed))
    monkeypatch.setattr(resealing, "BATCH", 2)


def as_before(row, **values):
    """Store values as an older version sealed them."""
    fields = {field.attname: field for field in type(row)._meta.concrete_fields}
    with connection.cursor() as cursor:
        for name, value in values.items():
            sealed = row.data_key.seal(value.encode(), fields[name].seal)
            cursor.execute(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", [sealed, row.pk])
        if "sealed_as" in fields:
            cursor.execute(f"UPDATE {row._meta.db_table} SET sealed_as = NULL WHERE id = %s", [row.pk])


@pytest.fixture
def older(person_key):
    """Five letters, three of them as an older version sealed them."""
    numbers = count(1)
    letters = [Letter.objects.create(data_key=person_key, name=f"手紙 {next(numbers)}", phone="090") for _ in range(5)]
    for letter in letters[1:4]:
        as_before(letter, name=letter.name)
    return letters


def stored(model, column):
    return [bytes(value) for value in model.objects.order_by("pk").values_list(column, flat=True)]


def test_all_of_them_are_bound_and_say_what_they_said(older, reading):
    assert resealing.reseal() == 3
    assert all(Ciphertext(value).is_bound for value in stored(Letter, "name"))
    assert None not in Letter.objects.values_list("sealed_as", flat=True)
    assert [letter.name for letter in Letter.objects.order_by("pk")] == [f"手紙 {n}" for n in range(1, 6)]


def test_what_is_bound_already_is_not_touched(older):
    resealing.reseal()
    before = stored(Letter, "name")
    assert resealing.reseal() == 0
    assert stored(Letter, "name") == before


def test_a_row_with_both_keeps_both_readable(person_key, reading):
    kettle = Kettle.objects.create(data_key=person_key, owner="あたらしい")
    as_before(kettle, owner="まえの")
    assert resealing.reseal() == 1
    assert Kettle.objects.get().owner == "まえの"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_kettle SET public_id = 'x'")
    with pytest.raises(Exception, match=r"ground\.kettle\.owner"):
        _ = Kettle.objects.get().owner


def test_each_batch_stands_in_the_access_record(older):
    resealing.reseal()
    assert {record.purpose for record in AccessRecord.objects.all()} == {"reseal"}
    assert AccessRecord.objects.count() == 2  # of three batches one held nothing to open


def test_what_was_erased_stays_so(older, person_key):
    data_keys.destroy(person_key)
    before = stored(Letter, "name")
    assert resealing.reseal() == 0
    assert stored(Letter, "name") == before
    assert Letter.objects.select_related("data_key").first().name is ERASED


def test_the_commands_say_how_far_they_are_and_may_be_run_again(older, add_key):
    told = io.StringIO()
    call_command("reseal", stdout=told)
    assert told.getvalue().splitlines()[-1] == "3 rows sealed anew."
    add_key("FIELD_KEYS", "newer")
    data_keys.create()
    call_command("rewrap", stdout=told)
    call_command("rewrap", stdout=told)
    assert "1 data keys wrapped anew" in told.getvalue()
    assert told.getvalue().splitlines()[-1].startswith("0 data keys wrapped anew.")
    assert set(DataKey.objects.values_list("ring_key_id", flat=True)) == {field_ring().ids[0]}
