"""One screen of the application form with something to answer: shown, taken down, or shown again."""

import dataclasses
import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.web import languages
from organisations.sign_in import kept_words
from outreach.application import consent_texts, disclosable, drafts, help_today, set_aside, waiting
from outreach.application.cookies import Mode
from outreach.application.drafts import SavedElsewhere
from outreach.application.forms.base import StepForm
from outreach.application.questionnaire import BY_SLUG, STEPS
from outreach.application.serving import Serving
from outreach.application.set_aside import SetAside, Why
from outreach.application.statement import Statement
from outreach.application.step import Step
from outreach.application.walk import Walk
from outreach.directory import in_english
from outreach.models import Draft

_PAGE_LENGTH = 11
_CHANGED = _(
    "べつの画面で、ここでおたずねする内容がかわりました。まだ何も入れていません。もう一度、内容を見てから、えらんでください。"
)


def ask(request: HttpRequest, draft: Draft, walk: Walk, here: Step, mode: Mode) -> HttpResponse:
    """Keep what was answered and go on; otherwise show the step, with what was typed where that wasn't taken."""
    if request.method == "POST":
        return _take_down(request, draft, walk, here, mode)
    kept = kept_words.kept_for(request)
    if kept is not None and here.asks_afresh and kept.get("ground", "") != here.ground(walk.said, walk.serving):
        kept_words.forget(request)
        messages.warning(request, _CHANGED)
        kept = None
    if kept is not None:
        form = _form(here, walk, mode)
        form.keep_as_typed(kept)
        unrecorded = kept_words.SignedInAnew.default_message
        messages.warning(request, format_lazy("{} {}", unrecorded, kept_words.WORDS_ARE_HERE))
        return _show(request, form, draft, walk, here, mode, version=seen(kept), as_typed=True)
    aside = set_aside.of(draft, here.slug)
    if aside is not None and here.asks_afresh and aside.ground != here.ground(walk.said, walk.serving):
        aside = None  # a tick that stood under another list
    if aside is not None:
        return _show_again(request, aside, draft, walk, here, mode)
    return _show(request, _form(here, walk, mode), draft, walk, here, mode, version=draft.version)


def page(
    request: HttpRequest, mode: Mode, name: str, *, status: int = 200, draft: Draft | None = None, **context: Any
) -> HttpResponse:
    """Any page of the form, in the frame of its mode; of a call it tells whose, and its links lead on in that one."""
    template = name if name.endswith(".html") else f"outreach/application/{name}.html"
    frame = {
        "mode": mode,
        "frame": mode.frame,
        "hours": settings.DRAFT_LIFETIME_HOURS,
        "draft": draft,
        "whose": mode.whose(draft),
        "call": waiting.of(draft) if draft and mode.aloud else None,
    }
    return render(request, template, {**frame, **context}, status=status)


def seen(posted: QueryDict) -> int:
    """The version of the draft that the posted page showed; 0 when it doesn't say."""
    version = posted.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0


def is_of_another_draft(posted: QueryDict | None, draft: Draft) -> bool:
    """Whether what was posted was opened for another application than the one this browser fills in now."""
    return posted is not None and posted.get("draft", "") != draft.mark


def _take_down(request: HttpRequest, draft: Draft, walk: Walk, here: Step, mode: Mode) -> HttpResponse:
    """Go on with what was answered; what can't be taken is set aside and its page opened anew.

    An answer to a POST is always a way on, so that the browser's "back" finds pages only.
    """
    posted, ground = request.POST, here.ground(walk.said, walk.serving)
    form = _form(here, walk, mode, posted)
    again = SetAside.of(posted, form.fields, version=seen(posted), why=Why.UNCLEAR, ground=ground)
    before = set_aside.of(draft, here.slug)
    if languages.asked_for(request):
        why = before.why if before else Why.LANGUAGE  # what was refused stays refused in the other language
        again = dataclasses.replace(again, why=why, ground=posted.get("ground", ""))
    elif posted.get("ground", "") != ground:
        again = dataclasses.replace(again, why=Why.CHANGED)
        if here.asks_afresh:
            messages.warning(request, _CHANGED)
            return redirect(mode.address(here.slug, draft))
    elif form.is_valid():
        try:
            return redirect(mode.address(_kept(draft, walk, here, form, posted), draft))
        except SavedElsewhere:
            # Whoever is told of it has seen it.
            again = dataclasses.replace(again, why=Why.SAVED_ELSEWHERE, version=draft.version)
    if set_aside.keep(draft, here.slug, again):
        return redirect(mode.address(here.slug, draft))
    return _show_again(request, again, draft, walk, here, mode)


def _kept(draft: Draft, walk: Walk, here: Step, form: StepForm, posted: QueryDict) -> str:
    """Keep a form's answers in the draft; returns the step that comes next."""
    said = dataclasses.replace(walk.said, **form.values())
    serving = walk.serving if _same_places(said, walk.said) else Serving.of(said)
    kept_as = BY_SLUG[here.answers or here.slug]
    contents = drafts.save_step(
        draft=draft,
        slug=kept_as.slug,
        said=form.values(),
        stands_on=kept_as.stands_on(said, serving),
        page=_page_id(posted),
        seen=seen(posted),
    )
    set_aside.drop(draft, {step.slug for step in STEPS if (step.answers or step.slug) == kept_as.slug})
    onward = Walk(contents, serving)
    waiting = set_aside.of(draft, onward.next_slug)
    if waiting is not None and waiting.why is Why.UNCLEAR:  # whoever was asked there to correct this goes on there
        return onward.next_slug
    return onward.after(kept_as.slug)


def _show_again(
    request: HttpRequest, aside: SetAside, draft: Draft, walk: Walk, here: Step, mode: Mode
) -> HttpResponse:
    """The step with what was typed and not taken, and why."""
    # What was typed for something else is shown, and no fault is found with what it wasn't asked.
    asked_else = aside.ground != here.ground(walk.said, walk.serving)
    as_typed = aside.why in (Why.LANGUAGE, Why.CHANGED) or asked_else
    form = _form(here, walk, mode, None if as_typed else aside.posted)
    if as_typed:
        form.keep_as_typed(aside.posted)
    elif form.is_valid() and aside.why is Why.SAVED_ELSEWHERE:
        form.add_error(None, SavedElsewhere.default_message)
    return _show(
        request,
        form,
        draft,
        walk,
        here,
        mode,
        version=aside.version,
        as_typed=as_typed,
        asked_else=asked_else or aside.why is Why.CHANGED,
    )


def _show(
    request: HttpRequest,
    form: StepForm,
    draft: Draft,
    walk: Walk,
    here: Step,
    mode: Mode,
    *,
    version: int,
    as_typed: bool = False,
    asked_else: bool = False,
) -> HttpResponse:
    return page(
        request,
        mode,
        here.template,
        form=form,
        here=here,
        walk=walk,
        draft=draft,
        version=version,
        page=secrets.token_urlsafe(8),
        language_form="step",
        shown_as_typed=as_typed,
        back=walk.before(here.slug),
        progress=walk.progress(here.section),
        lapsed=walk.has_lapsed(here) or asked_else,
        ground=here.ground(walk.said, walk.serving),
        **_extras(here, walk, mode),
    )


def _form(here: Step, walk: Walk, mode: Mode, posted: QueryDict | None = None) -> StepForm:
    said = here.afresh(walk.said) if here.afresh and walk.has_lapsed(here) else walk.said
    return here.form(posted, said=said, serving=walk.serving, aloud=mode.aloud)


def _page_id(posted: QueryDict) -> str:
    return posted.get("page", "")[:_PAGE_LENGTH]


def _same_places(one: Statement, other: Statement) -> bool:
    return (one.place_code, one.sending_place_code) == (other.place_code, other.sending_place_code)


def _extras(here: Step, walk: Walk, mode: Mode) -> dict[str, Any]:
    """What single screens show besides their questions."""
    if here.slug == "until-then":
        # Known on the way back to it alone; a helper who fills this in may well call.
        cannot_telephone = walk.said.cannot_telephone and walk.said.applying_for == "self"
        return {
            "numbers": help_today.numbers(walk.serving, with_desk=not mode.aloud),
            "cannot_telephone": cannot_telephone,
        }
    if here.slug == "centre":
        return {
            "doubtful_numbers": help_today.doubtful_numbers(walk.serving.place, walk.serving.centres),
            "read_names": in_english.read_names(walk.serving.centres),
        }
    if here.slug in ("tell", "tell-fields", "consent"):
        said = walk.said.tidy()
        centre = walk.serving.centre(said.centre_id)
        return {
            "centre": centre,
            "read_names": in_english.read_names([centre]),
            "consent_words": consent_texts.shown(consent_texts.CURRENT, centre=centre.name if centre else ""),
            "rows": disclosable.rows(said, said.disclosed),
        }
    return {}
