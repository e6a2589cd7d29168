"""What a member had typed when it turned out that their sign-in had ended: kept sealed until they are back.

The words wait in the browser's session, for an hour at most, each bound to the address they were sent to and to whoever
was signed in last at this browser. Nothing is done with them by itself: the
page comes again with what was typed, as often as it is looked at, and the member presses once more.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.crypto import box
from foundation.crypto.blind_index import subkey
from foundation.crypto.ring import page_ring
from foundation.errors import DomainError
from foundation.faults import CryptoError

LIFETIME = timedelta(hours=1)
MOST_BYTES = 64 * 1024
MOST_PAGES = 4  # open in as many tabs at once
SEAT = "tsunagu_member"  # the cookie that tells who was signed in last at this browser
_NEVER_KEPT = re.compile("password|csrfmiddlewaretoken")
_SESSION_KEY = _ON_REQUEST = "kept_words"
_PURPOSE = "words typed after the sign-in had ended"
_TOO_LONG = _(
    "まだ記録されていません。書いたものが長すぎて、残せません。ブラウザの「戻る」でもどり、写しをとってください。"
)
_TOO_LATE = _("サインインしなおすまでに時間がたったので、書いたものは消えました。もう一度書いてください。")
WORDS_ARE_HERE = _("書いたものは残っています。")

View = TypeVar("View", bound=Callable[..., Any])


class SignedInAnew(DomainError):
    """What was pressed came without a sign-in, or from a page older than the present one; it did not count."""

    default_message = _(
        "サインインしなおしたか、ページが古くなっていたので、まだ記録されていません。たしかめて、もう一度押してください。"
    )


def keeps_words(view: View) -> View:
    """Mark a view that shows kept words again.

    Views without the mark lose them: the pages on which members sign in and change their password. Of a page that
    takes a password beside other things, it alone is left out.
    """
    view.keeps_words = True  # type: ignore[attr-defined]
    return view


def keep(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Seal what was posted; False where its ``view`` can't show it again, or nobody had signed in at this browser."""
    shows_them = hasattr(view, "keeps_words")
    member = request.user.public_id if request.user.is_authenticated else _seat(request)
    if request.method != "POST" or not shows_them or not member:
        return False
    typed = request.POST.copy()
    for name in filter(_NEVER_KEPT.search, request.POST):
        del typed[name]
    plain = typed.urlencode().encode()
    kept = _fresh(request)
    kept.pop(request.path, None)
    if len(plain) > MOST_BYTES:
        messages.warning(request, _TOO_LONG)
    else:
        sealed = _seal(plain, request.path, member)
        kept[request.path] = {"at": clock.now().timestamp(), "of": member, "sealed": sealed}
    request.session[_SESSION_KEY] = dict(list(kept.items())[-MOST_PAGES:])
    if not request.user.is_authenticated:
        request.session.set_expiry(LIFETIME)  # signing in gives the session its own end again
    return True


def look(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Lay what was kept for this address before its ``view``; once its page is posted anew, it is kept no longer."""
    if _SESSION_KEY not in request.session:
        return
    assert request.user.is_authenticated
    shows_them, kept = hasattr(view, "keeps_words"), _fresh(request)
    was_here = request.path in request.session[_SESSION_KEY]
    entry = kept.get(request.path)
    if request.method == "GET" and shows_them and entry and entry["of"] == request.user.public_id:
        typed = _opened(entry["sealed"], request.path, entry["of"])
        if typed is None:
            del kept[request.path]
        else:
            setattr(request, _ON_REQUEST, QueryDict(typed))
    elif request.method == "GET" and was_here and entry is None:
        messages.warning(request, _TOO_LATE)
    elif request.method == "POST":
        kept.pop(request.path, None)
    if kept != request.session[_SESSION_KEY]:
        request.session[_SESSION_KEY] = kept


def remember_member(request: HttpRequest, response: HttpResponse, member: str) -> None:
    """Let the browser say, after the sign-in has ended, whose it was; the cookie opens nothing."""
    if _seat(request) != member:
        response.set_signed_cookie(SEAT, member, salt=SEAT, httponly=True, samesite="Lax", secure=settings.SECURE)


def kept_for(request: HttpRequest) -> QueryDict | None:
    """What was laid before this very request."""
    return getattr(request, _ON_REQUEST, None)


def leave_aside(request: HttpRequest) -> None:
    """Look at this page without what was laid before it, which belongs to another page at the same address."""
    setattr(request, _ON_REQUEST, None)


def forget(request: HttpRequest) -> None:
    """Keep no longer what was laid before this request: its page has shown that it belongs elsewhere."""
    kept = _fresh(request)
    if kept.pop(request.path, None):
        request.session[_SESSION_KEY] = kept


def posted(request: HttpRequest) -> QueryDict | None:
    """What a view has before it: what is posted now, what was kept of an earlier post, or None to look only."""
    return request.POST if request.method == "POST" else kept_for(request)


def pressed(request: HttpRequest, name: str) -> str:
    """The value of the button ``name``; "" where none was pressed."""
    typed = posted(request)
    return typed.get(name, "") if typed else ""


def _seat(request: HttpRequest) -> str:
    return request.get_signed_cookie(SEAT, default="", salt=SEAT) or ""


def _fresh(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """What the session keeps and is not over yet."""
    oldest = (clock.now() - LIFETIME).timestamp()
    kept = request.session.get(_SESSION_KEY, {})
    return {path: entry for path, entry in kept.items() if entry["at"] >= oldest}


def _seal(plain: bytes, *about: str) -> str:
    key_id, key = page_ring().current
    sealed = box.seal(subkey(key, _PURPOSE), plain, aad=_aad(about))
    return f"{key_id}.{base64.urlsafe_b64encode(sealed).decode()}"


def _opened(text: str, *about: str) -> str | None:
    """The fields, url-encoded; None where they were altered, or belong to something else."""
    key_id, _dot, encoded = text.partition(".")
    try:
        key = subkey(page_ring().get(key_id), _PURPOSE)
        return box.unseal(key, base64.urlsafe_b64decode(encoded), aad=_aad(about)).decode()
    except (binascii.Error, CryptoError):
        return None


def _aad(about: tuple[str, ...]) -> bytes:
    return json.dumps(about).encode()
