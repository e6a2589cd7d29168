"""A page of the form that is sent while its draft is not at hand: what was typed on it is shown, and goes nowhere."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from organisations.roles import Permission
from organisations.sign_in import kept_words
from outreach.application import cookies, drafts
from outreach.application.asking import page
from outreach.application.cookies import Mode
from outreach.application.draft_seal import HandedIn
from outreach.application.forms.base import StepForm
from outreach.application.questionnaire import CHECK
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.application.step import Step
from outreach.application.walk import Walk
from outreach.models import Draft


def of_another_draft(
    request: HttpRequest, posted: QueryDict, draft: Draft, walk: Walk, here: Step | None, mode: Mode
) -> HttpResponse:
    """What was typed for another application, to read and to copy; nothing of it goes into this one."""
    form = _typed(request, posted, here, mode)
    return page(request, mode, "another_draft", status=409, form=form, walk=walk, draft=draft)


def of_what_is_gone(
    request: HttpRequest, posted: QueryDict | None, here: Step | None, mode: Mode, *, receipt: HandedIn | None
) -> HttpResponse:
    """That there is no such draft, with what was typed on its page to copy; ``receipt`` is of another application."""
    form, member = _typed(request, posted, here, mode), mode.member(request)
    calls = len(drafts.of_member(member)) if member else 0
    sent = posted is not None
    return page(request, mode, "gone", status=410, form=form, posted=sent, receipt=receipt, calls=calls)


def of_what_was_sent(
    request: HttpRequest,
    posted: QueryDict,
    slug: str,
    here: Step | None,
    mode: Mode,
    *,
    sent: HandedIn,
    draft: Draft | None = None,
    walk: Walk | None = None,
) -> HttpResponse:
    """That its application was handed in before, so that nothing of this page went into it, and whom to tell instead.

    ``draft`` and ``walk`` are of the next application, where one is being written by now.
    """
    application, member = sent.application, mode.member(request)
    opens = member is not None and member.can(Permission.WORK_CASES, application.desk)
    response = page(
        request,
        mode,
        "sent_already",
        status=409,
        draft=draft,
        application=application,
        form=_typed(request, posted, here, mode),
        walk=walk,
        was_sending=slug == CHECK,
        was_stopping=here is None and slug != CHECK,
        more_url=reverse("person:addendum", args=[sent.page_secret]) if sent.page_secret else "",
        case_url=reverse("desk:case", args=[application.case.public_id]) if opens else "",
    )
    if walk is None:
        cookies.keep_receipt(request, response, sent, mode)
    return response


def _typed(request: HttpRequest, posted: QueryDict | None, here: Step | None, mode: Mode) -> StepForm | None:
    """What a page held when it was sent, whatever its draft asked; nothing of the draft at hand stands in it."""
    if posted is None or here is None:
        return None
    form: StepForm = here.form(None, said=Statement(), serving=Serving(), aloud=mode.aloud)
    form.show_as_sent(posted)
    kept_words.forget(request)
    return form
