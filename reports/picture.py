"""The leader's picture: at a glance on a phone, who has reported and who has not.

Colours are Okabe and Ito's, which people with any colour vision tell apart; each cell carries a sign as well.
"""

import io
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from models.clock import local
from reports.summary import Bucket, Note, Summary, UnitLine
from reports.words import BUCKETS, NOTES, TITLES, Language, period_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS: dict[Bucket, tuple[str, str, str]] = {
    Bucket.DONE_IN_TIME: ("#009E73", "white", "✓"),
    Bucket.DONE_LATE: ("#E69F00", "black", "✓"),
    Bucket.OPEN_IN_TIME: ("#BFE3F7", "black", "…"),
    Bucket.OPEN_LATE: ("#B8400A", "white", "!"),
    Bucket.UNTIMED: ("#E4E4E4", "black", "–"),
}
"""Background, ink and sign of each bucket."""
WAITING_LOOK = ("#56B4E9", "black", "»")
COMMUNES = ("xã", "phường")
COLUMNS = {True: 5, False: 3}
"""Cells side by side for communes, and for other units with their longer names."""
WIDTH_INCHES, DPI = 7.2, 150  # 1080 pixels: one phone screen wide
ROW_INCHES = 0.33
LONGEST_NAME = {5: 20, 3: 35}


def draw(summary: Summary, *, language: Language = "vi", title: str = "") -> bytes:
    """A PNG, 1080 pixels wide, as high as its units need."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    blocks = _blocks(summary, language)
    rows = sum(ceil(len(units) / columns) + 1.2 for _, units, columns in blocks)
    height = 2.75 + ROW_INCHES * rows
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DPI, facecolor="white")
        canvas = FigureCanvasAgg(figure)
        axes: Axes = figure.add_axes((0.03, 0, 0.94, 1))
        axes.set_xlim(0, 1)
        axes.set_ylim(height, 0)
        axes.axis("off")
        at = _heading(axes, summary, language, title)
        at = _bar(axes, summary, language, at)
        for name, units, columns in blocks:
            at = _block(axes, name, units, columns, at)
        if not summary.rows:
            axes.text(0, at + 0.2, _nothing(language), fontsize=11)
        out = io.BytesIO()
        canvas.print_png(out)
    return out.getvalue()


def _heading(axes: "Axes", summary: Summary, language: Language, title: str) -> float:
    axes.text(0, 0.36, title or TITLES[language], fontsize=15, fontweight="bold", va="center")
    moment = local(summary.as_of)
    until = f"số liệu đến {moment:%H:%M %d/%m/%Y}" if language == "vi" else f"as of {moment:%H:%M %d/%m/%Y}"
    axes.text(0, 0.68, f"{period_name(summary.period, language)} · {until}", fontsize=8.5, va="center", color="#444444")
    return 0.95


def _bar(axes: "Axes", summary: Summary, language: Language, top: float) -> float:
    """One bar for all, then a legend with the numbers."""
    total = max(1, len(summary.rows))
    left = 0.0
    for bucket in Bucket:
        width = summary.counts[bucket] / total
        back, ink, _ = LOOKS[bucket]
        axes.barh(top + 0.17, width, left=left, height=0.34, color=back, edgecolor="white", linewidth=1)
        if width > 0.06:
            share = str(summary.counts[bucket])
            axes.text(left + width / 2, top + 0.18, share, ha="center", va="center", color=ink, fontsize=11)
        left += width
    at = top + 0.58
    for index, bucket in enumerate(Bucket):
        column, row = index % 2, index // 2
        words = f"{BUCKETS[language][bucket]}: {summary.counts[bucket]}"
        _legend(axes, LOOKS[bucket], words, column * 0.5, at + row * 0.26)
    waiting = f"{NOTES[language][Note.WAITING].capitalize()}: {summary.waiting}"
    _legend(axes, WAITING_LOOK, waiting, 0.5, at + 0.52)
    return at + 0.26 * 3 + 0.05


def _legend(axes: "Axes", look: tuple[str, str, str], words: str, x: float, y: float) -> None:
    back, ink, sign = look
    axes.text(x + 0.045, y, words, fontsize=9, va="center")
    axes.barh(y, 0.035, left=x, height=0.2, color=back)
    axes.text(x + 0.0175, y, sign, ha="center", va="center", color=ink, fontsize=8, fontweight="bold")


def _block(axes: "Axes", name: str, units: Sequence[UnitLine], columns: int, top: float) -> float:
    axes.text(0, top + ROW_INCHES * 0.55, name, fontsize=10, fontweight="bold", va="center")
    top += ROW_INCHES
    rows = ceil(len(units) / columns)
    for index, unit in enumerate(units):
        column, row = index // rows, index % rows
        _cell(axes, unit, column / columns, top + row * ROW_INCHES, columns)
    return top + rows * ROW_INCHES + ROW_INCHES * 0.2


def _cell(axes: "Axes", unit: UnitLine, x: float, y: float, columns: int) -> None:
    back, ink, sign = WAITING_LOOK if unit.awaits_verdict else LOOKS[unit.worst]
    box: dict[str, Any] = {"height": ROW_INCHES * 0.88, "color": back}
    axes.barh(y + ROW_INCHES / 2, 0.97 / columns, left=x, **box)
    axes.text(x + 0.008, y + ROW_INCHES / 2, sign, va="center", color=ink, fontsize=8, fontweight="bold")
    axes.text(
        x + 0.028, y + ROW_INCHES / 2, short(unit.name, LONGEST_NAME[columns]), va="center", color=ink, fontsize=7.4
    )


def _blocks(summary: Summary, language: Language) -> list[tuple[str, list[UnitLine], int]]:
    """Communes together, everybody else together; each with how many have nothing open."""
    communes = [unit for unit in summary.by_unit if unit.kind in COMMUNES]
    others = [unit for unit in summary.by_unit if unit.kind not in COMMUNES]
    names = ("Xã, phường", "Sở, ban, ngành và đơn vị khác") if language == "vi" else ("Communes, wards", "Other units")
    return [
        (f"{name}: {_finished(units)}/{len(units)} {_done_word(language)}", units, COLUMNS[units is communes])
        for name, units in zip(names, (communes, others), strict=True)
        if units
    ]


def _finished(units: list[UnitLine]) -> int:
    return sum(unit.worst in (Bucket.DONE_IN_TIME, Bucket.DONE_LATE) for unit in units)


def _done_word(language: Language) -> str:
    return "đã hoàn thành" if language == "vi" else "completed"


def _nothing(language: Language) -> str:
    return "Không có nhiệm vụ nào trong kỳ." if language == "vi" else "No task in this period."


def short(name: str, longest: int) -> str:
    """A name of at most `longest` characters."""
    name = name.replace("Ủy ban nhân dân ", "UBND ").removeprefix("UBND ")
    for long, brief in (("phường ", "P. "), ("Phường ", "P. "), ("xã ", "X. "), ("Xã ", "X. ")):
        if name.startswith(long):
            name = brief + name.removeprefix(long)
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
