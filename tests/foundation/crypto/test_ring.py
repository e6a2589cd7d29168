import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation.crypto.ring import KeyRing, field_ring, index_ring, page_ring, seal_ring, token_ring
from foundation.faults import CryptoError

ONE, TWO = base64.b64encode(b"1" * 32).decode(), base64.b64encode(b"2" * 32).decode()


def test_the_first_key_writes_and_all_of_them_read():
    ring = KeyRing.parse(f"new:{ONE}, old:{TWO}")
    assert ring.current == ("new", b"1" * 32)
    assert ring.get("old") == b"2" * 32
    assert ring.ids == ("new", "old")


def test_a_key_that_left_the_ring_is_named_by_its_id_only():
    with pytest.raises(CryptoError, match="'gone'"):
        KeyRing.parse(f"new:{ONE}").get("gone")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "new",
        "new:",
        f":{ONE}",
        f"a b:{ONE}",
        "new:###",
        "new:c2hvcnQ=",
        f"new:{ONE},new:{TWO}",
        f"a:{ONE},b:{ONE}",
    ],
)
def test_a_ring_that_makes_no_sense_stops_the_start_and_shows_no_key(text):
    with pytest.raises(ImproperlyConfigured) as refusal:
        KeyRing.parse(text)
    assert ONE not in str(refusal.value)


def test_keys_stay_out_of_the_representation():
    ring = KeyRing.parse(f"new:{ONE}")
    assert "111" not in repr(ring)
    assert ONE not in repr(ring)


def test_url_safe_base64_is_understood():
    key = bytes(range(224, 256))
    assert KeyRing.parse(f"k:{base64.urlsafe_b64encode(key).decode()}").current[1] == key


def test_each_ring_comes_from_its_own_setting(settings):
    for letter, name in zip("fispt", ("FIELD_KEYS", "INDEX_KEYS", "SEAL_KEYS", "PAGE_KEYS", "TOKEN_KEYS"), strict=True):
        setattr(settings, name, f"{letter}:{ONE}")
    rings = (field_ring(), index_ring(), seal_ring(), page_ring(), token_ring())
    assert [ring.current[0] for ring in rings] == ["f", "i", "s", "p", "t"]
