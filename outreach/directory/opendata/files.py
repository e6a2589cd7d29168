"""Files of open data: CSV and XLSX read whatever their encoding, CSV written so that spreadsheets open it."""

import csv
from io import StringIO
from zipfile import BadZipFile

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats import base_formats

from foundation.errors import DomainError

UNREADABLE = gettext_lazy("ファイルを読めません。CSV（UTF-8 か シフトJIS）か XLSX で保存しなおしてください。")


def read(content: bytes) -> tablib.Dataset:
    """The rows of a CSV (UTF-8, else cp932) or XLSX file. DomainError when it is neither."""
    if content.startswith(b"PK"):
        return _workbook(content)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
            return base_formats.CSV().create_dataset(text)
        except UnicodeDecodeError:
            continue
        except tablib.InvalidDimensions:
            raise DomainError(_too_wide(text)) from None
        except csv.Error:
            break
    raise DomainError(UNREADABLE)


def _workbook(content: bytes) -> tablib.Dataset:
    try:
        return base_formats.XLSX().create_dataset(content)
    except (BadZipFile, KeyError, ValueError):
        raise DomainError(UNREADABLE) from None


def _too_wide(text: str) -> str:
    rows = list(csv.reader(StringIO(text)))
    row = next(number for number, cells in enumerate(rows, start=1) if len(cells) > len(rows[0]))
    return _('%(row)d行目：見出しより列が多くあります。コンマを含むセルは「"」で囲んでください。') % {"row": row}


class SpreadsheetCSV(base_formats.CSV):
    """CSV in UTF-8 with the mark by which Excel knows it, lines ended as Excel ends them."""

    def get_title(self) -> str:
        return "csv"

    def export_data(self, dataset: tablib.Dataset, **kwargs: object) -> str:
        return "\ufeff" + super().export_data(dataset, **kwargs)
