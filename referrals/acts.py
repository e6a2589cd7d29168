"""After a click: back to the page where it counted; where it didn't, what is said beside the form."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponseRedirect
from django.urls import reverse

from foundation.errors import Conflict, DomainError
from organisations.models import Member


@dataclass(frozen=True)
class Refusal:
    """``place`` names the form on the page; ``problem`` is None where the form's own errors say it all."""

    place: str
    problem: DomainError | None
    form: forms.Form

    @property
    def keeps_words(self) -> bool:
        """Whether something had been written, which the page still holds."""
        written = [field for field in self.form.visible_fields() if isinstance(field.field, forms.CharField)]
        return self.form.is_bound and any(str(field.value() or "").strip() for field in written)


def is_second_click(problem: DomainError, to: str, by: Member) -> bool:
    """Whether the same member has just done the same: a double click, which is no error."""
    return isinstance(problem, Conflict) and problem.to == to and problem.by_id == by.pk


def status_of(refused: Refusal | None) -> int:
    """409 where someone else was first; a form that has to be looked at again is an ordinary page."""
    return 409 if refused and isinstance(refused.problem, Conflict) else 200


def back_to(name: str, *args: str) -> HttpResponseRedirect:
    """To the top of a page, where the message stands; without a fragment the browser would keep the form's."""
    return HttpResponseRedirect(f"{reverse(name, args=args)}#main")


class SeenForm(forms.Form):
    """Carries the version of a thing that a member has before them: every form that changes it is one."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def choice_field(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field of ``form`` whose choices depend on what the form is about."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field
