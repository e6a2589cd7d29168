"""Saving on the admin's pages: whatever keeps it from counting, the page comes again with what was typed.

That is a sign-in that had ended, a page older than the last one, a verb's refusal, and somebody who was first: a form
carries what its editor has before them, and a save over anything newer is refused. Nothing is saved on the way: the
page that comes again is asked for as by a GET, with forms that are bound.
"""

import json
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.forms.models import _get_foreign_key, model_to_dict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict, DomainError
from foundation.web.fields import DayField
from organisations.editing import notes, rows
from organisations.sign_in.kept_words import WORDS_ARE_HERE, SignedInAnew, keeps_words, kept_for

_BEFORE = "typed_before"  # on the request
_COMPARE = _("ちがうところに、いまの登録を書きそえました。もう一度保存すると、この画面の内容に入れかわります。")


class Typed:
    """What was typed before, and what kept it from counting."""

    def __init__(self, data: QueryDict, problem: DomainError) -> None:
        self.data, self.problem = data, problem
        self.changed_meanwhile = isinstance(problem, Conflict)
        self.differs = False  # from what stands now

    def tell(self, request: HttpRequest) -> None:
        level = messages.WARNING if isinstance(self.problem, SignedInAnew) else messages.ERROR
        words = [self.problem.message, WORDS_ARE_HERE, *([_COMPARE] if self.changed_meanwhile else [])]
        messages.add_message(request, level, format_lazy(" ".join(["{}"] * len(words)), *words))


def _before(request: HttpRequest) -> Typed | None:
    return getattr(request, _BEFORE, None)


class SeenForm(forms.ModelForm):
    """Carries what its editor has before them; what was typed ``before`` takes the place of data."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    before: ClassVar[Typed | None] = None

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if self.before:
            data = self.before.data.copy()
            if self.before.changed_meanwhile:  # the page shows what stands now
                data["seen"] = type(self).base_fields["seen"].initial
        super().__init__(data, *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said.pop("seen", None)  # is no fact of what is saved
        return said


class SavingAdmin(admin.ModelAdmin):
    """Pages on which something is added and changed by verbs, and never deleted. ``form`` is a SeenForm."""

    form: Any = SeenForm
    formfield_overrides: ClassVar[Any] = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
    }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @keeps_words
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().add_view(request, *args, **kwargs)

    @keeps_words
    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().change_view(request, *args, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        page = (object_id, form_url, extra_context)
        kept = kept_for(request)
        if kept is not None:
            return self._again(request, Typed(kept, self._newer(request, object_id, kept) or SignedInAnew()), *page)
        if request.method != "POST":
            return super().changeform_view(request, *page)
        try:
            with transaction.atomic():
                self._check_seen(request, object_id)
                return super().changeform_view(request, *page)
        except DomainError as problem:
            return self._again(request, Typed(request.POST, problem), *page)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change, **kwargs)
        if kwargs.get("fields") is None:  # the admin only looks which fields there are
            return made
        seen = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.seen_of(obj) if obj else "")
        return type(made)(made.__name__, (made,), {"seen": seen, "before": _before(request)})

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        before = _before(request)
        if before:
            formset: Any = inline.get_formset(request, obj)
            standing = formset(**given).get_queryset()
            given["data"] = rows.laid_upon(standing, before.data, prefix=prefix, owner=formset.fk.name)
        return given

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        before = _before(request)
        context["media"] += forms.Media(js=["js/submit-once.js", "js/unsent.js"])
        if before:
            shown = [context["adminform"].form]
            for table in context["inline_admin_formsets"]:
                shown += table.formset.forms
                before.differs |= any(name.endswith("-DELETE") for name in table.formset.data)
            for form in shown:
                before.differs |= form.has_changed()
                notes.tell_what_is_not_kept(form)
                if before.changed_meanwhile:
                    notes.tell_what_stands(form)
        return super().render_change_form(request, context, *args, **kwargs)

    def seen_of(self, obj: Any) -> str:
        """Tells ``obj`` as it stands from what it was: who saved it last here, and what its page shows."""
        last = self._last_saved(obj)
        shown: list[Any] = [model_to_dict(obj, fields=self.form._meta.fields)]
        for inline in self.inlines:
            owner = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            shown += inline.model._base_manager.filter(**{owner.name: obj.pk}).order_by("pk").values()
        digest = salted_hmac("seen on a page of the admin", json.dumps(shown, default=str), algorithm="sha256")
        return f"{last.pk if last else 0}.{digest.hexdigest()}"

    def first(self, obj: Any, seen: str) -> Conflict:
        """Who changed ``obj`` since it was ``seen``; a command of the server leaves no name."""
        last = self._last_saved(obj)
        if last is None or str(last.pk) == seen.partition(".")[0]:
            return Conflict(who="", what="", at=None)
        return Conflict(who=str(last.user), what=_("内容を修正"), at=last.action_time, by_id=last.user_id)

    def _last_saved(self, obj: Any) -> LogEntry | None:
        kind = ContentType.objects.get_for_model(self.model)
        saved = LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk))
        return saved.select_related("user").order_by("-pk").first()

    def _check_seen(self, request: HttpRequest, object_id: str | None) -> None:
        """Hold what is to be changed until it is saved. Raises Conflict when it is no longer what was seen."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if obj is None or not self.has_change_permission(request, obj):
            return  # the admin answers that
        self.hold_before()
        held = self.model._base_manager.select_for_update(no_key=True).get(pk=obj.pk)
        seen = request.POST.get("seen", "")
        if seen != self.seen_of(held):
            raise self.first(held, seen)

    def hold_before(self) -> None:
        """Hold what a verb behind this page holds too, and holds before the row that is saved."""

    def _newer(self, request: HttpRequest, object_id: str | None, kept: QueryDict) -> Conflict | None:
        """Who changed what is to be changed since the page of the ``kept`` words was opened."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        seen = kept.get("seen", "")
        return None if obj is None or seen == self.seen_of(obj) else self.first(obj, seen)

    def _again(self, request: HttpRequest, before: Typed, *page: Any) -> HttpResponse:
        """The page with what was typed; a second click on what has just been saved is no error."""
        again = copy(request)
        again.method, again.POST = "GET", before.data  # type: ignore[assignment]
        setattr(again, _BEFORE, before)
        response = super().changeform_view(again, *page)
        if before.changed_meanwhile and not before.differs and response.status_code == 200:
            obj = self.get_object(request, unquote(page[0]))
            return self.response_change(request, obj)
        before.tell(request)
        if before.changed_meanwhile:
            response.status_code = 409
        return response
