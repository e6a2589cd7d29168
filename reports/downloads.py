"""The tables of a period as files: JSON and CSV, as they are published."""

import json

from django.utils.translation import gettext as _

from outreach.directory.opendata.cells import escaped
from reports.cube import Cube
from reports.indicators import NOT_FOR_PUBLICATION
from reports.tables import share, tables


def as_json(cube: Cube) -> bytes:
    """The interface that others rely on (docs/statistics.md): period, applications, indicators."""
    content = {
        "period": cube.period.query,
        "applications": cube.applications,
        "indicators": {
            key: {
                "base": counts.base,
                "unknown": counts.unknown,
                "cells": {
                    value: {"count": number, "share": share(number, counts.base)}
                    for value, number in counts.cells.items()
                },
            }
            for key, counts in cube.indicators.items()
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def as_csv(cube: Cube) -> bytes:
    """One line a cell, for spreadsheets: UTF-8 with BOM, no cell that a spreadsheet takes for a formula."""
    # pandas takes half a second to import; only those who ask for a file wait for it.
    import pandas as pd

    lines = [
        {
            _("期間の始まり"): cube.period.start.isoformat(),
            _("期間の終わり"): cube.period.end.isoformat(),
            _("指標コード"): table.indicator.key,
            _("指標"): str(table.indicator.label),
            _("値コード"): row.value,
            _("値"): str(row.label),
            _("件数"): row.count,
            _("母数"): table.counts.base,
            _("割合"): row.share,
            _("母数のうち不明"): table.counts.unknown,
            _("取り扱い"): str(NOT_FOR_PUBLICATION),
        }
        for table in tables(cube)
        for row in table.rows
    ]
    frame = pd.DataFrame(lines).map(lambda cell: escaped(cell) if isinstance(cell, str) else cell)
    return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def file_name(cube: Cube, ending: str) -> str:
    """A name that says what the file is, and that it is not for publication."""
    return f"tsunagu-{cube.period.start}-{cube.period.end}-not-for-publication.{ending}"
