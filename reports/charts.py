"""Charts: bars of one indicator as SVG, all indicators of a period as one PNG.

matplotlib is imported at the first chart, not at the start. Only Figure objects are used (no pyplot), and one is
drawn at a time, so threads of the web server don't meet. The colours are told apart by the colour-blind, and
what is unknown is hatched as well.
"""

import os
import threading
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from reports.cube import Cube
from reports.indicators import NOT_FOR_PUBLICATION
from reports.tables import Table, tables

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = Path(__file__).parent / "fonts"
KNOWN, UNKNOWN, TRACK, INK, SOFT = "#0b5754", "#8d8a80", "#eceae3", "#1f2b2a", "#465553"
WIDTH, BAR, MARGINS = 4.8, 0.3, 1.0  # inches
SIGNATURE = 0.2  # room below for what every chart says
PNG_DPI = 150
PNG_COLUMNS = 2

_drawing = threading.Lock()


def svg(table: Table) -> bytes:
    """One indicator as a bar chart; the same counts give the same bytes. Text stays text."""
    with _drawing:
        figure = _figure(WIDTH, MARGINS + BAR * len(table.rows))
        _draw(figure.add_subplot(), table, room=len(table.rows))
        _sign(figure)
        return _saved(figure, "svg", metadata={"Date": None, "Creator": None, "Title": table.in_words})


def png(cube: Cube) -> bytes:
    """All indicators of a period as one picture."""
    pairs = [tables(cube)[start : start + PNG_COLUMNS] for start in range(0, len(cube.indicators), PNG_COLUMNS)]
    rooms = [max(len(one.rows) for one in pair) for pair in pairs]
    with _drawing:
        figure = _figure(WIDTH * PNG_COLUMNS, sum(MARGINS + BAR * room for room in rooms))
        grid = figure.add_gridspec(len(pairs), PNG_COLUMNS, height_ratios=[room + 1 for room in rooms])
        for line, (pair, room) in enumerate(zip(pairs, rooms, strict=True)):
            for column, one in enumerate(pair):
                _draw(figure.add_subplot(grid[line, column]), one, room=room)
        title = _("%(start)s〜%(end)sの申込み %(count)d件") % {
            "start": cube.period.start, "end": cube.period.end, "count": cube.applications,
        }  # fmt: skip
        figure.suptitle(title, fontsize=15, fontweight="bold", color=INK)
        _sign(figure)
        return _saved(figure, "png", dpi=PNG_DPI, metadata={"Software": None})


def _draw(axes: "Axes", table: Table, *, room: int) -> None:
    """Bars from the top down on a track as long as the base, so that charts compare; numbers stand in a column.

    ``room`` is the number of bars that would fit, so that neighbours are equally thick.
    """
    rows, whole = table.rows, table.counts.base or 1
    places = range(len(rows))
    axes.barh(places, whole, height=0.68, color=TRACK)
    for bar, row in zip(axes.barh(places, [row.count for row in rows], height=0.68), rows, strict=True):
        bar.set_facecolor(KNOWN if row.known else UNKNOWN)
        if not row.known:
            bar.set(hatch="////", edgecolor="white", linewidth=0)
    labels = [str(row.label) for row in rows]
    numbers = [_("%(count)d件 %(percent)s") % {"count": row.count, "percent": row.percent} for row in rows]
    for side, words in ((axes, labels), (axes.twinx(), numbers)):
        side.set_yticks(places, words, fontsize=10, color=INK)
        side.set(xlim=(0, whole), ylim=(room - 0.5, -0.5))
        side.tick_params(left=False, right=False)
        side.spines[:].set_visible(False)
    axes.xaxis.set_visible(False)
    base = _("%(label)s（母数%(base)d件）") % {"label": table.indicator.label, "base": table.counts.base}
    axes.set_title(base, loc="left", fontsize=12, fontweight="bold", color=INK)


def _sign(figure: "Figure") -> None:
    figure.text(0.995, 0.006, str(NOT_FOR_PUBLICATION), ha="right", va="bottom", fontsize=8, color=SOFT)


def _saved(figure: "Figure", kind: str, **options: Any) -> bytes:
    drawn = BytesIO()
    figure.savefig(drawn, format=kind, **options)
    return drawn.getvalue()


def _figure(width: float, height: float) -> "Figure":
    _prepare()
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    signature = SIGNATURE / height
    layout = ConstrainedLayoutEngine(rect=(0, signature, 1, 1 - signature))
    return Figure(figsize=(width, height), layout=layout, facecolor="white")


@cache
def _prepare() -> None:
    """Import matplotlib with our font and settings, once."""
    os.environ.setdefault("MPLCONFIGDIR", str(settings.VAR / "matplotlib"))
    import matplotlib
    from matplotlib import font_manager

    for file in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(file)
    matplotlib.rcParams.update(
        {
            "font.family": ["sans-serif"],
            "font.sans-serif": ["Noto Sans JP"],
            "svg.fonttype": "none",
            "svg.hashsalt": "tsunagu",
            "axes.unicode_minus": False,
            "figure.constrained_layout.h_pad": 0.12,
            "figure.constrained_layout.w_pad": 0.12,
        }
    )
