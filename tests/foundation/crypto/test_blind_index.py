import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.crypto import blind_index


def test_the_same_value_is_found_again():
    stored = blind_index.digest("person.phone", "+819012345678")
    assert len(stored) == 32
    assert stored in blind_index.digests("person.phone", "+819012345678")


def test_the_same_value_in_another_index_has_nothing_in_common():
    assert blind_index.digest("person.phone", "1") != blind_index.digest("person.email", "1")


def test_what_was_stored_before_a_rotation_is_still_found(add_key):
    stored = blind_index.digest("person.phone", "1")
    add_key("INDEX_KEYS", "rotated")
    assert blind_index.digest("person.phone", "1") != stored
    assert stored in blind_index.digests("person.phone", "1")
    assert blind_index.digest("person.phone", "1") == blind_index.digests("person.phone", "1")[0]


def test_nothing_is_found_by_nothing():
    assert blind_index.digest("person.phone", "") == ""
    assert blind_index.digests("person.phone", "") == []


def test_a_digest_has_the_length_asked_for():
    assert len(blind_index.digest("f", "v", bits=256)) == 64
    assert blind_index.digest("f", "v", bits=256).startswith(blind_index.digest("f", "v", bits=64))
    for bits in (0, 8, 127, 512):
        with pytest.raises(ValueError, match="bits"):
            blind_index.digest("f", "v", bits=bits)


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_values_have_different_digests(one, other):
    assert (blind_index.digest("f", one) == blind_index.digest("f", other)) == (one == other)
