"""What django-import-export exports: the rows of a sheet, in its columns."""

from typing import Any

from import_export.fields import Field
from import_export.resources import Resource

from outreach.directory.opendata import exporting
from outreach.directory.opendata.columns import Sheet


class SheetResource(Resource):
    """A resource whose columns and cells are those of ``sheet``; importing goes through ``directory_import``."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return exporting.headers(self.sheet)

    def export_resource(self, instance: Any, selected_fields: Any = None, **_kwargs: Any) -> list[str]:
        return exporting.cells(instance, self.sheet)

    def filter_export(self, queryset: Any, **_kwargs: Any) -> Any:
        return exporting.everything(self.sheet).filter(pk__in=queryset.values("pk"))

    def get_user_visible_fields(self) -> list[Field]:
        return [Field(column_name=header) for header in exporting.headers(self.sheet)]
