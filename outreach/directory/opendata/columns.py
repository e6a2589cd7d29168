"""The columns of the open data, as data: header, field, limits, and how a cell is read.

Standard columns carry the headers of the documents' sheet and of the national sheet it follows; what those
lack (telephone, English, source, date of checking …) stands in further columns, marked ``standard=False``.
Field names are those of the models; ``ja.title`` is the title of the Japanese text row, and other entries,
places and organisations are named by their codes.
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from foundation.text import japanese
from foundation.text.unicode_form import normal
from organisations.models.organisation import Kind
from outreach.directory.codes import (
    PROGRAMME_LETTERS,
    WINDOW_LETTERS,
    Category,
    Charge,
    Language,
    ServiceType,
    TroubleClass,
)
from outreach.directory.opendata.cells import (
    Reader,
    code_of,
    codes,
    day,
    needs,
    one_of,
    several_of,
    telephone,
    text,
    web_address,
    yes_no_or_unknown,
    yes_or_no,
)

NATIONAL = "全国"  # stands in 都道府県名 of what is for the whole country; the code is then left blank


@dataclass(frozen=True)
class Column:
    """One column. ``read`` makes a cell's text a value, or raises ValueError with what to do, in Japanese."""

    header: str
    field: str
    read: Reader
    required: bool = False
    limit: int | None = None
    one_line: bool = False
    standard: bool = True
    others: tuple[str, ...] = ()  # other headers met for the same column


class Sheet(NamedTuple):
    name: str
    columns: tuple[Column, ...]


# --- headers ---------------------------------------------------------------------------------------------


def canonical(header: object) -> str:
    """One spelling for all those of a header: brackets, spaces, ・ or •, 通称 or 通称名, marks in front."""
    name = re.sub(r"\s", "", normal("NFKC", str(header or "")))
    name = re.sub(r"[•‧∙·･]", "・", name)
    name = re.sub(r"^(\(個人対象\)|※|\*)+", "", name)
    return name.replace("通称名", "通称").casefold()


# --- the sheets ------------------------------------------------------------------------------------------


def _extra(header: str, field: str, read: Reader = text, **more: Any) -> Column:
    return Column(header, field, read, standard=False, **more)


def _texts(fields: dict[str, tuple[str, int]]) -> tuple[Column, ...]:
    """The same texts in the other languages, which may take twice as many letters."""
    return tuple(
        _extra(f"{header}({label})", f"{language}.{field}", limit=2 * limit)
        for language, label in ((Language.JA_EASY, "やさしい日本語"), (Language.EN, "英語"))
        for field, (header, limit) in fields.items()
    )


_AREA = (
    Column("全国地方公共団体コード", "place", japanese.squash),
    Column("都道府県名", "prefecture_name", japanese.squash, required=True),
    Column("市区町村名", "municipality_name", japanese.squash),
)
_NAMES = (
    Column("タイトル(制度名)", "ja.title", text, required=True, limit=40, one_line=True, others=("窓口名",)),
    Column("サブタイトル(通称)", "ja.subtitle", text, limit=40, one_line=True),
    Column("サービス種別", "service_type", one_of(ServiceType), required=True),
    Column("行政サービス分類1", "category_1", one_of(Category)),
    Column("行政サービス分類2", "category_2", one_of(Category)),
)
_WORDS = (
    Column("概要", "ja.summary", text, required=True, limit=200),
    Column("利用・申請方法", "ja.how_to", text, limit=500),
)
_PRACTICE = (
    _extra("電話での伝え方", "ja.what_to_say", limit=200),
    _extra("持ちもの", "ja.what_to_bring", limit=200),
)
_OTHER_TEXTS = {
    "title": ("タイトル", 40),
    "subtitle": ("サブタイトル", 40),
    "summary": ("概要", 200),
    "how_to": ("利用・申請方法", 500),
    "what_to_say": ("電話での伝え方", 200),
    "what_to_bring": ("持ちもの", 200),
}
_KEEPING = (
    Column("お困りごと分類", "troubles", several_of(TroubleClass), required=True),
    _extra("必要なこと", "needs", needs),
    _extra("緊急", "urgent", yes_or_no),
    _extra("共有リストにのせない", "sensitive", yes_or_no),
    _extra("受付を休んでいる", "paused", yes_or_no),
)
_SOURCE = (
    _extra("出典の発行者", "source_publisher", required=True, limit=100),
    _extra("出典", "source_url", web_address, required=True, limit=500),
    _extra("出典で確かめた日", "verified_on", day, required=True),
)
_NOTE = (_extra("職員へのメモ", "note"),)

PROGRAMMES = Sheet(
    "programmes",
    (
        Column("制度番号", "code", code_of(PROGRAMME_LETTERS), required=True, limit=12),
        *_AREA,
        *_NAMES,
        Column("対象者", "ja.target", text, limit=500),
        *_WORDS,
        Column("内容", "ja.content", text, limit=5000),
        Column("受付開始日", "opens_on", day),
        Column("受付終了日", "closes_on", day),
        Column("詳細参照先", "official_url", web_address, limit=500),
        *_PRACTICE,
        *_texts(_OTHER_TEXTS | {"target": ("対象者", 500), "content": ("内容", 5000)}),
        _extra("返すお金", "repayable", yes_no_or_unknown),
        *_KEEPING,
        *_SOURCE,
        *_NOTE,
    ),
)
WINDOWS = Sheet(
    "windows",
    (
        _extra("窓口番号", "code", code_of(WINDOW_LETTERS), required=True, limit=12),
        *_AREA,
        *_NAMES,
        *_WORDS,
        Column("詳細参照先", "official_url", web_address, limit=500),
        _extra("組織番号", "organisation", japanese.squash, limit=16),
        _extra("組織の担当地域が対象", "for_catchment", yes_or_no),
        _extra("電話番号", "phone", telephone),
        _extra("通話料", "charge", one_of(Charge)),
        _extra("代表電話", "is_switchboard", yes_or_no),
        _extra("受付時間", "opening_hours", limit=200),
        _extra("住所", "address", limit=200),
        _extra("関連する制度番号", "programmes", codes),
        *_PRACTICE,
        *_texts(_OTHER_TEXTS | {"opening_hours": ("受付時間", 200)}),
        *_KEEPING,
        *_SOURCE,
        *_NOTE,
    ),
)
ORGANISATIONS = Sheet(
    "organisations",
    (
        _extra("組織番号", "code", japanese.squash, required=True, limit=16),
        _extra("組織の種類", "kind", one_of(Kind), required=True),
        Column("実施組織・支援機関", "name", text, required=True, limit=100, one_line=True),
        Column("対象地域", "catchment", codes),
        _extra("電話番号", "phone", telephone),
        _extra("受付時間", "opening_hours", limit=200),
        _extra("住所", "address", limit=200),
        *_SOURCE,
    ),
)
