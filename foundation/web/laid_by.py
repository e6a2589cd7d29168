"""What was sent on a public page and could not be taken: laid by, sealed, for the page that opens anew.

The answer to a POST is a way on, so that the browser's "back" finds pages only; the words stand in no address. Each
page has its own, for half an hour or as long as its shelf says, until it is sent and taken or the browser leaves.
"""

import base64
import binascii
import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from foundation import clock
from foundation.crypto import box
from foundation.crypto.blind_index import subkey
from foundation.crypto.ring import page_ring
from foundation.faults import CryptoError

SECONDS = 30 * 60
MOST_BYTES = 64 * 1024
MOST_IN_A_COOKIE = 3000  # of the 4096 that browsers keep
_NEVER = ("csrfmiddlewaretoken", "language")
_PURPOSE = "words laid by on a public page"
_TICKET = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Words:
    """What was sent; ``only_shown`` where it was not sent to go on (another language, a door that had closed)."""

    typed: QueryDict
    only_shown: bool


@dataclass(frozen=True)
class Shelf:
    """Where pages lay words by: in the cache, opened by a random number in ``cookie``, or all in the cookie itself."""

    cookie: str
    in_cookie: bool = False
    seconds: int = SECONDS

    def lay_by(self, request: HttpRequest, *, only_shown: bool = False) -> HttpResponse | None:
        """The way to the same page, which finds what was posted there; None where that can't be kept."""
        typed = request.POST.copy()
        for name in filter(typed.__contains__, _NEVER):
            del typed[name]
        ticket = "" if self.in_cookie else self._ticket(request) or secrets.token_urlsafe(16)
        kept = json.dumps([clock.now().timestamp(), only_shown, typed.urlencode()]).encode()
        sealed = self._sealed(kept, request.path, ticket)
        if len(sealed) > (MOST_IN_A_COOKIE if self.in_cookie else MOST_BYTES) or not self._put(request, ticket, sealed):
            return None
        response = redirect(request.path)
        response.set_cookie(self.cookie, ticket or sealed, httponly=True, samesite="Lax", secure=settings.SECURE)
        return keep(response)

    def waiting(self, request: HttpRequest) -> Words | None:
        """What was laid by for this page, when it is looked at."""
        return None if request.method == "POST" else self.kept(request)

    def kept(self, request: HttpRequest) -> Words | None:
        """What was laid by for this page, whatever is asked of it."""
        ticket = self._ticket(request)
        if not (ticket or self.in_cookie):
            return None
        sealed = request.COOKIES.get(self.cookie, "") if self.in_cookie else cache.get(_name(ticket, request.path))
        opened = self._opened(sealed, request.path, ticket) if sealed else None
        if opened is None:
            return None
        at, only_shown, typed = json.loads(opened)
        return Words(QueryDict(typed), only_shown) if clock.now().timestamp() - at < self.seconds else None

    def forget(self, request: HttpRequest, response: HttpResponse) -> None:
        """What was sent from this page was taken: nothing waits for it any more."""
        if hasattr(response, "laid_by") or self.cookie not in request.COOKIES:
            return
        if self.in_cookie:
            response.delete_cookie(self.cookie, samesite="Lax")
        elif ticket := self._ticket(request):
            cache.delete(_name(ticket, request.path))

    def _ticket(self, request: HttpRequest) -> str:
        found = request.COOKIES.get(self.cookie, "")
        return found if not self.in_cookie and _TICKET.fullmatch(found) else ""

    def _put(self, request: HttpRequest, ticket: str, sealed: str) -> bool:
        if self.in_cookie:
            return True
        cache.set(_name(ticket, request.path), sealed, self.seconds)
        return cache.get(_name(ticket, request.path)) == sealed  # the cache may be away

    def _sealed(self, plain: bytes, path: str, ticket: str) -> str:
        key_id, key = page_ring().current
        sealed = box.seal(subkey(key, _PURPOSE), plain, aad=self._about(path, ticket))
        return f"{key_id}.{base64.urlsafe_b64encode(sealed).decode()}"

    def _opened(self, sealed: str, path: str, ticket: str) -> bytes | None:
        key_id, _dot, encoded = sealed.partition(".")
        try:
            key = subkey(page_ring().get(key_id), _PURPOSE)
            return box.unseal(key, base64.urlsafe_b64decode(encoded), aad=self._about(path, ticket))
        except (binascii.Error, CryptoError, ValueError):
            return None

    def _about(self, *about: str) -> bytes:
        return json.dumps([self.cookie, *about]).encode()


def keep(response: HttpResponse) -> HttpResponse:
    """Let what waits for the page go on waiting after this answer to a POST; see ``Shelf.forget``."""
    response.laid_by = True  # type: ignore[attr-defined]  # a note to ourselves, which a response has no field for
    return response


def _name(ticket: str, path: str) -> str:
    """Neither the browser's number nor the page's address can be read in the cache."""
    return "laid-by-" + hashlib.sha256(f"{ticket} {path}".encode()).hexdigest()


def shown(form: Any, words: Words | None) -> None:
    """Let an unbound form show words that were only to be shown."""
    if words is not None and words.only_shown:
        form.keep_as_typed(words.typed)


def bound(words: Words | None) -> QueryDict | None:
    """What a form is bound to, to say what it doesn't understand; None where there is nothing to find fault with."""
    return words.typed if words is not None and not words.only_shown else None
