"""The application form for a member, who reads it out on the telephone, and the calls that wait for them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.web import languages
from organisations.sign_in import kept_words
from organisations.sign_in.signed_in import MemberRequest
from outreach.application import cookies, drafts, waiting
from outreach.application.asking import page
from outreach.application.cookies import TELEPHONE, Mode
from outreach.application.drafts import Contents
from outreach.application.views import receipt
from outreach.application.views.screens import step_of
from outreach.application.walk import Walk
from outreach.models import Draft

_CALL_IS_OVER = _("その電話の書きかけは、もうありません。申込みを終えたか、消したか、時間がたっています。")


@require_http_methods(["GET", "HEAD", "POST"])
def calls(request: MemberRequest) -> HttpResponse:
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
def step(request: HttpRequest, step: str) -> HttpResponse:
    return step_of(request, step, TELEPHONE)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    return receipt.show(request, TELEPHONE)


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
