"""Files of open data: CSV and spreadsheets read whatever their encoding, CSV written so that spreadsheets open it."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats

from foundation.errors import DomainError
from outreach.directory.opendata import limits, workbook

_SPREADSHEETS = (b"PK", b"\xd0\xcf\x11\xe0")  # XLSX and ODS; XLS, and XLSX with a password
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(content: bytes) -> tablib.Dataset:
    """The rows of a CSV (UTF-8, UTF-16, else cp932) or a spreadsheet, under its first row.

    Raises DomainError, with the row where there is one to name, whatever the bytes are.
    """
    if len(content) > limits.MOST_BYTES:
        raise limits.too_large()
    if content.startswith(_SPREADSHEETS):
        return _table(workbook.rows(content))
    text = _decoded(content)
    if "\0" in text:
        raise DomainError(limits.UNREADABLE)
    return _table(_csv_rows(text))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding).lstrip("\ufeff")  # saved twice, a file may carry two marks
        except UnicodeDecodeError:
            continue
    raise DomainError(limits.UNREADABLE)


def _csv_rows(text: str) -> Iterator[list[str]]:
    """Cells between commas; between tabs or semicolons where the first row has more of those."""
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            message = _('%(row)d行目のあたりが読めません。「"」が閉じていないか、セルが長すぎます。直してください。')
            raise DomainError(message % {"row": rows.line_num}) from None


def _table(rows: Sequence[Sequence[Any]] | Iterator[Sequence[Any]]) -> tablib.Dataset:
    """The rows under the first one, which holds the headers; shorter ones are filled up."""
    table = None
    for number, row in enumerate(rows, start=1):
        if number > limits.MOST_ROWS:
            raise limits.too_many_rows()
        if len(row) > limits.MOST_COLUMNS and any(row[limits.MOST_COLUMNS :]):
            raise limits.too_many_columns()
        if any(len(str(cell)) > limits.LONGEST_CELL for cell in row):
            message = _("%(row)d行目に、長すぎるセルがあります。%(most)d文字までにしてください。")
            raise DomainError(message % {"row": number, "most": limits.LONGEST_CELL})
        if table is None:
            if not any(row):
                raise DomainError(_("1行目に見出しがありません。1行目に見出しを書いてください。"))
            table = tablib.Dataset(headers=[str(cell) for cell in row])
            continue
        if any(row[table.width :]):
            message = _('%(row)d行目：見出しより列が多くあります。コンマを含むセルは「"」で囲んでください。')
            raise DomainError(message % {"row": number})
        table.append([*row[: table.width], *[""] * (table.width - len(row))])
    if table is None:
        raise DomainError(_("ファイルが空です。見出しの行から書いてください。"))
    return table


class SpreadsheetCSV(base_formats.CSV):
    """CSV in UTF-8 with the mark by which Excel knows it, lines ended as Excel ends them."""

    def get_title(self) -> str:
        return "csv"

    def export_data(self, dataset: tablib.Dataset, **kwargs: object) -> str:
        return "\ufeff" + super().export_data(dataset, **kwargs)
