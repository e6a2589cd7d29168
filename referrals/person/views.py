"""The person's own page, found by the secret in its address: where it stands, who was told, and the way out.

Nobody can forge a request without knowing the secret, and what it leads to stands behind a door (``door``).
So the forms need no cookie and no CSRF token, which browsers would refuse here anyway: the pages are sent with
``no-referrer``, so that the secret appears in no log of another page's address, and under it the origin that the
CSRF check asks for is hidden.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from foundation.errors import DomainError
from foundation.web import laid_by, languages
from organisations.models import Organisation
from outreach.application import addenda, help_today, page_secrets
from outreach.application.answers import ApplyingFor, HandOffWish
from outreach.application.help_today import Number
from outreach.application.read_back import read_back
from outreach.application.serving import Serving
from outreach.directory import in_english
from outreach.models import Application
from referrals import corrected
from referrals.handoff import consents
from referrals.models import Case
from referrals.models.consent import ConsentChannel
from referrals.person import said, standing, told, who_opened, withdrawing
from referrals.person.door import WORDS, behind_the_door
from referrals.person.forms import AddendumForm, WithdrawForm
from referrals.states import CaseStatus, ParcelStatus, ReferralStatus

TURNED_DOWN = (ReferralStatus.DECLINED, ReferralStatus.EXPIRED)


def by_secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the application by its secret; an unknown one gets a kind page that tells nothing."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, secret: str) -> HttpResponse:
        found = page_secrets.find(secret).select_related(
            "data_key", "desk", "place", "centre", "case__person__data_key"
        )
        # At most one: an order would cost more than the rest of the query.
        application = next(iter(found.prefetch_related("choices")[:1]), None)
        if application is None:
            response = render(request, "referrals/person/unknown.html", status=404)
        else:
            response = view(request, application, secret)
        if request.method == "POST":
            WORDS.forget(request, response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
@by_secret
@behind_the_door
def page(request: HttpRequest, application: Application, secret: str) -> HttpResponse:
    """Where it stands and what comes next; what was stated stays folded away from whoever looks over the shoulder."""
    if request.method == "POST":  # there is nothing to send on this page
        return redirect("person:page", secret)
    case: Case = application.case
    tellings = told.tellings(case.person)
    consents_now = told.standing_consents(case.person)
    recipients = list(told.recipients(consents_now).values())
    stated = application.as_statement()
    just_done = request.GET.get("done", "")
    added = list(application.addenda.select_related("data_key").order_by("-pk"))
    # An address kept from then, or made up, says nothing about today: what it tells of has to be so.
    is_so = {
        "withdrawn": _is_own(application) and said.was_withdrawn(case.person, standing=recipients),
        "added": bool(added),
    }
    declined = case.status == CaseStatus.DECLINED
    turned_down = {one.referral.centre_id for one in tellings if one.referral.status in TURNED_DOWN}
    elsewhere = declined or bool(turned_down)
    serving = Serving.of(stated)
    willing = replace(serving, centres=[one for one in serving.centres if one.pk not in turned_down])
    windows = willing.centres if elsewhere and not declined else _asked_to_know(application)
    centres = [*windows, *recipients, *(one.referral.centre for one in tellings)]
    return render(
        request,
        "referrals/person/page.html",
        {
            "application": application,
            "desk": application.desk,
            "secret": secret,
            "just_done": just_done if is_so.get(just_done) else "",
            "after_withdrawing": withdrawing.after(tellings, standing=recipients),
            "standing": standing.of_case(case),
            "parcel": case.parcels.filter(status=ParcelStatus.SENT).order_by("pk").last(),
            "picks_up": case.picks_up and case.awaits_food and not case.box_came_back,
            "pickup": case.pickup,
            "is_own": _is_own(application),
            "tellings": tellings,
            "recipients": recipients,
            "waiting": told.waiting(consents_now, tellings),
            "said": said.said(case.person),
            "addenda": added,
            "openings": who_opened.openings(case.person),
            "openings_kept_apart": who_opened.openings_kept_apart(case.person),
            "food_comes": case.awaits_food,
            "came_back": case.box_came_back,
            "is_contacted": case.is_contacted,
            "cannot_telephone": case.reader_cannot_telephone,
            "stated": read_back(stated, serving),
            "put_right": corrected.of(case.person) if _is_own(application) else [],
            "elsewhere": elsewhere,
            "declined": declined,
            "numbers": _numbers(case, application, willing),
            "doubtful_numbers": help_today.doubtful_numbers(application.place, centres),
            "read_names": in_english.read_names(centres),
            "windows": windows,
        },
    )


def _asked_to_know(application: Application) -> list[Organisation]:
    """The centre of whoever asked to know it, to turn to by themselves."""
    centre = application.centre if application.hand_off_wish == HandOffWish.ONLY_KNOW else None
    return [centre] if centre else []


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
@by_secret
@behind_the_door
def withdraw_consent(request: HttpRequest, application: Application, secret: str) -> HttpResponse:
    """Ask once more, then take the consent back; doing it twice does no harm."""
    if not _is_own(application):
        return redirect("person:page", secret)
    consents_now = told.standing_consents(application.case.person)
    centres = told.recipients(consents_now)
    if not centres:
        return redirect(reverse("person:page", args=[secret]) + ("?done=withdrawn" if languages.sent(request) else ""))
    waiting = WORDS.waiting(request)
    typed = request.POST if request.method == "POST" else laid_by.bound(waiting)
    form = WithdrawForm(typed, centres=centres, initial={"centre": request.GET.get("centre", "")})
    laid_by.shown(form, waiting)
    if request.method == "POST" and (languages.asked_for(request) or not form.is_valid()):
        if way_on := WORDS.lay_by(request, only_shown=bool(languages.asked_for(request))):
            return way_on
    elif request.method == "POST":
        consents.withdraw_consent(
            case=application.case, recipient=centres[form.cleaned_data["centre"]], channel=ConsentChannel.WEB
        )
        return redirect(reverse("person:page", args=[secret]) + "?done=withdrawn")
    return render(
        request,
        "referrals/person/withdraw.html",
        {
            "form": form,
            "language_form": "withdrawal",
            "cannot_telephone": application.case.reader_cannot_telephone,
            "read_names": in_english.read_names(centres.values()),
            "towards": withdrawing.towards(
                application.case.person, consents_now, told.tellings(application.case.person)
            ),
            "desk": application.desk,
            "secret": secret,
            "food_comes": application.case.awaits_food,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@languages.turns_language
@by_secret
@behind_the_door
def addendum(request: HttpRequest, application: Application, secret: str) -> HttpResponse:
    """Take what the person wishes to add; the application itself stays as stated."""
    waiting = WORDS.waiting(request)
    form = AddendumForm(request.POST if request.method == "POST" else laid_by.bound(waiting))
    laid_by.shown(form, waiting)
    try:
        if languages.sent(request) and form.is_valid():
            addenda.add_addendum(application=application, **form.cleaned_data)
            return redirect(reverse("person:page", args=[secret]) + "?done=added")
        if form.is_bound and not languages.asked_for(request) and form.is_valid():  # why it was refused before
            addenda.check_words(**form.cleaned_data)
            addenda.check_takes_more(application)
    except DomainError as error:
        form.add_error(None, str(error))
    if request.method == "POST" and (way_on := WORDS.lay_by(request, only_shown=bool(languages.asked_for(request)))):
        return way_on
    return render(
        request,
        "referrals/person/addendum.html",
        {
            "form": form,
            "language_form": "addendum",
            "came_back": application.case.box_came_back,
            "cannot_telephone": application.case.reader_cannot_telephone,
            "desk": application.desk,
            "secret": secret,
            "food_comes": application.case.awaits_food,
        },
    )


def _numbers(case: Case, application: Application, serving: Serving) -> list[Number]:
    """Whom to call instead of the food bank, or before its box is there."""
    if case.status == CaseStatus.DECLINED:
        return help_today.numbers(serving, with_desk=False)
    return help_today.until_the_box_comes(application.food_days, serving) if case.awaits_food else []


def _is_own(application: Application) -> bool:
    """Whether the link was given to the person; who applied for somebody else doesn't see or take back consents."""
    return application.applying_for == ApplyingFor.SELF
