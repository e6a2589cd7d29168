"""What a member had typed when it turned out that their sign-in had ended: kept sealed until they are back.

The words wait in the browser's session, for an hour at most, each bound to the address they were sent to. Nothing is
done with them by itself: the page comes again with what was typed, and the member presses once more.
"""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, QueryDict
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
_SESSION_KEY = _ON_REQUEST = "kept_words"
_PURPOSE = "words typed after the sign-in had ended"
_SIGN_IN = _("サインインの時間が切れていました。書いたものは1時間残ります。サインインすると、そのページにもどります。")
_TOO_LONG = _(
    "サインインの時間が切れていました。書いたものが長すぎて、残せません。"
    "ブラウザの「戻る」でもどり、写しをとってください。"
)
_TOO_LATE = _("サインインしなおすまでに時間がたったので、書いたものは消えました。もう一度書いてください。")

View = TypeVar("View", bound=Callable[..., Any])


class SignedInAnew(DomainError):
    """What was pressed came without a sign-in, or from a page older than the present one; it did not count."""

    default_message = _(
        "サインインしなおしたので、まだ記録されていません。書いたものは残っています。たしかめて、もう一度押してください。"
    )


def keeps_words(view: View) -> View:
    """Mark a view that shows kept words again. Views without the mark lose them: a password must not be kept."""
    view.keeps_words = True  # type: ignore[attr-defined]
    return view


def keep(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Seal what was posted and say so on the next page; False where its ``view`` can't show it again."""
    if request.method != "POST" or not getattr(view, "keeps_words", False):
        return False
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    plain = json.dumps({"at": clock.now().timestamp(), "typed": typed.urlencode()}).encode()
    if len(plain) > MOST_BYTES:
        messages.warning(request, _TOO_LONG)
        return True
    kept = request.session.get(_SESSION_KEY, {})
    kept.pop(request.path, None)
    newest = [*kept.items(), (request.path, _seal(plain, request.path))][-MOST_PAGES:]
    request.session[_SESSION_KEY] = dict(newest)
    if not request.user.is_authenticated:
        request.session.set_expiry(LIFETIME)  # signing in gives the session its own end again
        messages.info(request, _SIGN_IN)
    return True


def take_out(request: HttpRequest, view: Callable[..., Any]) -> None:
    """Hand what was kept for this address to its ``view``, once; nothing where it is too old or not ours."""
    kept = request.session.get(_SESSION_KEY, {})
    if request.method != "GET" or request.path not in kept or not getattr(view, "keeps_words", False):
        return
    sealed = kept.pop(request.path)
    request.session[_SESSION_KEY] = kept
    typed = _opened(sealed, request.path)
    if typed is None:
        messages.warning(request, _TOO_LATE)
    else:
        setattr(request, _ON_REQUEST, QueryDict(typed))


def kept_for(request: HttpRequest) -> QueryDict | None:
    """What was taken out for this very request."""
    return getattr(request, _ON_REQUEST, None)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a view has before it: what is posted now, what was kept of an earlier post, or None to look only."""
    return request.POST if request.method == "POST" else kept_for(request)


def pressed(request: HttpRequest, name: str) -> str:
    """The value of the button ``name``; "" where none was pressed."""
    typed = posted(request)
    return typed.get(name, "") if typed else ""


def _seal(plain: bytes, path: str) -> str:
    key_id, key = page_ring().current
    sealed = box.seal(subkey(key, _PURPOSE), plain, aad=path.encode())
    return f"{key_id}.{base64.urlsafe_b64encode(sealed).decode()}"


def _opened(text: str, path: str) -> str | None:
    """The fields, url-encoded; None where they are too old, were altered, or belong to another address."""
    key_id, _dot, encoded = text.partition(".")
    try:
        key = subkey(page_ring().get(key_id), _PURPOSE)
        content = json.loads(box.unseal(key, base64.urlsafe_b64decode(encoded), aad=path.encode()))
    except (binascii.Error, CryptoError):
        return None
    is_fresh = clock.now().timestamp() - content["at"] <= LIFETIME.total_seconds()
    return content["typed"] if is_fresh else None
