import pickle

import pytest
from django.core import checks
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation import access
from foundation.crypto import data_keys
from foundation.crypto.ciphertext import Ciphertext
from foundation.crypto.fields import EncryptedText
from foundation.erased import ERASED, Erased
from foundation.faults import CryptoError, UnrecordedRead
from foundation.models import AccessRecord
from tests.foundation.models import Kettle, Letter

pytestmark = pytest.mark.django_db

NAME = "架空 花子"


@pytest.fixture
def letter(person_key):
    made = Letter.objects.create(data_key=person_key, name=NAME, answers={"debt": ["consumer_finance"]})
    return Letter.objects.select_related("data_key").get(pk=made.pk)


def raw(letter, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM ground_letter WHERE id = %s", [letter.pk])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def test_what_is_written_is_read_back(letter, reading):
    assert letter.name == NAME
    assert letter.answers == {"debt": ["consumer_finance"]}


def test_nothing_readable_stands_in_the_table(letter):
    assert NAME.encode() not in raw(letter, "name")
    assert b"consumer" not in raw(letter, "answers")


def test_a_value_opens_in_its_own_row_only_even_when_its_key_moves_along(letter, reading):
    other_key = data_keys.create()
    other = Letter.objects.create(data_key=other_key, name="別の人")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ground_letter SET name = %s, data_key_id = %s WHERE id = %s",
            [raw(other, "name"), other_key.pk, letter.pk],
        )
    moved = Letter.objects.select_related("data_key").get(pk=letter.pk)
    with pytest.raises(CryptoError, match=r"ground\.letter\.name"):
        _ = moved.name


def test_a_value_of_another_row_of_the_same_person_does_not_open_either(person_key, reading):
    one, other = (Kettle.objects.create(data_key=person_key, owner=name) for name in ("一", "二"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_kettle SET owner = (SELECT owner FROM ground_kettle WHERE id = %s)", [other.pk])
    assert Kettle.objects.get(pk=other.pk).owner == "二"
    with pytest.raises(CryptoError):
        _ = Kettle.objects.get(pk=one.pk).owner


def test_what_was_sealed_before_rows_were_bound_still_opens(letter, person_key, reading):
    by_an_older_version = person_key.seal(NAME.encode(), "ground.letter.name")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_letter SET name = %s, sealed_as = NULL", [by_an_older_version])
    assert Letter.objects.get(pk=letter.pk).name == NAME


def test_the_same_text_twice_looks_different(person_key):
    one, other = (Letter.objects.create(data_key=person_key, name=NAME) for _ in range(2))
    assert raw(one, "name") != raw(other, "name")


def test_nothing_and_empty_stay_what_they_are(letter, reading):
    assert letter.phone is None
    assert letter.reading == ""
    assert raw(letter, "phone") is None
    assert raw(letter, "reading") == b""


def test_rows_made_in_bulk_are_sealed_too(person_key, reading):
    Letter.objects.bulk_create([Letter(data_key=person_key, name=name) for name in ("一", "二", "三")])
    assert [letter.name for letter in Letter.objects.order_by("id")] == ["一", "二", "三"]
    assert all("一".encode() not in raw(letter, "name") for letter in Letter.objects.all())


def test_saving_again_keeps_what_was_not_touched(letter, reading):
    before = raw(letter, "name")
    letter.town = "札幌市"
    letter.save()
    assert raw(letter, "name") == before
    letter.name = "架空 太郎"
    letter.save(update_fields=["name"])
    assert Letter.objects.get(pk=letter.pk).name == "架空 太郎"


def test_what_was_just_assigned_can_be_read_without_a_record(person_key):
    letter = Letter.objects.create(data_key=person_key, name=NAME)
    assert letter.name == NAME


def test_reading_outside_a_scope_is_refused(letter):
    with pytest.raises(UnrecordedRead):
        _ = letter.name
    with pytest.raises(UnrecordedRead):
        _ = letter.answers


def test_every_reading_is_recorded_even_of_an_instance_read_before(letter):
    for purpose in ("first", "second"):
        with access.scope(actor="test", purpose=purpose):
            assert letter.name == NAME
    assert list(AccessRecord.objects.values_list("purpose", "keys")) == [
        ("first", [letter.data_key.public_id]),
        ("second", [letter.data_key.public_id]),
    ]


def test_drafts_are_read_by_their_writer_without_a_record():
    letter = Letter.objects.create(data_key=data_keys.create(kind="draft"), name=NAME)
    assert Letter.objects.get(pk=letter.pk).name == NAME
    assert not AccessRecord.objects.exists()


def test_reloading_is_no_reading(letter):
    Letter.objects.filter(pk=letter.pk).update(town="旭川市")
    letter.refresh_from_db()
    assert letter.town == "旭川市"
    assert not AccessRecord.objects.exists()
    with access.scope(actor="test", purpose="now"):
        assert letter.name == NAME


def test_reloading_brings_what_another_wrote(letter, reading):
    other = Letter.objects.get(pk=letter.pk)
    other.name = "架空 太郎"
    other.save()
    letter.refresh_from_db()
    assert letter.name == "架空 太郎"


def test_a_deferred_value_is_fetched_when_it_is_read(letter, reading):
    for query in (Letter.objects.only("id"), Letter.objects.defer("name", "data_key")):
        assert query.get(pk=letter.pk).name == NAME


def test_saving_a_deferred_instance_leaves_what_was_not_loaded(letter, reading):
    partly = Letter.objects.only("town").get(pk=letter.pk)
    partly.town = "函館市"
    partly.save()
    assert Letter.objects.get(pk=letter.pk).name == NAME


def test_values_give_sealed_values_that_say_nothing(letter):
    [name] = Letter.objects.values_list("name", flat=True)
    assert isinstance(name, Ciphertext)
    assert repr(name) == str(name) == f"{name}" == "<sealed>"
    assert Letter.objects.values("name", "phone", "reading").get() == {
        "name": name,
        "phone": None,
        "reading": "",
    }


def test_a_sealed_value_does_not_open_in_another_column(letter, reading):
    sealed = Letter.objects.values_list("name", flat=True).get()
    Letter.objects.filter(pk=letter.pk).update(reading=sealed)
    letter.refresh_from_db()
    with pytest.raises(CryptoError, match=r"ground\.letter\.reading"):
        _ = letter.reading


def test_a_sealed_value_does_not_open_under_another_person(letter, reading):
    other = Letter.objects.create(data_key=data_keys.create(), name="別人")
    sealed = Letter.objects.values_list("name", flat=True).get(pk=letter.pk)
    Letter.objects.filter(pk=other.pk).update(name=sealed)
    with pytest.raises(CryptoError):
        _ = Letter.objects.get(pk=other.pk).name
    Letter.objects.filter(pk=letter.pk).update(data_key=other.data_key)
    with pytest.raises(CryptoError):
        _ = Letter.objects.get(pk=letter.pk).name


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(name=st.text(min_size=1), moved_to=st.sampled_from(["reading", "phone"]))
def test_whatever_the_text_it_opens_only_where_it_was_written(person_key, name, moved_to):
    letter = Letter.objects.create(data_key=person_key, name=name)
    sealed = Letter.objects.values_list("name", flat=True).get(pk=letter.pk)
    Letter.objects.filter(pk=letter.pk).update(**{moved_to: sealed})
    again = Letter.objects.get(pk=letter.pk)
    with access.scope(actor="test", purpose="test"):
        assert again.name == name
        with pytest.raises(CryptoError):
            getattr(again, moved_to)


def test_an_error_of_decryption_tells_the_column_and_not_the_content(letter, reading):
    Letter.objects.filter(pk=letter.pk).update(name=Ciphertext(b"\x01" + NAME.encode() * 9))
    with pytest.raises(CryptoError) as refusal:
        _ = Letter.objects.get(pk=letter.pk).name
    assert "ground.letter.name" in str(refusal.value)
    assert NAME not in str(refusal.value)


def test_what_was_erased_shows_as_erased(letter):
    data_keys.destroy(letter.data_key)
    again = Letter.objects.get(pk=letter.pk)
    assert again.name is ERASED
    assert again.answers is ERASED
    assert str(again.name) == "（消去済み）"
    assert again.reading == ""
    assert again.phone is None
    assert not AccessRecord.objects.exists()


def test_an_erased_row_can_be_saved_and_stays_erased(letter):
    before = raw(letter, "name")
    data_keys.destroy(letter.data_key)
    again = Letter.objects.get(pk=letter.pk)
    again.name = again.name
    again.town = ""
    again.save()
    assert raw(letter, "name") == before


def test_the_mark_of_erasure_is_never_stored_as_if_it_were_a_name(person_key):
    with pytest.raises(CryptoError):
        Letter.objects.create(data_key=person_key, name=ERASED)


def test_new_values_cannot_be_written_under_a_destroyed_key(letter):
    data_keys.destroy(letter.data_key)
    letter.name = "新しい名前"
    with pytest.raises(Erased):
        letter.save()


def test_a_row_without_a_key_takes_no_secret():
    with pytest.raises(CryptoError, match="no data key"), transaction.atomic():
        Letter.objects.create(name=NAME)
    assert Letter.objects.create(name="", answers="").pk


@pytest.mark.parametrize("value", [b"bytes", 5, ["list"]])
def test_a_text_takes_text_only(person_key, value):
    with pytest.raises(TypeError):
        Letter.objects.create(data_key=person_key, name=value)


@pytest.mark.parametrize("answers", [{}, [], 0, False, {"a": None}, {"子ども": [1, 2.5, "三"]}, "text", [[["deep"]]]])
def test_anything_json_can_hold_comes_back(person_key, reading, answers):
    letter = Letter.objects.create(data_key=person_key, name="x", answers=answers)
    assert Letter.objects.get(pk=letter.pk).answers == answers


def test_a_change_inside_a_json_value_is_not_kept_unless_assigned(letter, reading):
    letter.answers["debt"] = []
    letter.save()
    assert Letter.objects.get(pk=letter.pk).answers == {"debt": ["consumer_finance"]}
    letter.answers = {**letter.answers, "debt": []}
    letter.save()
    assert Letter.objects.get(pk=letter.pk).answers == {"debt": []}


def test_update_never_writes_plain_text(letter):
    with pytest.raises(CryptoError), transaction.atomic():
        Letter.objects.update(name="plain")
    letter.name = "plain"
    with pytest.raises(CryptoError), transaction.atomic():
        Letter.objects.bulk_update([letter], ["name"])
    Letter.objects.update(name="", phone=None)
    assert raw(letter, "name") == b""


@pytest.mark.parametrize(
    "query",
    [
        {"name": NAME},
        {"name__exact": NAME},
        {"name__icontains": "花"},
        {"name__in": [NAME]},
        {"name__gt": ""},
        {"answers__debt": "x"},
        {"name": ""},
    ],
)
def test_nothing_can_be_looked_up_in_a_sealed_column(query):
    with pytest.raises(FieldError):
        list(Letter.objects.filter(**query))
    with pytest.raises(FieldError):
        list(Letter.objects.exclude(**query))


def test_nothing_can_be_ordered_by_a_sealed_column(letter):
    for order in ("name", "-name"):
        with pytest.raises(FieldError):
            list(Letter.objects.order_by(order))


def test_whether_there_is_a_value_can_be_asked(letter):
    assert Letter.objects.filter(phone__isnull=True).count() == 1
    assert Letter.objects.filter(phone__isnull=False).count() == 0


def test_counting_and_copying_columns_work_as_with_others(letter, reading):
    assert Letter.objects.annotate(copy=F("town")).get().name == NAME
    assert Letter.objects.values("town").annotate(n=models.Count("id")).get()["n"] == 1
    assert Letter.objects.annotate(n=models.Count("data_key")).get().name == NAME
    assert Letter.objects.filter(pk__in=Letter.objects.order_by("id").values("pk")).exists()


def test_a_row_that_was_read_carries_no_plain_text(letter, reading):
    assert letter.name == NAME
    assert NAME.encode() not in pickle.dumps([vars(letter)["name"], vars(letter)["answers"]])
    assert NAME not in str(vars(letter))


def test_cleaning_a_row_does_not_change_it(letter, reading):
    letter.full_clean(exclude=["town"])
    letter.save()
    assert Letter.objects.get(pk=letter.pk).name == NAME


def test_a_migration_sees_the_plain_column():
    text, imports = MigrationWriter.serialize(EncryptedText(blank=True, seal="ground.letter.reading"))
    assert text == "models.BinaryField(blank=True)"
    assert not any("foundation" in line for line in imports)


@isolate_apps("foundation")
def test_a_model_without_a_key_beside_it_is_refused():
    class Bare(models.Model):
        name = EncryptedText(seal="ground.bare.name")
        code = EncryptedText(db_index=True, seal="ground.bare.code")

        class Meta:
            app_label = "foundation"

        def __str__(self):
            return ""

    found = [error.id for error in Bare.check() if isinstance(error, checks.Error)]
    assert found.count("foundation.E002") == 2
    assert found.count("foundation.E001") == 1


@isolate_apps("foundation")
def test_a_column_without_a_seal_is_refused():
    class Unsealed(models.Model):
        data_key = models.ForeignKey("foundation.DataKey", models.CASCADE)
        name = EncryptedText()

        class Meta:
            app_label = "foundation"

        def __str__(self):
            return ""

    assert "foundation.E003" in [error.id for error in Unsealed.check()]


def test_two_columns_of_one_seal_are_refused():
    with isolate_apps("foundation"):

        class Twin(models.Model):
            data_key = models.ForeignKey("foundation.DataKey", models.CASCADE, related_name="+")
            name = EncryptedText(seal="referrals.person.name")

            class Meta:
                app_label = "foundation"

            def __str__(self):
                return ""

    assert "foundation.E004" in [error.id for error in Twin._meta.get_field("name").check()]


def test_a_value_outlives_the_name_of_its_column(letter, reading, monkeypatch):
    """A model and its field may be called otherwise some day; what was sealed opens all the same."""
    monkeypatch.setattr(Letter._meta, "model_name", "epistle")
    monkeypatch.setattr(Letter._meta.get_field("name"), "name", "signature")
    assert Letter.objects.get(pk=letter.pk).name == NAME
