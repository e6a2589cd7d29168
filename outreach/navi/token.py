"""The answers token: what someone ticked, sealed for 30 minutes, readable only beside their session cookie.

Sealed, always at the same length: check of the content (8 bytes), second of sealing (8), number of the
trouble (1), questions passed as bits (1), place code in ASCII (6), worries as bits (32). The key is derived
from the ring and the cookie together: once "leave" has cleared the cookie, a token left in a browser's
history opens for nobody, whoever holds the keys.
"""

import base64
import hashlib
import os
import re
import secrets
import struct
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation import clock
from foundation.crypto.ring import token_ring
from outreach.navi.content import MOST_WORRIES
from outreach.navi.engine import QUESTIONS, Answers
from outreach.navi.questions import Content

COOKIE = "navi"
TYPED = "navi_typed"  # a place that was not understood, sealed, until it is
LIFETIME = timedelta(minutes=30)
CLOCKS_DIFFER_BY = timedelta(minutes=1)  # between the machines that serve one conversation

_MASK = MOST_WORRIES // 8
_BODY = struct.Struct(f"!8sQBB6s{_MASK}s")
_NAME, _NONCE, _TAG = 6, 12, 16  # with the body 90 bytes: a multiple of three leaves base64 no loose bits
_LENGTH = _NAME + _NONCE + _BODY.size + _TAG
_COOKIE_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")
_TOKEN_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{_LENGTH // 3 * 4}}}")


class TokenRefused(ValueError):
    """Older than 30 minutes, another browser's, garbled, or from before the questions changed."""


def new_cookie() -> str:
    """A random value of 128 bits that says nothing about anyone."""
    return secrets.token_urlsafe(16)


def is_cookie(value: str) -> bool:
    """Whether ``value`` has the shape of ours; anything else is replaced, never used."""
    return bool(_COOKIE_SHAPE.fullmatch(value))


def seal(answers: Answers, *, cookie: str, content: Content) -> str:
    """The token for ``answers``: its length is the same whatever they are."""
    key_id, key = token_ring().current
    ticked = sum(1 << bit for bit, worry in enumerate(content.worries) if worry.id in answers.worries)
    body = _BODY.pack(
        _check(content),
        int(clock.now().timestamp()),
        [trouble.id for trouble in content.troubles].index(answers.trouble),
        sum(1 << bit for bit, step in enumerate(QUESTIONS) if step in answers.passed),
        answers.place.encode("ascii"),
        ticked.to_bytes(_MASK),
    )
    name, nonce = _name(key_id), os.urandom(_NONCE)
    sealed = AESGCM(_bound(key, cookie)).encrypt(nonce, body, name)
    return base64.urlsafe_b64encode(name + nonce + sealed).decode()


def unseal(token: str, *, cookie: str | None, content: Content) -> Answers:
    """The answers in ``token``. Raises TokenRefused when it does not open, or not any more."""
    if not cookie or not is_cookie(cookie) or not _TOKEN_SHAPE.fullmatch(token):
        raise TokenRefused
    check, second, trouble, passed, place, worries = _BODY.unpack(_open(token, cookie))
    age = clock.now() - datetime.fromtimestamp(second, UTC)
    if check != _check(content) or not -CLOCKS_DIFFER_BY <= age < LIFETIME:
        raise TokenRefused
    ticked = int.from_bytes(worries)
    return Answers(
        trouble=content.troubles[trouble].id,
        place=place.rstrip(b"\0").decode("ascii"),
        worries=frozenset(worry.id for bit, worry in enumerate(content.worries) if ticked >> bit & 1),
        passed=frozenset(step for bit, step in enumerate(QUESTIONS) if passed >> bit & 1),
    )


def opened(token: str | None, cookie: str | None, *, content: Content) -> Answers | None:
    """The answers in ``token``; None when it doesn't open any more."""
    try:
        return unseal(token or "", cookie=cookie, content=content)
    except TokenRefused:
        return None


def _open(token: str, cookie: str) -> bytes:
    raw = base64.urlsafe_b64decode(token)
    name, nonce, sealed = raw[:_NAME], raw[_NAME : _NAME + _NONCE], raw[_NAME + _NONCE :]
    ring = token_ring()
    for key_id in ring.ids:
        if _name(key_id) == name:
            try:
                return AESGCM(_bound(ring.get(key_id), cookie)).decrypt(nonce, sealed, name)
            except InvalidTag:
                continue
    raise TokenRefused


def _bound(key: bytes, cookie: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=cookie.encode(), info=b"navi answers").derive(key)


def _name(key_id: str) -> bytes:
    """A key's name in the token: of fixed length, unlike its id."""
    return hashlib.sha256(key_id.encode()).digest()[:_NAME]


def _check(content: Content) -> bytes:
    """Changes with the meaning of the bits: a token from before a new edition opens as if it had run out."""
    words = [*(trouble.id for trouble in content.troubles), *(worry.id for worry in content.worries)]
    return hashlib.sha256("\n".join(words).encode()).digest()[:8]
