"""Key rings from the environment: the first key writes, all of them read.

Each ring serves one purpose, so that each can retire its keys in its own time (docs/operations.md says when).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from foundation.crypto.box import KEY_BYTES
from foundation.faults import CryptoError

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True)
class KeyRing:
    """Keys by id, in order; the keys stay out of its repr."""

    ids: tuple[str, ...]
    _keys: dict[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Read ``id:base64,id2:base64``, keys of 32 bytes. Raises ImproperlyConfigured, showing no key."""
        keys: dict[str, bytes] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            key_id, _, encoded = part.partition(":")
            if not _KEY_ID.fullmatch(key_id) or key_id in keys:
                raise ImproperlyConfigured("key ids are 1-32 letters, digits, - or _, each used once")
            keys[key_id] = _decoded(key_id, encoded)
        if len(set(keys.values())) < len(keys):
            raise ImproperlyConfigured(f"the ids {', '.join(keys)} stand for the same key; each key has one id")
        if not keys:
            raise ImproperlyConfigured("a key ring needs at least one key, as id:base64")
        return cls(tuple(keys), keys)

    @property
    def current(self) -> tuple[str, bytes]:
        """The id and key that write."""
        return self.ids[0], self._keys[self.ids[0]]

    def get(self, key_id: str) -> bytes:
        """The key of that id; CryptoError where the ring no longer holds it."""
        try:
            return self._keys[key_id]
        except KeyError:
            raise CryptoError(f"key {key_id!r} is not in the ring") from None


def check_apart(rings: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured where two of the ``rings`` (name: text) hold the same key, showing none.

    A key in two rings could retire from neither without taking the other's rows with it.
    """
    held: dict[bytes, str] = {}
    for name, text in rings.items():
        try:
            ring = KeyRing.parse(text)
        except ImproperlyConfigured as error:
            raise ImproperlyConfigured(f"{name}: {error}") from None
        for key_id in ring.ids:
            key, here = ring.get(key_id), f"{name} ({key_id})"
            if key in held:
                raise ImproperlyConfigured(
                    f"{held[key]} and {here} are the same key. Every ring needs keys of its own: docs/operations.md."
                )
            held[key] = here


def field_ring() -> KeyRing:
    """Wraps the data keys."""
    return _parsed(settings.FIELD_KEYS)


def index_ring() -> KeyRing:
    """Keys the blind indexes."""
    return _parsed(settings.INDEX_KEYS)


def seal_ring() -> KeyRing:
    """Seals the access record."""
    return _parsed(settings.SEAL_KEYS)


def page_ring() -> KeyRing:
    """Gives a handed-in draft its receipt again and the secret of its page; seals words kept for an hour."""
    return _parsed(settings.PAGE_KEYS)


def token_ring() -> KeyRing:
    """Seals the navi's answer tokens; its old keys are destroyed, not kept."""
    return _parsed(settings.TOKEN_KEYS)


@lru_cache(maxsize=16)
def _parsed(text: str) -> KeyRing:
    return KeyRing.parse(text)


def _decoded(key_id: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        raise ImproperlyConfigured(f"key {key_id!r} is not base64") from None
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"key {key_id!r} has {len(key)} bytes instead of {KEY_BYTES}")
    return key
