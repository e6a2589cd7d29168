"""Who came before can be found again: by every writing of their name, under every key, until they are erased."""

import base64
import io
import secrets

import pytest
from django.core.management import call_command

from foundation.crypto import data_keys
from foundation.models import AccessRecord
from referrals import person_index, same_person
from referrals.models import PersonIndex
from referrals.person_index import Kind, entries_of, found_by, reindex
from tests.factories.applications import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotate(settings):
    """Puts a new first key into the index ring; gives what takes the old ones out again."""

    def put():
        old, new = settings.INDEX_KEYS, f"second:{base64.b64encode(secrets.token_bytes(32)).decode()}"
        settings.INDEX_KEYS = f"{new},{old}"
        return lambda: setattr(settings, "INDEX_KEYS", new)

    return put


def admitted(**stated):
    return submit(**stated).application.case.person


def found(kind, typed) -> set[int]:
    return set(found_by(kind, typed).values_list("person", flat=True))


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.NAME, "渡辺　桜"),
        (Kind.NAME, "渡邉櫻"),
        (Kind.KANA, "ワタナベ サクラ"),
        (Kind.KANA_AND_YEAR, "わたなべさくら/1980"),
        (Kind.KANA_PREFIX, "わたな"),
        (Kind.KANA_PREFIX, "ﾜﾀﾅﾍﾞ"),
        (Kind.PHONE, "+819012345678"),
        (Kind.EMAIL, " A@Example.org "),
    ],
)
def test_somebody_is_found_however_they_are_written(kind, typed):
    person = admitted(
        name="渡邊 櫻", kana="わたなべ さくら", birth_year=1980, phone="+819012345678", email="a@example.org"
    )
    admitted(name="見本 花子", kana="みほん はなこ", birth_year=1980)
    assert found(kind, typed) == {person.pk}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.KANA, "たがだ けいこ"),
        (Kind.KANA, "たけだ がいこ"),
        (Kind.KANA_PREFIX, "たけ"),
        (Kind.NAME, ""),
        (Kind.KANA, ""),
    ],
)
def test_somebody_else_is_not(kind, typed):
    admitted(name="武田 恵子", kana="たけだ けいこ")
    assert found(kind, typed) == set()


class TestANewKey:
    def test_finds_everybody_before_and_after_and_lets_the_old_one_retire(self, rotate):
        before = admitted(kana="みほん はなこ")
        retire = rotate()
        after = admitted(kana="みほん はなこ")
        assert found(Kind.KANA, "みほん はなこ") == {before.pk, after.pk}
        assert reindex() == 1
        assert reindex() == 0
        retire()
        assert found(Kind.KANA, "みほん はなこ") == {before.pk, after.pk}

    def test_that_took_the_old_ones_place_too_early_is_put_right_by_the_same_command(self, rotate):
        person = admitted(kana="みほん はなこ")
        rotate()()
        assert found(Kind.KANA, "みほん はなこ") == set()
        out = io.StringIO()
        call_command("reindex_persons", stdout=out)
        assert "1 persons indexed anew" in out.getvalue()
        assert "みほん" not in out.getvalue()
        assert found(Kind.KANA, "みほん はなこ") == {person.pk}


class TestAnOlderFold:
    def test_is_made_anew_and_leaves_nothing_of_its_own(self):
        person = admitted(kana="みほん はなこ")
        PersonIndex.objects.filter(person=person).delete()
        PersonIndex.objects.create(person=person, kind=Kind.KANA, digest="f" * 32)
        assert reindex() == 1
        entries = PersonIndex.objects.filter(person=person)
        assert not entries.filter(digest="f" * 32).exists()
        assert set(entries.values_list("made_with", flat=True)) == {f"{person_index.FOLD}:{_first_key()}"}

    def test_is_worked_off_in_batches_that_are_readings(self, monkeypatch):
        for _number in range(5):
            admitted()
        PersonIndex.objects.update(made_with="")
        monkeypatch.setattr(person_index, "BATCH", 2)
        told = []
        assert reindex(told=told.append) == 5
        assert told == [2, 4, 5]
        readings = AccessRecord.objects.filter(purpose="reindex_persons")
        assert [len(reading.keys) for reading in readings.order_by("pk")] == [2, 2, 1]

    def test_that_was_begun_and_broken_off_goes_on_where_it_stopped(self, monkeypatch):
        for _number in range(4):
            admitted()
        PersonIndex.objects.update(made_with="")
        monkeypatch.setattr(person_index, "BATCH", 2)

        def breaks(_done):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            reindex(told=breaks)
        assert reindex() == 2

    def test_of_an_erased_person_goes_without_being_read(self):
        erased, kept = admitted(), admitted()
        data_keys.destroy(erased.data_key)
        PersonIndex.objects.update(made_with="")
        assert reindex() == 1
        assert set(PersonIndex.objects.values_list("person", flat=True)) == {kept.pk}


def test_two_at_once_leave_each_person_indexed_once(transactional_db, at_once):
    person = admitted()
    expected = PersonIndex.objects.filter(person=person).count()
    PersonIndex.objects.update(made_with="")
    results = at_once(reindex, reindex)
    assert all(isinstance(result, int) for result in results), results
    assert PersonIndex.objects.filter(person=person).count() == expected
    assert reindex() == 0


def test_what_is_indexed_when_somebody_applies_needs_no_reading(django_assert_num_queries):
    person = admitted()
    with django_assert_num_queries(0):
        assert {entry.kind for entry in entries_of(_plain(person))} >= {"kana", "name", "phone"}


def _plain(person):
    person.name, person.kana, person.phone, person.email, person.birth_year = (
        "見本",
        "みほん",
        "+819000000000",
        "",
        "1980",
    )
    return person


def _first_key() -> str:
    from foundation.crypto.ring import index_ring

    return index_ring().ids[0]


HELPED = {"reach_by": ["supporter"], "helper_name": "支援 助", "helper_phone": "+819087654321"}


class TestWhatOnlyFinds:
    def test_an_index_of_before_is_made_anew_with_it(self):
        person = admitted(name="高橋 花子", kana="たかはし はなこ", **HELPED)
        now = _entries(person)
        PersonIndex.objects.filter(person=person, kind=Kind.KANA_PREFIX).delete()
        PersonIndex.objects.update(made_with=f"3:{_first_key()}")
        assert reindex() == 1
        assert _entries(person) == now

    def test_the_parts_of_two_names_and_their_sounds_make_nobody_one(self):
        one = admitted(name="高橋 花子", kana="おおの はなこ", **HELPED, phone="+819011112222")
        other = admitted(name="高橋 次郎", kana="おうの はなこ", **HELPED, phone="+819033334444")
        assert _entries(one) & _entries(other)
        assert same_person.of(one.cases.get()) == same_person.of(other.cases.get()) == []

    @pytest.mark.parametrize("kana", ["さうん", "ぱあと"])
    def test_no_beginning_of_a_reading_is_taken_for_anything_else(self, kana):
        admitted(name="見本", kana="みほん")
        assert found(Kind.KANA_PREFIX, kana) == set()


def _entries(person) -> set[tuple[str, str]]:
    return set(PersonIndex.objects.filter(person=person).values_list("kind", "digest"))
