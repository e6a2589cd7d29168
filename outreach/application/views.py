"""The application form's screens, for the person and for the member who takes it on the telephone."""

import dataclasses
import secrets
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from foundation.errors import DomainError
from foundation.web import languages
from organisations.models import Organisation
from organisations.sign_in import kept_words
from outreach.application import consent_texts, cookies, disclosable, drafts, help_today
from outreach.application.cookies import PUBLIC, TELEPHONE, Mode
from outreach.application.draft_seal import HandedIn
from outreach.application.drafts import Contents, SavedElsewhere
from outreach.application.questionnaire import BY_SLUG, CHECK
from outreach.application.read_back import read_back
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.application.step import Section, Step
from outreach.application.walk import Walk
from outreach.models import Draft, Window, WindowText
from outreach.navi import carrying
from outreach.navi.token import COOKIE as NAVI_COOKIE

DISCARD = "discard"
_PAGE_LENGTH = 11


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the button that starts it; ``t`` holds the answers of the navi."""
    return _start(request, PUBLIC)


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
def step(request: HttpRequest, step: str) -> HttpResponse:
    return _step(request, step, PUBLIC)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return _done(request, PUBLIC)


@require_http_methods(["GET", "HEAD", "POST"])
def telephone(request: HttpRequest) -> HttpResponse:
    """The same form for a member, who reads it out and writes down what is said."""
    return _start(request, TELEPHONE)


@partial(kept_words.keeps_words, bound_to=cookies.telephone_draft_id)
@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
def telephone_step(request: HttpRequest, step: str) -> HttpResponse:
    return _step(request, step, TELEPHONE)


@require_safe
def telephone_done(request: HttpRequest) -> HttpResponse:
    return _done(request, TELEPHONE)


def _start(request: HttpRequest, mode: Mode) -> HttpResponse:
    draft = cookies.draft_of(request, mode)
    if request.method != "POST":
        context: dict[str, Any] = {
            "token": request.GET.get("t", ""),
            "draft": draft,
            "receipt": cookies.receipt_of(request, mode),
        }
        return _page(request, mode, "start", **context)
    if draft and "anew" in request.POST:
        drafts.destroy(draft=draft)
        draft = None
    token = "" if mode.aloud else request.POST.get("t", "")
    said, carried = carrying.from_the_navi(token, request.COOKIES.get(NAVI_COOKIE))
    if draft is None:
        draft = drafts.start(said=said, carried=carried, by=mode.member(request))
    else:
        carrying.carry_into(draft, said)
    response = redirect(mode.step_url, step=Walk(Contents.of(draft)).next_slug)
    cookies.keep_draft(response, draft, mode)
    return response


def _step(request: HttpRequest, slug: str, mode: Mode) -> HttpResponse:
    if slug not in BY_SLUG and slug not in (CHECK, DISCARD):
        raise Http404
    draft = cookies.draft_of(request, mode)
    if draft is None:
        return _without_draft(request, mode)
    if slug == DISCARD:
        return _discard(request, draft, mode)
    walk = Walk(Contents.of(draft))
    if slug != "place" and walk.cannot_send_there:
        return _page(request, mode, "elsewhere", walk=walk, numbers=help_today.numbers(walk.serving))
    if not walk.may_open(slug):
        return redirect(mode.step_url, step=walk.next_slug)
    try:
        if slug == CHECK:
            return _check(request, draft, walk, mode)
        return _ask(request, draft, walk, BY_SLUG[slug], mode)
    except Draft.DoesNotExist:  # handed in or destroyed on another page this very moment
        return _without_draft(request, mode)


def _ask(request: HttpRequest, draft: Draft, walk: Walk, here: Step, mode: Mode) -> HttpResponse:
    """Show one step; keep what was answered and go on, or show it again with what is unclear."""
    posted = kept_words.posted(request)
    page = posted.get("page", "")[:_PAGE_LENGTH] if posted is not None else secrets.token_urlsafe(8)
    language = languages.asked_for(request)
    shown_as_typed = bool(language) or kept_words.kept_for(request) is not None
    form = here.form(None if shown_as_typed else posted, said=walk.said, serving=walk.serving, aloud=mode.aloud)
    if shown_as_typed:
        form.keep_as_typed(posted)
        if not language:
            unrecorded = kept_words.SignedInAnew.default_message
            messages.warning(request, format_lazy("{} {}", unrecorded, kept_words.WORDS_ARE_HERE))
    elif posted is not None and form.is_valid():
        said = dataclasses.replace(walk.said, **form.values())
        serving = walk.serving if _same_places(said, walk.said) else Serving.of(said)
        kept_as = BY_SLUG[here.answers or here.slug]
        try:
            contents = drafts.save_step(
                draft=draft,
                slug=kept_as.slug,
                said=form.values(),
                stands_on=kept_as.stands_on(said, serving),
                page=page,
                seen=_seen(posted),
            )
        except SavedElsewhere as error:
            form.add_error(None, error.message)
        else:
            return redirect(mode.step_url, step=Walk(contents, serving).after(kept_as.slug))
    return _page(
        request,
        mode,
        here.template,
        form=form,
        here=here,
        walk=walk,
        version=_seen(posted) if shown_as_typed else draft.version,
        page=page,
        language_form="step",
        shown_as_typed=shown_as_typed,
        back=walk.before(here.slug),
        progress=walk.progress(here.section),
        **_extras(here, walk, mode),
    )


def _in_english(centre: Organisation | None) -> str:
    """What the directory calls a centre in English, for who reads the form in it; "" where it doesn't say."""
    if centre is None or get_language() != "en":
        return ""
    texts = WindowText.objects.filter(window__in=Window.objects.live(), window__organisation=centre, language="en")
    return texts.order_by("window__code").values_list("title", flat=True).first() or ""


def _same_places(one: Statement, other: Statement) -> bool:
    return (one.place_code, one.sending_place_code) == (other.place_code, other.sending_place_code)


def _extras(here: Step, walk: Walk, mode: Mode) -> dict[str, Any]:
    """What single screens show besides their questions."""
    if here.slug == "until-then":
        return {"numbers": help_today.numbers(walk.serving, with_desk=not mode.aloud)}
    if here.slug in ("tell", "tell-fields", "consent"):
        said = walk.said.tidy()
        centre = walk.serving.centre(said.centre_id)
        return {
            "centre": centre,
            "centre_in_english": _in_english(centre),
            "consent_words": consent_texts.shown(consent_texts.CURRENT, centre=centre.name if centre else ""),
            "rows": disclosable.rows(said, said.disclosed),
        }
    return {}


def _check(request: HttpRequest, draft: Draft, walk: Walk, mode: Mode) -> HttpResponse:
    """Everything once more, then the one button that hands it in."""
    refusal: Any = kept_words.SignedInAnew.default_message if kept_words.kept_for(request) is not None else ""
    if request.method == "POST":
        try:
            handed_in = drafts.hand_in(draft=draft, seen=_seen(request.POST), language=get_language() or "ja")
            return _to_receipt(handed_in, mode)
        except DomainError as error:
            refusal = error.message
    stated = drafts.stated_in(walk.contents, walk.serving)
    return _page(
        request,
        mode,
        "check",
        walk=walk,
        draft=draft,
        back=walk.before(CHECK),
        refusal=refusal,
        sections=read_back(stated, walk.serving),
        centre=walk.serving.centre(stated.centre_id),
        rows=disclosable.rows(stated, stated.disclosed) if stated.is_consent else [],
        stated=stated,
        progress=walk.progress(Section.CHECK),
    )


def _done(request: HttpRequest, mode: Mode) -> HttpResponse:
    """The receipt, as long as this browser may show it."""
    receipt = cookies.receipt_of(request, mode)
    if receipt is None:
        return _without_draft(request, mode)
    secret = receipt.page_secret
    page = request.build_absolute_uri(reverse("person:page", args=[secret])) if secret else ""
    more = reverse("person:addendum", args=[secret]) if secret else ""
    return _page(request, mode, "done", application=receipt.application, page_url=page, more_url=more)


def _to_receipt(handed_in: HandedIn, mode: Mode) -> HttpResponse:
    response = redirect(mode.done_url)
    cookies.keep_receipt(response, handed_in, mode)
    return response


def _without_draft(request: HttpRequest, mode: Mode) -> HttpResponse:
    """No draft: the receipt when it was handed in, else what may have happened and how to start anew."""
    before = cookies.handed_in_before(request, mode)
    if before:
        return _to_receipt(before, mode)
    if request.path != reverse(mode.done_url) and cookies.receipt_of(request, mode):
        return redirect(mode.done_url)
    if cookies.draft_is_of_another(request, mode):
        return _page(request, mode, "of_another", status=409)
    response = _page(request, mode, "gone", status=410, hours=settings.DRAFT_LIFETIME_HOURS)
    cookies.forget_draft(response, mode)
    return response


def _discard(request: HttpRequest, draft: Draft, mode: Mode) -> HttpResponse:
    """Stop here: everything typed is destroyed at once."""
    if request.method != "POST":
        return _page(request, mode, "discard", walk=Walk(Contents.of(draft)))
    drafts.destroy(draft=draft)
    response = _page(request, mode, "discarded")
    cookies.forget_draft(response, mode)
    return response


def _seen(posted: QueryDict | None) -> int:
    """The version of the draft that the posted page showed; 0 when it doesn't say."""
    version = posted.get("version", "") if posted else ""
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def _page(request: HttpRequest, mode: Mode, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    template = name if name.endswith(".html") else f"outreach/application/{name}.html"
    frame = {"mode": mode, "frame": mode.frame, "hours": settings.DRAFT_LIFETIME_HOURS}
    return render(request, template, {**frame, **context}, status=status)
