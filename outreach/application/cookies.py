"""The cookies of the application form: a random id or a signed receipt, never an answer."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from organisations.models import Member
from organisations.sign_in import kept_words
from outreach.application import drafts
from outreach.application.draft_seal import HandedIn, handed_in
from outreach.models import Application, Draft
from outreach.models.draft import mark_of

RECEIPT_SECONDS = 60 * 60
CALL = "call"  # of a telephone page: which of its member's calls it belongs to
LET_IN = "my_page"  # whose own page this browser may look into
LET_IN_SECONDS = 30 * 60
MY_WORDS = "my_words"  # what was typed on a private page and not taken
_SALT = "receipt of an application"


@dataclass(frozen=True)
class Mode:
    """One way to fill the form: by the person, or by a member for someone on the telephone."""

    draft: str
    receipt: str
    frame: str
    start_url: str
    step_url: str
    done_url: str
    aloud: bool = False

    def member(self, request: HttpRequest) -> Member | None:
        return request.user if self.aloud and request.user.is_authenticated else None

    def address(self, slug: str, draft: Draft) -> str:
        """Where a step of ``draft`` is asked."""
        return f"{reverse(self.step_url, args=[slug])}{self.whose(draft)}"

    def whose(self, draft: Draft | None) -> str:
        """What ties an address to one of several calls; a mark leads to no draft. "" for the public form's one."""
        return f"?{CALL}={draft.mark}" if self.aloud and draft else ""


PUBLIC = Mode("apply", "apply_done", "base.html", "apply:start", "apply:step", "apply:done")
TELEPHONE = Mode(
    "apply_tel",
    "apply_tel_done",
    "staff.html",
    "apply:telephone",
    "apply:telephone_step",
    "apply:telephone_done",
    aloud=True,
)
KEEP_DRAFT = "keep=draft"  # behind the address of the way out: leave, and let the draft be found again
CLEARED_ON_LEAVING = (PUBLIC.draft, PUBLIC.receipt, LET_IN, MY_WORDS)


def draft_of(request: HttpRequest, mode: Mode) -> Draft | None:
    """The living draft this browser holds the id of; of a member's calls, the one that the page belongs to."""
    member = mode.member(request)
    if member:
        kept, asked = kept_words.kept_for(request), request.GET.get(CALL, "")
        if kept is not None and asked and kept.get("draft") != asked:
            kept_words.leave_aside(request)  # it waits for the page of its own call
        found = drafts.marked(mark_on(request), member=member)
        if found or (request.GET.get(CALL) and kept_words.posted(request) is None):
            return found
    return drafts.find(_draft_id(request, mode), member=member)


def mark_on(request: HttpRequest) -> str:
    """The mark of the draft that a page was opened for, as it was sent or stands in its address; "" without one."""
    posted = kept_words.posted(request)
    return request.GET.get(CALL, "") if posted is None else posted.get("draft", "")


def may_have_a_draft(request: HttpRequest) -> bool:
    """Whether this browser began an application and neither sent it nor threw it away; asks no database."""
    return bool(_draft_id(request, PUBLIC))


def draft_of_another(request: HttpRequest, mode: Mode) -> Draft | None:
    """The living draft that another member began at this browser, where no page of another draft is asked for."""
    draft_id, asked = _draft_id(request, mode), mark_on(request)
    if not mode.aloud or not draft_id or asked not in ("", mark_of(draft_id)):
        return None
    found = drafts.alive(draft_id)
    return found if found and found.recorded_by != mode.member(request) else None


def handed_in_before(request: HttpRequest, mode: Mode) -> HandedIn | None:
    """The application this browser's draft became, when the answer to its handing-in got lost."""
    draft_id = _draft_id(request, mode)
    found = handed_in(draft_id) if draft_id else None
    member = mode.member(request)
    if found is None or found.application.recorded_by_id != (member.pk if member else None):
        return None
    return found


def receipt_of(request: HttpRequest, mode: Mode) -> HandedIn | None:
    """The receipt this browser was given within the last hour; a telephone receipt holds no secret."""
    public_id, secret, mark = _receipt(request, mode)
    if not public_id:
        return None
    related = ("desk", "centre")
    applications = Application.objects.select_related(*related).filter(recorded_by=mode.member(request))
    application = applications.filter(public_id=public_id).first()
    return HandedIn(application, secret, mark) if application else None


def holds_what_is_gone(request: HttpRequest, mode: Mode) -> bool:
    """Whether this browser began a draft that is no longer there; asked where no draft of its lives."""
    return bool(request.COOKIES.get(mode.draft))


def is_let_in(request: HttpRequest, application: Application) -> bool:
    """Whether this browser gave the receipt number of ``application`` lately, or was shown it when handing in."""
    given = request.get_signed_cookie(LET_IN, default="", salt=LET_IN, max_age=LET_IN_SECONDS)
    return application.public_id in (given, _receipt(request, PUBLIC)[0])


def let_in(response: HttpResponse, application: Application) -> None:
    """Let this browser look into the private page of ``application`` for half an hour from now."""
    response.set_signed_cookie(LET_IN, application.public_id, salt=LET_IN, max_age=LET_IN_SECONDS, **_GUARDED)


def keep_draft(response: HttpResponse, draft: Draft, mode: Mode) -> None:
    lifetime = settings.DRAFT_LIFETIME_HOURS * 60 * 60
    response.set_cookie(mode.draft, draft.public_id, max_age=lifetime, **_GUARDED)


def forget_draft(response: HttpResponse, mode: Mode) -> None:
    response.delete_cookie(mode.draft, samesite="Lax")


def note_as_gone(request: HttpRequest, response: HttpResponse, draft: Draft, mode: Mode) -> None:
    """Forget the draft, and not that there was one: its pages, opened again, must show no other one's receipt."""
    if mode.aloud and _draft_id(request, mode) != draft.public_id:
        return  # another call is under way
    response.set_cookie(mode.draft, _GONE, max_age=RECEIPT_SECONDS, **_GUARDED)


def keep_receipt(request: HttpRequest, response: HttpResponse, done: HandedIn, mode: Mode) -> None:
    """Let this browser show the receipt again for an hour; whoever wrote for another gets no key to their page."""
    secret = "" if mode.aloud else done.page_secret
    value = f"{done.application.public_id}:{secret}:{done.mark}"
    response.set_signed_cookie(mode.receipt, value, salt=_SALT, max_age=RECEIPT_SECONDS, **_GUARDED)
    if not mode.aloud or mark_of(_draft_id(request, mode)) == done.mark:  # another call may be under way
        forget_draft(response, mode)


def _receipt(request: HttpRequest, mode: Mode) -> tuple[str, str, str]:
    """The application, the secret and the mark of the receipt this browser may see; "" each where there is none."""
    signed = request.get_signed_cookie(mode.receipt, default="", salt=_SALT, max_age=RECEIPT_SECONDS)
    public_id, _, rest = (signed or "").partition(":")
    secret, _, mark = rest.partition(":")
    return public_id, secret, mark


def _draft_id(request: HttpRequest, mode: Mode) -> str:
    """What stands in the cookie, when it has the shape of ours."""
    value = request.COOKIES.get(mode.draft, "")
    return value if _ID.fullmatch(value) else ""


_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_GONE = "gone"
_GUARDED: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.SECURE}
