"""Reads one spreadsheet from stdin in a process of its own and writes its first sheet's rows as JSON.

Run as a script by ``workbook``, with nothing of this project loaded: whatever a hostile file does to the reader, it
does here, within a bound of memory and time. Arguments: bytes of memory, seconds of CPU, most rows, most columns.
"""

import json
import resource
import sys
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

TOO_MANY_ROWS, TOO_MANY_COLUMNS, NO_SHEET = 3, 4, 5


def main(memory: int, seconds: int, most_rows: int, most_columns: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    workbook = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    shown = [
        number
        for number, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if not shown:
        return NO_SHEET
    sheet = workbook.get_sheet_by_index(shown[0])
    if sheet.height * sheet.width > most_rows * most_columns:
        return TOO_MANY_ROWS if sheet.height > most_rows else TOO_MANY_COLUMNS
    rows = []
    for row in sheet.iter_rows():
        cells = [_plain(cell) for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > most_columns:
            return TOO_MANY_COLUMNS
        rows.append(cells)
        if len(rows) > most_rows and any(rows[most_rows:]):
            return TOO_MANY_ROWS
        if not cells and len(rows) > most_rows:
            rows.pop()  # sheets are often formatted far below what they hold
    json.dump(rows, sys.stdout)
    return 0


def _plain(cell: object) -> object:
    """What JSON holds: dates as 2026-07-27, everything that isn't text or a number as text."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int) else str(cell)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
