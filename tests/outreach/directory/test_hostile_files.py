"""Files that nobody made with good will: each is read, or refused soon with a message that helps."""

import resource
import zipfile
from io import BytesIO

import openpyxl
import pytest

from foundation.errors import DomainError
from outreach.directory.opendata import files, limits, workbook
from outreach.directory.opendata.columns import PROGRAMMES
from outreach.directory.opendata.importing import parse
from tests.outreach.directory.test_importing import KNOWN, PROGRAMME, TEXT

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made(*rows, visible=True) -> bytes:
    """A workbook of one sheet, as a spreadsheet program saves it."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if not visible:
        book.create_sheet("another")
        sheet.sheet_state = "hidden"
    return saved(book)


def saved(book) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def with_part(name: str, content: bytes, *, times: int = 1) -> bytes:
    """A workbook in which one part of the package is replaced (or added, ``times`` over)."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(made(["a"]))) as whole, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in whole.infolist():
            if entry.filename != name:
                changed.writestr(entry, whole.read(entry))
        for number in range(times):
            changed.writestr(name if times == 1 else f"{name}{number}", content)
    return held.getvalue()


def sheet_xml(cells: str) -> bytes:
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"<a>" + b"0" * (80 * 1024 * 1024)
LAUGHS = (
    HEAD
    + '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f']><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    "</sheetData></worksheet>"
).encode()
OUTSIDE = (
    HEAD + '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData>'
    "</worksheet>"
).encode()

REFUSED = {
    "nothing": b"",
    "a blank line": b"\r\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "no encoding of ours": b"\xff\x81\x00",
    "NUL in a CSV": TEXT.replace("P001", "P0\0001").encode(),
    "UTF-16 without its mark": TEXT.encode("utf-16-le"),
    "a quote that never closes": (TEXT + '"' + "x" * 500).encode(),
    "one cell of megabytes": b'a\r\n"' + b"x" * 3_000_000 + b'"',
    "a cell just too long": b"a\r\n" + b"x" * (limits.LONGEST_CELL + 1),
    "too many bytes": b"a\r\n" * (limits.MOST_BYTES // 3 + 1),
    "too many rows": b"a\r\n" * (limits.MOST_ROWS + 1),
    "too many columns": b",".join([b"a"] * (limits.MOST_COLUMNS + 1)),
    "more cells than headers": b"a,b\r\n1,2,3",
    "only the beginning of a package": b"PK\x03\x04",
    "a package cut in half": made(["a"])[:2000],
    "a package without a workbook": (lambda held: (zipfile.ZipFile(held, "w").close(), held.getvalue())[1])(BytesIO()),
    "an old container with nothing in it": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "a bomb": with_part(SHEET, BOMB),
    "a bomb in many parts": with_part("xl/media/x", b"0" * 1024 * 1024, times=70),
    "a bomb that lies about its size": with_part(SHEET, BOMB).replace(
        len(BOMB).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    ),
    "a sheet with no end": with_part(SHEET, sheet_xml("<row><c>")[:-20]),
    "a sheet of nested tags": with_part(SHEET, b"<a>" * 2_000_000),
    "a cell at the far corner": with_part(
        SHEET,
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "a cell beyond the far corner": with_part(
        SHEET, sheet_xml('<row r="9999999"><c r="ZZZZ9999999"><v>1</v></c></row>')
    ),
    "no sheet that is shown": with_part(
        "xl/workbook.xml", f'{HEAD}<workbook xmlns="{MAIN}"><sheets></sheets></workbook>'.encode()
    ),
    "too many rows in a sheet": made(["a"], *[[n] for n in range(limits.MOST_ROWS + 1)]),
    "too many columns in a sheet": made(["a"] * (limits.MOST_COLUMNS + 1)),
}


def refusal(content: bytes) -> str:
    """What is said of a file that isn't taken: of the file, or of its first faulty row."""
    try:
        return str(parse(files.read(content), PROGRAMMES, KNOWN).faults[0])
    except DomainError as error:
        return str(error.message)


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_is_refused_with_a_message_soon_and_without_much_memory(content):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    message = refusal(content)
    assert message.endswith("。")
    assert any(word in message for word in ("ください", "まで", "分けて"))
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert spent.ru_utime - before < workbook.SECONDS + 2, "the reader is ended in time"
    assert spent.ru_maxrss * 1024 < workbook.MEMORY


@pytest.mark.parametrize("part", [LAUGHS, OUTSIDE], ids=["entities within entities", "an entity that is a file"])
def test_no_entity_is_followed(part):
    try:
        cells = [str(cell) for row in [files.read(with_part(SHEET, part))] for cell in row.headers]
    except DomainError:
        return
    assert not any("root:" in cell or "hahaha" in cell for cell in cells)


READ = {
    "tabs between the cells": TEXT.replace(",", "\t").encode(),
    "semicolons between the cells": TEXT.replace(",", ";").encode(),
    "UTF-16, as Excel saves text": TEXT.encode("utf-16"),
    "only line feeds": TEXT.replace("\r\n", "\n").encode(),
    "only carriage returns": TEXT.replace("\r\n", "\r").encode(),
    "rows of nothing at the end": (TEXT + "," * (len(PROGRAMME) - 1) + "\r\n" * 50).encode(),
    "columns of nothing at the right": TEXT.replace("\r\n", ",,,\r\n").encode(),
    "a sheet formatted far below": made(list(PROGRAMME), list(PROGRAMME.values()), *[[None]] * 3000),
    "rows of any length": made(list(PROGRAMME), list(PROGRAMME.values()), ["", None]),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_is_read_all_the_same(content):
    parsed = parse(files.read(content), PROGRAMMES, KNOWN)
    assert (parsed.faults, [item.code for item in parsed.items]) == ((), ["P001"])


def test_the_sheet_that_is_shown_is_the_one_that_is_read():
    book = openpyxl.Workbook()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("table")
    for row in (list(PROGRAMME), list(PROGRAMME.values())):
        shown.append(row)
    assert [item.code for item in parse(files.read(saved(book)), PROGRAMMES, KNOWN).items] == ["P001"]


def test_a_column_that_stands_twice_is_asked_back():
    header, row = TEXT.splitlines()
    parsed = parse(files.read(f"{header},概要\r\n{row},別の概要\r\n".encode()), PROGRAMMES, KNOWN)
    assert [str(fault) for fault in parsed.faults] == [
        "1行目「概要」：この列がいくつもあります。ひとつにしてください。"
    ]


def test_a_character_that_a_database_refuses_is_named_where_it_stands():
    table = files.read(TEXT.encode())
    row = list(table[0])
    row[1] += "\0"
    table[0] = tuple(row)
    assert "使えない文字" in str(parse(table, PROGRAMMES, KNOWN).faults[0])


def test_as_many_rows_as_are_taken_are_read():
    table = files.read(made(["a", "b"], *[[n, f"{n}"] for n in range(limits.MOST_ROWS - 1)]))
    assert len(table) == limits.MOST_ROWS - 1
