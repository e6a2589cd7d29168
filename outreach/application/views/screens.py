"""One step of the application form, whoever answers it: its screen, the check before it is sent, and the way out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from foundation.errors import DomainError
from organisations.sign_in import kept_words
from outreach.application import astray, cookies, disclosable, drafts, help_today, set_aside, waiting
from outreach.application.asking import ask, is_of_another_draft, page, seen
from outreach.application.cookies import Mode
from outreach.application.drafts import Contents
from outreach.application.questionnaire import BY_SLUG, CHECK
from outreach.application.read_back import read_back
from outreach.application.step import Section
from outreach.application.views.receipt import to_receipt
from outreach.application.walk import Walk
from outreach.directory import in_english
from outreach.models import Draft

DISCARD = "discard"


def step_of(request: HttpRequest, slug: str, mode: Mode) -> HttpResponse:
    if slug not in BY_SLUG and slug not in (CHECK, DISCARD):
        raise Http404
    draft = cookies.draft_of(request, mode)
    if draft is None:
        return _without_draft(request, slug, mode)
    walk = Walk(Contents.of(draft))
    posted = kept_words.posted(request)
    if posted is not None and is_of_another_draft(posted, draft):
        here, sent = BY_SLUG.get(slug), cookies.receipt_of(request, mode)
        if sent is None or sent.mark != posted.get("draft"):
            return astray.of_another_draft(request, posted, draft, walk, here, mode)
        if mode.aloud and slug == CHECK:  # pressed twice, and the next call was taken meanwhile
            return redirect(mode.done_url)
        return astray.of_what_was_sent(request, posted, slug, here, mode, sent=sent, draft=draft, walk=walk)
    if slug == DISCARD:
        return _discard(request, draft, mode)
    if slug != "place" and walk.cannot_send_there:
        return page(request, mode, "elsewhere", draft=draft, walk=walk, numbers=help_today.numbers(walk.serving))
    if not walk.may_open(slug):
        return redirect(mode.address(walk.next_slug, draft))
    try:
        if slug == CHECK:
            return _check(request, draft, walk, mode)
        response = ask(request, draft, walk, BY_SLUG[slug], mode)
    except Draft.DoesNotExist:  # handed in or destroyed on another page this very moment
        return _without_draft(request, slug, mode)
    cookies.keep_draft(response, draft, mode)  # as long as the draft, which every answer renews
    return response


def _check(request: HttpRequest, draft: Draft, walk: Walk, mode: Mode) -> HttpResponse:
    """Everything once more, then the one button that hands it in."""
    refusal: Any = kept_words.SignedInAnew.default_message if kept_words.kept_for(request) is not None else ""
    if request.method == "POST":
        try:
            handed_in = drafts.hand_in(
                draft=draft, seen=seen(request.POST), language=get_language() or "ja", serving=walk.serving
            )
            return to_receipt(request, handed_in, mode)
        except DomainError as error:
            refusal = error.message
    stated = drafts.stated_in(walk.contents, walk.serving)
    centre = walk.serving.centre(stated.centre_id)
    return page(
        request,
        mode,
        "check",
        walk=walk,
        draft=draft,
        back=walk.before(CHECK),
        refusal=refusal,
        not_taken=set_aside.not_taken(draft, walk.asked),
        sections=read_back(stated, walk.serving),
        centre=centre,
        read_names=in_english.read_names([centre]),
        rows=disclosable.rows(stated, stated.disclosed) if stated.is_consent else [],
        stated=stated,
        progress=walk.progress(Section.CHECK),
    )


def _without_draft(request: HttpRequest, slug: str, mode: Mode) -> HttpResponse:
    """No draft: the receipt of this very application when it was handed in, else what may have happened.

    A receipt of another application ends nothing: what was sent for a draft that is gone is shown, to be copied. Nor
    does the receipt answer what was sent to change or to stop what had been handed in.
    """
    posted = kept_words.posted(request)
    mark = cookies.mark_on(request)
    before, receipt = cookies.handed_in_before(request, mode), cookies.receipt_of(request, mode)
    says_nothing = posted is None and not mark
    sent = next((one for one in (before, receipt) if one and one.mark == mark), None)
    if sent and posted is not None and slug != CHECK:
        return astray.of_what_was_sent(request, posted, slug, BY_SLUG.get(slug), mode, sent=sent)
    if before and (says_nothing or before.mark == mark):
        return to_receipt(request, before, mode)
    if receipt and (receipt.mark == mark or (says_nothing and not cookies.holds_what_is_gone(request, mode))):
        return redirect(mode.done_url)
    other = cookies.draft_of_another(request, mode)
    if other:
        return page(request, mode, "of_another", status=409, waiting=waiting.of_another(other))
    return astray.of_what_is_gone(request, posted, BY_SLUG.get(slug), mode, receipt=before or receipt)


def _discard(request: HttpRequest, draft: Draft, mode: Mode) -> HttpResponse:
    """Stop here: everything typed is destroyed at once."""
    if request.method != "POST":
        return page(request, mode, "discard", walk=Walk(Contents.of(draft)), draft=draft)
    drafts.destroy(draft=draft)
    response = page(request, mode, "discarded")
    cookies.note_as_gone(request, response, draft, mode)
    return response
