"""Blind indexes: find an encrypted value again by a keyed digest, never by the value."""

from __future__ import annotations

import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.crypto.ring import index_ring


def digest(field: str, value: str, *, bits: int = 128) -> str:
    """The digest to store for a normalised value, under the first key, as hex; "" for "".

    `field` names the index ("person.phone"): equal values in two indexes have nothing in common.
    """
    return _digest(index_ring().current[1], field, value, bits)


def digests(field: str, value: str, *, bits: int = 128) -> list[str]:
    """The digests to search for, under every key of the ring; none for "", which is never found."""
    ring = index_ring()
    return [_digest(ring.get(key_id), field, value, bits) for key_id in ring.ids] if value else []


def subkey(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose (HKDF-SHA256)."""
    return _subkey(key, purpose)


@lru_cache(maxsize=128)
def _subkey(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)


def _digest(key: bytes, field: str, value: str, bits: int) -> str:
    if bits % 8 or not 64 <= bits <= 256:
        raise ValueError("a digest has 64 to 256 bits, a multiple of eight")
    if not value:
        return ""
    whole = hmac.digest(subkey(key, f"blind index {field}"), value.encode(), "sha256")
    return whole[: bits // 8].hex()
