"""The desk's queue, and finding a case in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from foundation.web.keyset import keyset
from foundation.work import outbox
from organisations.roles import Permission
from organisations.sign_in.kept_words import keeps_words, kept_for
from organisations.sign_in.signed_in import MemberRequest
from referrals.desk import finding
from referrals.desk.forms.finding import FindForm
from referrals.desk.queue import FOUND, TABS, Tab, cases_in, counts, found, with_what_a_line_shows

_SESSION_KEY = "cases_found"  # their keys, nothing of what was typed


@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """The cases of the member's desks by tab; opens on what is to be done."""
    return _page(request, FindForm())


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: MemberRequest) -> HttpResponse:
    """Lead to the one case that was found, or to the list of them; what led nowhere stays in the box."""
    if request.method != "POST":
        kept = kept_for(request)
        return _page(request, FindForm(initial=kept.dict())) if kept else redirect("desk:queue")
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    finds = finding.find(request.user, form.cleaned_data["text"])
    if finds.referral:
        return redirect("desk:referral", finds.referral.public_id)
    if not finds.cases:
        form.add_error(
            "text",
            _(
                "見つかりませんでした。番号や字をたしかめてください。名前は姓か名だけでも、ふりがなは3文字から、"
                "電話番号は市外局番からさがせます。番号の例：K7Q3-9MXF"
            ),
        )
        return _page(request, form)
    if len(finds.cases) == 1:
        return redirect("desk:case", finds.cases[0].public_id)
    if finds.more:
        messages.warning(
            request, _("たくさん見つかったので、新しいものだけを出しています。もうすこしくわしく書いてください。")
        )
    request.session[_SESSION_KEY] = [case.pk for case in finds.cases]
    return redirect(f"{reverse('desk:queue')}?tab={FOUND}")


def _page(request: MemberRequest, form: FindForm) -> HttpResponse:
    tabs = (*TABS, *_found_before(request))
    tab = next((one for one in tabs if one.key == request.GET.get("tab")), TABS[0])
    numbers = counts(request.user, tabs)
    page = keyset(
        cases_in(tab, request.user),
        order=tab.order,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
        shown=with_what_a_line_shows,
    )
    context = {
        # A list of something left to do is there when there is something; on a phone they filled the first screens.
        "tabs": [(one, numbers[one.key]) for one in tabs if one is tab or not one.waits or numbers[one.key].number],
        "tab": tab,
        # Of some of these the case has long ended, and none of the tabs of what is under way holds it.
        "waiting": [(one, numbers[one.key]) for one in tabs if one.waits and numbers[one.key].number],
        "page": page,
        "total": numbers[tab.key],
        "find_form": form,
        "sending_is_late": request.user.can(Permission.COORDINATE_DESK) and outbox.overdue().exists(),
        "several_desks": len(request.user.organisations_with(Permission.WORK_CASES)) > 1,
    }
    return render(request, "referrals/desk/queue.html", context)


def _found_before(request: MemberRequest) -> list[Tab]:
    """The tab of what was found, only while it is looked at."""
    keys = request.session.get(_SESSION_KEY)
    return [found(keys)] if keys and request.GET.get("tab") == FOUND else []
