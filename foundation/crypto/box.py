"""AES-256-GCM for one value: version byte, nonce, ciphertext with its tag."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.faults import CryptoError

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


def new_key() -> bytes:
    """256 random bits."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def seal(key: bytes, plain: bytes, *, aad: bytes) -> bytes:
    """Encrypt; the result opens only with the same key and the same associated data."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, aad)


def unseal(key: bytes, sealed: bytes, *, aad: bytes) -> bytes:
    """Decrypt, or raise CryptoError when the value was altered, moved, or sealed for another purpose."""
    head = len(_VERSION)
    if len(sealed) < head + _NONCE_BYTES + _TAG_BYTES or sealed[:head] != _VERSION:
        raise CryptoError("not a sealed value of a known version")
    nonce, body = sealed[head : head + _NONCE_BYTES], sealed[head + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, aad)
    except InvalidTag:
        raise CryptoError("the sealed value does not belong here or was altered") from None
