"""The application form's screens, for the person and for the member who takes it on the telephone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.errors import DomainError
from foundation.text.wording import quoted
from foundation.web import languages
from organisations.roles import Permission
from organisations.sign_in import kept_words
from organisations.sign_in.signed_in import MemberRequest
from outreach.application import astray, cookies, disclosable, drafts, help_today, set_aside, waiting
from outreach.application.asking import ask, is_of_another_draft, page, seen
from outreach.application.cookies import PUBLIC, TELEPHONE, Mode
from outreach.application.draft_seal import HandedIn
from outreach.application.drafts import Contents
from outreach.application.questionnaire import BY_SLUG, CHECK
from outreach.application.read_back import read_back
from outreach.application.serving import Serving
from outreach.application.step import Section
from outreach.application.walk import Walk
from outreach.directory import in_english
from outreach.models import Draft
from outreach.navi import carrying
from outreach.navi.token import COOKIE as NAVI_COOKIE

DISCARD = "discard"
_CALL_IS_OVER = _("その電話の書きかけは、もうありません。申込みを終えたか、消したか、時間がたっています。")
_STANDS = _(
    "{steps}は、この申込みに前に書いた答えのままです。いまナビでえらんだものは、入れていません。"
    "変えたいときは、さいごの「内容のたしかめ」の「変える」から直せます。"
)
_OPENED_BEFORE = _(
    "この画面を開いたあとに、べつの申込みを書きはじめています。まだ何も消していません。"
    "どちらにするか、もう一度えらんでください。"
)


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
def telephone(request: MemberRequest) -> HttpResponse:
    """The same form for a member, who reads it out and writes down what is said; and the calls that wait for them."""
    if request.method == "POST":
        return _take_call(request, TELEPHONE)
    begun = cookies.draft_of_another(request, TELEPHONE)
    context: dict[str, Any] = {
        "calls": [waiting.of(draft) for draft in drafts.of_member(request.user)],
        "of_another": waiting.of_another(begun) if begun else None,
        "receipt": cookies.receipt_of(request, TELEPHONE),
    }
    return page(request, TELEPHONE, "calls", **context)


@kept_words.keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
def telephone_step(request: HttpRequest, step: str) -> HttpResponse:
    return _step(request, step, TELEPHONE)


@require_safe
def telephone_done(request: HttpRequest) -> HttpResponse:
    return _done(request, TELEPHONE)


def _take_call(request: MemberRequest, mode: Mode) -> HttpResponse:
    """Go on with one of the member's calls, or take another: no button of this page ends one."""
    member, mark = request.user, request.POST.get("draft", "")
    if "anew" in request.POST or not mark:
        draft: Draft | None = drafts.start(by=member)
    else:
        draft = drafts.marked(mark, member=member)
    if draft is None:
        messages.warning(request, _CALL_IS_OVER)
        return redirect(mode.start_url)
    response = redirect(mode.address(Walk(Contents.of(draft)).next_slug, draft))
    cookies.keep_draft(response, draft, mode)
    return response


def _start(request: HttpRequest, mode: Mode) -> HttpResponse:
    draft = cookies.draft_of(request, mode)
    # A button pressed on a page that didn't know of the draft, the navi's too, neither goes on with it nor ends it.
    other = draft is not None and is_of_another_draft(request.POST, draft)
    if other and request.method == "POST" and "anew" in request.POST:
        messages.warning(request, _OPENED_BEFORE)
    if request.method != "POST" or other:
        context: dict[str, Any] = {
            "token": request.POST.get("t", "") or request.GET.get("t", ""),
            "draft": draft,
            "receipt": cookies.receipt_of(request, mode),
        }
        return page(request, mode, "start", **context)
    if draft and "anew" in request.POST:
        drafts.destroy(draft=draft)
        draft = None
    said, carried = carrying.from_the_navi(request.POST.get("t", ""), request.COOKIES.get(NAVI_COOKIE))
    if draft is None:
        draft = drafts.start(said=said, carried=carried)
    else:
        otherwise = carrying.carry_into(draft, said)
        if otherwise:
            messages.info(request, format_lazy(str(_STANDS), steps=quoted(BY_SLUG[slug].title for slug in otherwise)))
    response = redirect(mode.step_url, step=Walk(Contents.of(draft)).next_slug)
    cookies.keep_draft(response, draft, mode)
    return response


def _step(request: HttpRequest, slug: str, mode: Mode) -> HttpResponse:
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
            return _to_receipt(request, handed_in, mode)
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


def _done(request: HttpRequest, mode: Mode) -> HttpResponse:
    """The receipt, as long as this browser may show it."""
    before = cookies.handed_in_before(request, mode)
    if before:
        return _to_receipt(request, before, mode)
    receipt = cookies.receipt_of(request, mode)
    if receipt is None:
        return page(request, mode, "receipt_over", status=410)
    secret = receipt.page_secret
    private = request.build_absolute_uri(reverse("person:page", args=[secret])) if secret else ""
    more = reverse("person:addendum", args=[secret]) if secret else ""
    member = mode.member(request)
    case, case_url = receipt.application.case, ""
    if member and member.can(Permission.WORK_CASES, receipt.application.desk):  # who takes calls for others opens none
        case_url = reverse("desk:case", args=[case.public_id])
    serving = Serving.at(receipt.application.place)
    context: dict[str, Any] = {
        "application": receipt.application,
        "numbers": (
            help_today.until_the_box_comes(receipt.application.food_days, serving)
            if case.awaits_food and not mode.aloud
            else []
        ),
        "food_comes": case.awaits_food,
        "is_contacted": case.is_contacted,
        "cannot_telephone": case.cannot_telephone,
        "tells_centre": receipt.application.consents and case.tells_centre(receipt.application.centre),
        "doubtful_numbers": help_today.doubtful_numbers(
            receipt.application.place, filter(None, [receipt.application.centre])
        ),
        "read_names": in_english.read_names([receipt.application.centre]),
        "page_url": private,
        "more_url": more,
        "case_url": case_url,
    }
    return page(request, mode, "done", **context)


def _to_receipt(request: HttpRequest, handed_in: HandedIn, mode: Mode) -> HttpResponse:
    response = redirect(mode.done_url)
    cookies.keep_receipt(request, response, handed_in, mode)
    return response


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
        return _to_receipt(request, before, mode)
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
