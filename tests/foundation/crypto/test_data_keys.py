import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from foundation.crypto import box, data_keys
from foundation.faults import CryptoError, KeyDestroyed
from foundation.models import DataKey

pytestmark = pytest.mark.django_db


@given(st.binary(), st.binary())
def test_a_sealed_value_opens_with_its_key_and_purpose_alone(plain, aad):
    key = box.new_key()
    sealed = box.seal(key, plain, aad=aad)
    assert box.unseal(key, sealed, aad=aad) == plain
    with pytest.raises(CryptoError):
        box.unseal(key, sealed, aad=aad + b"!")
    with pytest.raises(CryptoError):
        box.unseal(box.new_key(), sealed, aad=aad)


@given(st.binary(max_size=40), st.integers(min_value=0), st.integers(1, 255))
def test_a_sealed_value_changed_in_any_byte_does_not_open(plain, place, change):
    key = box.new_key()
    sealed = bytearray(box.seal(key, plain, aad=b""))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(CryptoError):
        box.unseal(key, bytes(sealed), aad=b"")


@pytest.mark.parametrize("kind", ["person", "draft", "provision"])
def test_a_data_key_seals_and_opens_after_being_read_again(kind):
    made = data_keys.create(kind=kind)
    sealed = made.seal(b"content", "a.b.c")
    again = DataKey.objects.get(pk=made.pk)
    assert again.kind == kind
    assert again.open(sealed, "a.b.c") == b"content"


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="other"):
        data_keys.create(kind="other")


def test_the_key_itself_does_not_stand_in_the_table(monkeypatch):
    monkeypatch.setattr(box, "new_key", lambda: b"K" * 32)
    data_key = data_keys.create()
    assert b"KKKK" not in bytes(DataKey.objects.get(pk=data_key.pk).wrapped)


def test_wrapped_keys_of_two_persons_cannot_be_exchanged():
    one, other = data_keys.create(), data_keys.create()
    DataKey.objects.filter(pk=one.pk).update(wrapped=other.wrapped)
    one.refresh_from_db()
    with pytest.raises(CryptoError):
        one.seal(b"", "x")


def test_a_destroyed_key_opens_nothing_ever_again():
    data_key = data_keys.create()
    sealed = data_key.seal(b"content", "x")
    data_keys.destroy(data_key)
    assert data_key.destroyed
    assert DataKey.objects.get(pk=data_key.pk).wrapped is None
    with pytest.raises(KeyDestroyed):
        data_key.open(sealed, "x")
    with pytest.raises(KeyDestroyed):
        data_key.seal(b"more", "x")


def test_destroying_twice_keeps_the_first_date():
    data_key = data_keys.create()
    data_keys.destroy(data_key)
    first = data_key.destroyed_at
    data_keys.destroy(data_key)
    assert data_key.destroyed_at == first


def test_a_key_cannot_be_destroyed_and_wrapped_at_once():
    data_key = data_keys.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.filter(pk=data_key.pk).update(wrapped=None)


def test_rotation_wraps_every_key_again_and_loses_nothing(settings, add_key):
    kept = [data_keys.create() for _ in range(3)]
    gone = data_keys.create()
    data_keys.destroy(gone)
    sealed = [data_key.seal(b"content", "x") for data_key in kept]
    old_ring = settings.FIELD_KEYS
    new_id = add_key("FIELD_KEYS", "rotated")

    assert data_keys.rewrap(limit=1) == 1
    assert data_keys.rewrap() == 2
    assert data_keys.rewrap() == 0

    settings.FIELD_KEYS = settings.FIELD_KEYS.removesuffix(f",{old_ring}")
    for data_key, value in zip(kept, sealed, strict=True):
        data_key.refresh_from_db()
        assert data_key.ring_key_id == new_id
        assert data_key.open(value, "x") == b"content"


class TestRotationBesideOthers:
    """A row that was changed between being read and being wrapped anew is left as it is now."""

    @pytest.fixture
    def meanwhile(self, monkeypatch):
        """Do something to a key after rotation has opened it and before it writes."""

        def happens(do):
            unwrapped = DataKey.unwrapped

            def opened(data_key):
                key = unwrapped(data_key)
                monkeypatch.setattr(DataKey, "unwrapped", unwrapped)  # once
                do(data_key)
                return key

            monkeypatch.setattr(DataKey, "unwrapped", opened)

        return happens

    def test_what_was_destroyed_stays_destroyed(self, add_key, meanwhile):
        gone = data_keys.create()
        add_key("FIELD_KEYS", "rotated")
        meanwhile(lambda data_key: data_keys.destroy(DataKey.objects.get(pk=data_key.pk)))
        assert data_keys.rewrap() == 0
        gone.refresh_from_db()
        assert gone.destroyed

    def test_what_another_rotation_has_wrapped_is_not_wrapped_over(self, add_key, meanwhile):
        """Two operators, each with a ring of their own: the later ring's key stands, or nobody could open it."""
        data_key = data_keys.create()
        sealed = data_key.seal(b"content", "x")
        add_key("FIELD_KEYS", "rotated")
        newest = []

        def rotates_too(_data_key):
            newest.append(add_key("FIELD_KEYS", "rotated-again"))
            assert data_keys.rewrap() == 1

        meanwhile(rotates_too)
        assert data_keys.rewrap() == 0
        data_key.refresh_from_db()
        assert data_key.ring_key_id == newest[0]
        assert data_key.open(sealed, "x") == b"content"


class TestWhatGoesWithAKey:
    @pytest.fixture
    def told(self, monkeypatch):
        """Keys of which it was said that they are destroyed."""
        told = []
        monkeypatch.setattr(data_keys, "_forgetting", [])
        data_keys.when_destroyed(told.append)
        return told

    def test_is_told_of_it(self, told):
        gone, kept = data_keys.create(), data_keys.create()
        data_keys.destroy(gone)
        assert told == [gone]
        assert kept not in told

    def test_goes_too_or_the_key_stays(self, told):
        data_key = data_keys.create()
        data_keys.when_destroyed(lambda _key: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            data_keys.destroy(data_key)
        assert not DataKey.objects.get(pk=data_key.pk).destroyed
