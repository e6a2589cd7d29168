"""The navi's screens: place, worries, list. Nothing is stored: answers travel in a sealed token.

That no page stays in a cache and no address reaches another site is foundation.web.middleware's doing.
"""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation.web import laid_by, languages
from foundation.web.laid_by import Shelf, Words
from organisations import catchment
from outreach.navi import catalogue, engine, matching, web
from outreach.navi.content import shipped
from outreach.navi.engine import Answers, Screen
from outreach.navi.forms import PlaceForm
from outreach.navi.questions import Trouble
from outreach.navi.token import COOKIE, TYPED, is_cookie, new_cookie, opened, seal

SCREENS = {Screen.WORRIES: "navi:worries", Screen.RESULTS: "navi:results"}
WORDS = Shelf(TYPED, in_cookie=True)  # nothing is kept here of what anybody types
MOST_SHARED = 40
_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,11}")


def with_answers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Opens the token in the path; one that doesn't open gets a kind page and a fresh start."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        answers = opened(token, request.COOKIES.get(COOKIE), content=shipped())
        if answers is None:
            return render(request, "outreach/navi/ran_out.html", {"menu": web.menu(shipped())}, status=410)
        return view(request, answers, token)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
def start(request: HttpRequest, trouble: str) -> HttpResponse:
    """Where do you live? ``t`` holds earlier answers when someone comes back to change the place."""
    chosen = shipped().trouble(trouble)
    if chosen is None:
        raise Http404
    if request.method == "POST":
        return _placed(request, trouble) or _ask_for_place(request, chosen, Words(request.POST, _only_shown(request)))
    return _ask_for_place(request, chosen, WORDS.waiting(request))


def _placed(request: HttpRequest, trouble: str) -> HttpResponse | None:
    """On with the place that was said, or to the question anew; None where what was typed can't be laid by for that."""
    only_shown = _only_shown(request)
    form = PlaceForm(None if only_shown else request.POST)
    if not only_shown and ("skip" in request.POST or form.is_valid()):
        token = request.POST.get("t", "")
        before = opened(token, request.COOKIES.get(COOKIE), content=shipped()) or Answers(trouble=trouble)
        response = _go_on(request, engine.with_place(before, form.place.code if form.place else ""))
        WORDS.forget(request, response)
        return response
    return WORDS.lay_by(request, only_shown=only_shown)


def _only_shown(request: HttpRequest) -> bool:
    """Whether nothing was said yet: the page is turned into another language, or a place is to be changed."""
    return bool(languages.asked_for(request)) or not {"typed", "skip"} & request.POST.keys()


def _ask_for_place(request: HttpRequest, chosen: Trouble, words: Words | None) -> HttpResponse:
    form = PlaceForm(laid_by.bound(words))
    laid_by.shown(form, words)
    token = words.typed.get("t", "") if words else ""
    return render(
        request,
        "outreach/navi/place.html",
        {
            "form": form,
            "language_form": "place",
            "trouble": web.say(chosen.title),
            "token": token,
            "dangers": web.safety_strip(None),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
@with_answers
def worries(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:
    """What troubles you? The chosen trouble's worries first, the others behind a tap."""
    if request.method == "POST":
        ticked = [] if "skip" in request.POST else request.POST.getlist("worry")
        said = engine.with_worries(answers, ticked, content=shipped())
        if not languages.asked_for(request):
            return _go_on(request, said)
        return _go_on(request, replace(answers, worries=said.worries), to=Screen.WORRIES)
    place = catalogue.find_place(answers.place)
    chosen, others = engine.worries_shown(answers, content=shipped())
    return render(
        request,
        "outreach/navi/worries.html",
        {
            "chosen": web.asked(chosen, answers),
            "others": [web.asked(trouble, answers) for trouble in others],
            "place": place,
            "language_form": "worries",
            "token": token,
            "dangers": web.safety_strip(place),
        },
    )


@require_safe
@with_answers
def results(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:
    """What fits, and why; whom to call first."""
    content = shipped()
    place = catalogue.find_place(answers.place)
    lineage = catalogue.lineage(place)
    entries = catalogue.entries_for(place)
    found = matching.match(
        answers,
        entries,
        lineage=lineage,
        content=content,
        last_resort=catalogue.last_resort(entries, content=content),
    )
    touched = engine.safeties_touched(answers, content=content)
    others = [safety for safety in content.safeties if safety not in touched]
    list_shown = [web.shown(one, content=content) for one in found]
    centre = next((one for one in list_shown if one.entry.everyone and one.entry.area), None)
    return render(
        request,
        "outreach/navi/results.html",
        {
            "centre": centre,
            "list": [one for one in list_shown if one is not centre],
            "place": place,
            "trouble": answers.trouble,
            "ticked": [web.say(worry.text) for worry in engine.ticked(answers, content=content)],
            "token": token,
            "touched": web.dangers(touched, entries, lineage=lineage),
            "dangers": web.dangers(others, entries, lineage=lineage),
            "parcel": place is None or catchment.desk_for(place) is not None,
            **_sharing(request, matching.shareable(found)),
        },
    )


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """A list someone passed on: its entries as they stand today, without answers or reasons."""
    codes = _codes(request)
    entries = catalogue.entries_named(codes)
    return render(
        request,
        "outreach/navi/shared.html",
        {
            "list": web.shared_list(entries, content=shipped()),
            "some_gone": len(entries) < len(codes),
            "menu": web.menu(shipped()),
            "dangers": web.safety_strip(None),
            **_sharing(request, [entry.code for entry in entries]),
        },
    )


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The link to a shared list as a QR code."""
    codes = _codes(request)
    if not codes:
        raise Http404
    drawing = io.BytesIO()
    segno.make(_sharing(request, codes)["share_url"], error="m", micro=False).save(
        drawing, kind="svg", scale=4, border=4, light="#fff"
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _go_on(request: HttpRequest, answers: Answers, *, to: Screen | None = None) -> HttpResponse:
    """On to the next screen with the answers sealed in its path; a cookie is given when there is none."""
    cookie = request.COOKIES.get(COOKIE, "")
    fresh = not is_cookie(cookie)
    if fresh:
        cookie = new_cookie()
    token = seal(answers, cookie=cookie, content=shipped())
    response = redirect(SCREENS[to or engine.next_screen(answers)], token=token)
    if fresh:
        response.set_cookie(COOKIE, cookie, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _codes(request: HttpRequest) -> list[str]:
    """The entry codes of a shared link, each once; whatever is no code is left out."""
    named = request.GET.get("e", "").upper().split(",")
    return list(dict.fromkeys(code for code in named if _CODE.fullmatch(code)))[:MOST_SHARED]


def _sharing(request: HttpRequest, codes: list[str]) -> dict[str, str]:
    """Link and QR code of a list: they hold codes of entries and nothing else."""
    entries = "?e=" + ",".join(codes[:MOST_SHARED])
    if not codes:
        return {"share_url": "", "qr_url": ""}
    return {
        "share_url": request.build_absolute_uri(reverse("navi:shared") + entries),
        "qr_url": reverse("navi:qr") + entries,
    }
