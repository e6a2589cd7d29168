"""A click on a staff screen: form, verb, and back to the page where it counted; where it didn't, the page again.

One engine for the desk, hand-offs and the portal: whatever keeps a click from counting, what was typed is still there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from foundation import history
from foundation.errors import Conflict, DomainError
from foundation.web.fields import TypedText, WholeNumber
from foundation.web.forms import Fitting
from organisations.models import Member
from organisations.sign_in.kept_words import SignedInAnew, posted
from organisations.sign_in.signed_in import MemberRequest

_MOST_SEEN = 2**31 - 1  # what a column of versions holds


@dataclass(frozen=True)
class Refusal:
    """``place`` names the form on the page; ``problem`` is None where the form's own errors say it all."""

    place: str
    problem: DomainError | None
    form: forms.Form
    form_is_gone: bool = False  # what was typed fits nothing on the page any more

    @property
    def typed(self) -> QueryDict:
        """What was sent with the click."""
        assert isinstance(self.form.data, QueryDict)
        return self.form.data

    @property
    def keeps_words(self) -> bool:
        """Whether something had been written, which the page still holds."""
        written = [field for field in self.form.visible_fields() if isinstance(field.field, TypedText)]
        return self.form.is_bound and any(str(field.value() or "").strip() for field in written)

    @property
    def waited_for_sign_in(self) -> bool:
        """Whether it came without a sign-in and is shown to be pressed again."""
        return isinstance(self.problem, SignedInAnew)

    @property
    def changed_meanwhile(self) -> bool:
        """Whether somebody else was first."""
        return isinstance(self.problem, Conflict)

    @property
    def words(self) -> str:
        """What had been written, to be copied where its form doesn't stand on the page any more."""
        written = (field for field in self.form.visible_fields() if isinstance(field.field, TypedText))
        return "\n".join(str(field.value() or "").strip() for field in written).strip() if self.form.is_bound else ""


@dataclass(frozen=True)
class Act:
    """A button of a page.

    ``form`` is made of what was posted, ``verb`` called with the subject, the member and the form's data. ``place``
    names the form on the page, ``done`` what is said afterwards. ``newer`` tells who changed the subject since the
    version that was seen, ``beside`` what came meanwhile to the other things the page showed and the click relies on:
    of which, the form's data tells.

    A second click is no error, but it has to be known from two people who use one account and want different things:
    ``leads_to`` gives the status the act leads to and ``stands`` whether what was typed is what stands now;
    ``done_before`` tells it where no status does. An act that says neither takes no click for a second one.
    """

    form: Callable[..., forms.Form]
    verb: Callable[[Any, Member, dict[str, Any]], Any]
    place: str
    done: str | Promise | Callable[[dict[str, Any]], str | Promise]
    leads_to: Callable[[dict[str, Any]], str] | None = None
    stands: Callable[[Any, dict[str, Any]], bool] = lambda _subject, _data: True
    done_before: Callable[[Any, Member, dict[str, Any]], bool] | None = None
    newer: Callable[[Any, int], Conflict | None] = history.changed_since
    beside: Callable[[Any, dict[str, Any]], Conflict | None] = lambda _subject, _data: None


def perform(request: MemberRequest, act: Act, subject: Any, **asked: Any) -> Refusal | None:
    """Do what the button says: None when it is done, now or by the first of two clicks, and the member is told so.

    Else what kept it from counting, with the form as it was typed; nothing was changed. ``asked`` goes to the form.
    """
    form = act.form(posted(request), **asked)
    problem: DomainError | None = None
    if request.method != "POST":
        # A button that was pressed before the sign-in ended may be another one by now.
        problem = _first(act, subject, form) or SignedInAnew()
    elif form.is_valid():
        try:
            act.verb(subject, request.user, form.cleaned_data)
        except DomainError as error:
            problem = error
        if problem is None or _is_second_click(act, subject, form.cleaned_data, problem, request.user):
            messages.success(request, str(act.done(form.cleaned_data) if callable(act.done) else act.done))
            return None
    else:
        # What is asked for is asked for, and that somebody was first is told in the same breath.
        problem = _first(act, subject, form)
    return Refusal(act.place, problem, form)


def _first(act: Act, subject: Any, form: forms.Form) -> Conflict | None:
    """Who changed the subject since it was seen; None where nobody did, or the form is about no version."""
    form.is_valid()
    seen = form.cleaned_data.get("seen")
    return None if seen is None else act.newer(subject, seen) or act.beside(subject, form.cleaned_data)


def typed_over(refused: Refusal | None, place: str, now: dict[str, Any]) -> QueryDict | None:
    """What was typed into the form at ``place``; None where it was another form or nothing.

    What the page shows ``now`` takes the place of what was seen only once it was said that somebody was first: another
    refusal has told of no change.
    """
    if refused is None or refused.place != place:
        return None
    typed = refused.typed.copy()
    for name, value in now.items():
        if refused.changed_meanwhile or not typed.get(name):
            typed[name] = value
    return typed


def _is_second_click(act: Act, subject: Any, data: dict[str, Any], problem: DomainError, by: Member) -> bool:
    """Whether the same member has just done the same, which is no error."""
    if act.done_before:
        return act.done_before(subject, by, data)
    if act.leads_to is None or not isinstance(problem, Conflict):
        return False
    return problem.to == act.leads_to(data) and problem.by_id == by.pk and act.stands(subject, data)


def status_of(refused: Refusal | None) -> int:
    """409 where someone else was first; a form that has to be looked at again is an ordinary page."""
    return 409 if refused and refused.changed_meanwhile else 200


def back_to(name: str, *args: str) -> HttpResponseRedirect:
    """To the top of a page, where the message stands; without a fragment the browser would keep the form's."""
    return HttpResponseRedirect(f"{reverse(name, args=args)}#main")


class SeenForm(Fitting, forms.Form):
    """Carries the version of a thing that a member has before them: every form that changes it is one."""

    seen = WholeNumber(widget=forms.HiddenInput, min_value=0, max_value=_MOST_SEEN)


class Carried(WholeNumber):
    """What a page showed beside the version, as a number or a key; 0 from a page that carries none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=2**63 - 1)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


def choice_field(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field of ``form`` whose choices depend on what the form is about."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field
