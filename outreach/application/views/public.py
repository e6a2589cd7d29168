"""The application form for the person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.text.wording import quoted
from foundation.web import languages
from outreach.application import cookies, drafts
from outreach.application.asking import is_of_another_draft, page
from outreach.application.cookies import PUBLIC
from outreach.application.drafts import Contents
from outreach.application.questionnaire import BY_SLUG
from outreach.application.views import receipt
from outreach.application.views.screens import step_of
from outreach.application.walk import Walk
from outreach.navi import carrying
from outreach.navi.token import COOKIE as NAVI_COOKIE

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
    draft = cookies.draft_of(request, PUBLIC)
    # A button pressed on a page that didn't know of the draft, the navi's too, neither goes on with it nor ends it.
    other = draft is not None and is_of_another_draft(request.POST, draft)
    if other and request.method == "POST" and "anew" in request.POST:
        messages.warning(request, _OPENED_BEFORE)
    if request.method != "POST" or other:
        context: dict[str, Any] = {
            "token": request.POST.get("t", "") or request.GET.get("t", ""),
            "draft": draft,
            "receipt": cookies.receipt_of(request, PUBLIC),
        }
        return page(request, PUBLIC, "start", **context)
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
    response = redirect(PUBLIC.step_url, step=Walk(Contents.of(draft)).next_slug)
    cookies.keep_draft(response, draft, PUBLIC)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
def step(request: HttpRequest, step: str) -> HttpResponse:
    return step_of(request, step, PUBLIC)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return receipt.show(request, PUBLIC)
