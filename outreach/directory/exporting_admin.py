"""The lists of the directory as open data, from the admin: all that is listed, or what is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from foundation import clock
from outreach.directory.opendata.columns import Sheet


class ExportingAdmin(admin.ModelAdmin):
    """Gives the rows of ``sheet`` as CSV to whoever may look at them."""

    sheet: ClassVar[Sheet]
    change_list_template = "outreach/directory/change_list.html"
    actions: Sequence[str] = ("export_chosen",)

    def get_urls(self) -> list[URLPattern]:
        exporting = self.admin_site.admin_view(self.export_listed)
        return [path("export/", exporting, name=self._route("export")), *super().get_urls()]

    def export_listed(self, request: HttpRequest) -> HttpResponse:
        """What the list shows under its search and filters, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:  # of an address written by hand, or kept too long: the list says so
            return redirect(f"{reverse('admin:' + self._route('changelist'))}?{ERROR_FLAG}=1")
        return self._file(listed.get_queryset(request))

    def _route(self, view: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{view}"

    def response_action(  # type: ignore[override]  # the stubs are of a later Django
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse | None:
        """What is ticked; nothing where that is no row's key, which no page of ours sends."""
        if all(self._is_key(ticked) for ticked in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        messages.warning(request, _("選ばれたものが見つかりません。一覧から選びなおしてください。"))
        return None

    def _is_key(self, ticked: str) -> bool:
        try:
            self.opts.pk.to_python(ticked)
        except ValidationError:
            return False
        return True

    @admin.action(description=_("選んだものをCSVで書き出す"), permissions=["view"])
    def export_chosen(self, _request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return self._file(queryset)

    def _file(self, queryset: QuerySet) -> HttpResponse:
        # import-export and its spreadsheets take a quarter of a second to load, at every start.
        from outreach.directory.opendata.files import SpreadsheetCSV
        from outreach.directory.opendata.resources import SheetResource

        text = SpreadsheetCSV().export_data(SheetResource(self.sheet).export(queryset))
        name = f"{self.opts.model_name}-{clock.today():%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(text, content_type="text/csv", headers=headers)
