"""The lists of the directory as open data, from the admin: all that is listed, or what is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from foundation import clock
from outreach.directory.opendata.columns import Sheet


class ExportingAdmin(admin.ModelAdmin):
    """Gives the rows of ``sheet`` as CSV to whoever may look at them."""

    sheet: ClassVar[Sheet]
    change_list_template = "outreach/directory/change_list.html"
    actions: Sequence[str] = ("export_chosen",)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_listed), name=name), *super().get_urls()]

    def export_listed(self, request: HttpRequest) -> HttpResponse:
        """What the list shows under its search and filters, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._file(self.get_changelist_instance(request).get_queryset(request))

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
