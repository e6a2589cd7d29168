"""The door of a person's own page: its address shows where the application stands, the receipt number shows the rest.

An address stays in the browser's history, where whoever looks at the telephone finds it. The number is on paper, or in
the person's head. A browser that gave it is let in for half an hour, until it leaves. What it wrote for longer waits
sealed (``WORDS``) until the number was right: the door's own page holds none of it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from foundation.identifiers import clean_receipt_number
from foundation.web import laid_by, languages
from foundation.web.fields import TypedText
from foundation.web.forms import Unremembered
from foundation.web.laid_by import Shelf, Words
from outreach.application import cookies, help_today
from outreach.application.serving import Serving
from outreach.models import Application
from referrals.person import standing
from referrals.states import CaseStatus

# Of one page from one address, of one page, and from one address. Whoever knows only the address of a page shall not
# shut its person out from elsewhere; of 30^8 numbers a hundred an hour find none.
WRONG_TRIES = {"number": "10/h/key", "page": "100/h/key", "address": "60/h/key"}
WORDS = Shelf(cookies.MY_WORDS, seconds=2 * 60 * 60)  # longer than a door is shut on whoever tries too often
_PROMISED = "kept"  # sent by a door that said that words are kept
_LOST = _("書いたものは、時間がたったので、もう残っていません。お手数ですが、もう一度書いてください。")
_LONGEST_NUMBER = 40  # as somebody may write it, with spaces and words around
_NOT_CARRIED = ("csrfmiddlewaretoken", "language", "number", _PROMISED)

View = Callable[[HttpRequest, Application, str], HttpResponse]


class TooOften(Exception):
    """So many wrong numbers were given that no more are looked at for now."""


class NumberForm(Unremembered, forms.Form):
    """The receipt number of the application whose page it is."""

    number = TypedText(
        label=_("受付番号"),
        help_text=_("申しこみのさいごに出た番号です。英字と数字が8つ、ならんでいます。"),
        max_length=_LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("受付番号を書いてください。")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        super().__init__(*args, **kwargs)

    def clean_number(self) -> str:
        number = clean_receipt_number(self.cleaned_data["number"])
        if number is None:
            raise forms.ValidationError(
                _("受付番号として読めません。英字と数字が8つあるか、書きまちがいがないか、たしかめてください。")
            )
        if number != self.application.receipt_number:
            raise forms.ValidationError(
                _("このページの申込みの番号ではありません。何度か申しこんだときは、べつの番号かもしれません。")
            )
        return number


def behind_the_door(view: View) -> View:
    """Let ``view`` show itself to a browser that is let in; the others get the door, with what they had typed."""

    @wraps(view)
    def wrapped(request: HttpRequest, application: Application, secret: str) -> HttpResponse:
        let_in = cookies.is_let_in(request, application)
        on_shelf = _take_along(request)
        knocks = "number" in request.POST and not languages.asked_for(request)
        if knocks and not let_in:
            form = NumberForm(request.POST, application=application)
            try:
                let_in = _is_right(request, form)
            except TooOften:
                form = NumberForm(application=application)  # unchecked: a number that isn't looked at is not judged
                form.keep_as_typed(request.POST)
                response = _door(request, form, secret, request.POST, on_shelf=on_shelf, too_often=True)
                return laid_by.keep(response) if on_shelf else response
        if not let_in:
            return _closed(request, application, secret, knocks=knocks)
        # Whoever gave the number with something they had written before sends that; who gave it alone looks.
        looks = knocks and not _carried(request.POST)
        if looks and _PROMISED in request.POST:
            messages.warning(request, _LOST)
        response = redirect(request.path) if looks else view(request, application, secret)
        cookies.let_in(response, application)
        return response

    return wrapped


def _take_along(request: HttpRequest) -> bool:
    """Send what waits on the shelf with a number that the door was given; whether there was anything."""
    if "number" not in request.POST or _carried(request.POST):
        return False
    waiting = WORDS.kept(request)
    if waiting is None or not _carried(waiting.typed):
        return False
    together = waiting.typed.copy()
    for name, words in request.POST.lists():
        together.setlist(name, words)
    request.POST = together  # type: ignore[assignment]  # the stubs hold it to be fixed; views read it
    return True


def _closed(request: HttpRequest, application: Application, secret: str, *, knocks: bool) -> HttpResponse:
    """The door, opened anew after what was sent; a number that waits there was found wrong when it was given."""
    if request.method == "POST" and (way_on := WORDS.lay_by(request, only_shown=not knocks)):
        return way_on
    sent = Words(request.POST, only_shown=not knocks) if request.method == "POST" else WORDS.waiting(request)
    given = laid_by.bound(sent)
    form = NumberForm(given if given and "number" in given else None, application=application)
    laid_by.shown(form, sent)
    # Sent and not laid by, where the cache is away: what isn't in the page would be lost.
    return _door(request, form, secret, sent.typed if sent else QueryDict(), on_shelf=request.method != "POST")


def _is_right(request: HttpRequest, form: NumberForm) -> bool:
    """Count the try until it proves right; what can't be a number, or is not looked at, is no try. Raises TooOften."""
    if clean_receipt_number(form.data["number"]) is None:
        return form.is_valid()
    page, address = form.application.public_id, ratelimit.get_ip(request)
    keys = {"number": f"{page} {address}", "page": page, "address": address}
    tried = [
        ratelimit.consume(request, app="person", action=action, config=WRONG_TRIES, key=_hidden(key))
        for action, key in keys.items()
    ]
    right = all(tried) and form.is_valid()
    if right or not all(tried):
        for one in filter(None, tried):
            one.rollback()
    if not all(tried):
        raise TooOften
    return right


def _hidden(key: str) -> str:
    """Who came from where is not to be read from the cache."""
    return salted_hmac("tries at a door", key).hexdigest()


def _carried(sent: QueryDict) -> list[tuple[str, str]]:
    """What was typed on the page behind the door, when the half hour was over."""
    return [(name, word) for name, words in sent.lists() if name not in _NOT_CARRIED for word in words]


def _door(
    request: HttpRequest, form: NumberForm, secret: str, sent: QueryDict, *, on_shelf: bool, too_often: bool = False
) -> HttpResponse:
    application = form.application
    case = application.case
    context = {
        "form": form,
        "language_form": "door",
        "standing": standing.at_the_door(case),
        "desk": application.desk,
        # Lines for the whole country: a centre would tell whoever finds the address which town it is.
        "numbers": help_today.numbers(Serving(), with_desk=False) if case.status == CaseStatus.DECLINED else [],
        "kept": bool(_carried(sent)),
        "carried": [(_PROMISED, "1")] * bool(_carried(sent)) if on_shelf else _carried(sent),
        "too_often": too_often,
        "secret": secret,
    }
    return render(request, "referrals/person/door.html", context, status=429 if too_often else 200)
