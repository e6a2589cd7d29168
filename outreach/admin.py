"""Reference data for editors: the directory of help. Cases and applications are never here."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import Conflict, DomainError
from organisations.editing.saving import SavingAdmin
from organisations.models import Member
from organisations.sign_in.kept_words import keeps_words
from outreach.directory import keeping
from outreach.directory.codes import Language
from outreach.directory.exporting_admin import ExportingAdmin
from outreach.directory.forms import EntryForm, TextForm, TextForms
from outreach.directory.opendata.columns import PROGRAMMES, WINDOWS
from outreach.models import Programme, ProgrammeText, Window, WindowText

# What an entry says as its source says it: a change without another day may be one that nobody looked up.
_FROM_THE_SOURCE = {
    "phone",
    "charge",
    "opening_hours",
    "address",
    "official_url",
    "source_url",
    "opens_on",
    "closes_on",
}
_CHECKED_BEFORE = _(
    "{entry}：「出典で確かめた日」は、{day}のままです。いま出典と見くらべて直したときは、その日付も直してください。"
)


def _editor(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)  # the admin lets no one else this far
    return request.user


class TextInline(admin.StackedInline):
    form = TextForm
    formset = TextForms
    extra = 0
    min_num = 1
    max_num = len(Language)


class ProgrammeTextInline(TextInline):
    model = ProgrammeText


class WindowTextInline(TextInline):
    model = WindowText


class UncheckedFilter(admin.SimpleListFilter):
    title = _("出典で確かめた日")
    parameter_name = "unchecked"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, Any]]:
        return [("180", _("180日以上前"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.unchecked_since() if self.value() else queryset


class EntryAdmin(ExportingAdmin, SavingAdmin):
    """What programmes and windows have in common.

    Never deleted: its code stands in links that people share; retired_on takes it out of the lists.
    """

    form = EntryForm
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("place",)
    search_fields = ("code", "texts__title", "texts__subtitle")
    readonly_fields: ClassVar[tuple[str, ...]] = ("edited_by", "edited_at")

    class Media:
        css = {"all": ("css/manage.css",)}

    @admin.display(description=_("タイトル"))
    def entry_title(self, entry: Programme | Window) -> str:
        return entry.title

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("texts")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*(["code"] if obj else []), *super().get_readonly_fields(request, obj))

    def save_model(self, request: HttpRequest, obj: Programme | Window, form: EntryForm, change: bool) -> None:
        # What the form says it has seen was held against this very version, which nobody else can change until then.
        keeping.save_entry(entry=obj, by=_editor(request), seen=obj.version)
        if change and "verified_on" not in form.changed_data and not _FROM_THE_SOURCE.isdisjoint(form.changed_data):
            messages.warning(request, format_lazy(_CHECKED_BEFORE, entry=obj, day=obj.verified_on.isoformat()))

    def save_formset(self, request: HttpRequest, form: EntryForm, formset: TextForms, change: bool) -> None:
        keeping.save_texts(written=formset.save(commit=False), removed=formset.deleted_objects)

    @keeps_words
    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().change_view(request, *args, **kwargs)

    def seen_of(self, obj: Programme | Window) -> str:
        return str(obj.version)

    def first(self, obj: Programme | Window, seen: str) -> Conflict:
        return keeping.changed_meanwhile(obj)


@admin.register(Programme)
class ProgrammeAdmin(EntryAdmin):
    sheet = PROGRAMMES
    inlines = (ProgrammeTextInline,)
    autocomplete_fields = ("place", "windows")
    list_display = ("code", "entry_title", "place", "verified_on", "paused", "retired_on")
    list_filter = (UncheckedFilter, "paused", "urgent", "sensitive", "category_1")


@admin.register(Window)
class WindowAdmin(EntryAdmin):
    sheet = WINDOWS
    inlines = (WindowTextInline,)
    actions = (*ExportingAdmin.actions, "confirm_numbers")
    readonly_fields = ("confirmed_on", *EntryAdmin.readonly_fields)
    list_display = ("code", "entry_title", "place", "phone", "confirmed_on", "verified_on", "paused", "retired_on")
    list_filter = (
        UncheckedFilter,
        ("confirmed_on", admin.EmptyFieldListFilter),
        "paused",
        "urgent",
        "sensitive",
        "area",
    )

    @admin.action(description=_("電話をかけて、番号が正しいことを確認した"), permissions=["change"])
    def confirm_numbers(self, request: HttpRequest, queryset: QuerySet[Window]) -> None:
        confirmed = 0
        for window in queryset:
            try:
                keeping.confirm_number(window=window, by=_editor(request))
                confirmed += 1
            except DomainError as error:
                self.message_user(request, f"{window.code}{_('：')}{error.message}", messages.ERROR)
        if confirmed:
            self.message_user(request, _("%(count)d件の番号を確認済みにしました。") % {"count": confirmed})
