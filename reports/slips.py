"""Invitations to print, cut and hand out: one slip per unit, with a QR code for Telegram and the words to type for Zalo."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from models.clock import local
from reports.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PER_PAGE = 6
LARGE_NAME = 40
"""Characters of a unit's name that stand beside the QR code in large print."""
A4_INCHES = (8.27, 11.69)
WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "title": "Thư mời kết nối hệ thống đôn đốc nhiệm vụ",
        "scan": "Telegram: quét mã bên, bấm Bắt đầu (Start)",
        "type": "Hoặc nhắn cho bot Telegram:",
        "zalo": "Zalo:",
        "until": "Mã dùng một lần, đến hết ngày",
        "nobody": "Chưa có người phụ trách trong danh sách; đề nghị cung cấp họ tên, số điện thoại.",
    },
    "en": {
        "title": "Invitation to the task follow-up system",
        "scan": "Telegram: scan the code, press Start",
        "type": "Or send the Telegram bot:",
        "zalo": "Zalo:",
        "until": "For one use, until",
        "nobody": "Nobody is registered for this unit yet; please send a name and a phone number.",
    },
}


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str:
        """The name to print."""
        ...


class Slip(Protocol):
    """One unit's invitation, as models.invitations makes it."""

    @property
    def unit(self) -> Named: ...
    @property
    def person(self) -> Named | None: ...
    @property
    def code(self) -> str: ...
    @property
    def telegram_link(self) -> str: ...
    @property
    def zalo_words(self) -> str: ...
    @property
    def expires_at(self) -> datetime | None: ...


def sheet(slips: Sequence[Slip], *, language: Language = "vi") -> bytes:
    """A PDF of A4 pages, six slips to a page with lines to cut along."""
    import matplotlib as mpl
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    out = io.BytesIO()
    with mpl.rc_context({"font.family": "DejaVu Sans", "pdf.fonttype": 42}), PdfPages(out) as pages:
        for group in batches(slips):
            figure = Figure(figsize=A4_INCHES)
            for place, slip in enumerate(group):
                bottom = 1 - (place + 1) / PER_PAGE
                axes: Axes = figure.add_axes((0, bottom, 1, 1 / PER_PAGE))
                _slip(axes, slip, WORDS[language])
            pages.savefig(figure)
    return out.getvalue()


def batches(slips: Sequence[Slip]) -> list[Sequence[Slip]]:
    """The slips page by page; one empty page when there are none."""
    return [slips[start : start + PER_PAGE] for start in range(0, len(slips), PER_PAGE)] or [[]]


def _slip(axes: "Axes", slip: Slip, words: dict[str, str]) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 24)
    axes.axis("off")
    axes.plot([0, 100], [0, 0], color="#999999", linewidth=0.6, linestyle=(0, (4, 4)))
    axes.text(6, 20.5, words["title"], fontsize=8, color="#555555")
    axes.text(6, 17, slip.unit.name, fontsize=13 if len(slip.unit.name) <= LARGE_NAME else 9, fontweight="bold")
    if slip.person is None or not slip.code:
        axes.text(6, 12, words["nobody"], fontsize=9)
        return
    axes.text(6, 14.3, slip.person.name, fontsize=10)
    lines = [words["scan"]] if slip.telegram_link else []
    lines.append(f"{words['type']}  /start {slip.code}")
    if slip.zalo_words:
        lines.append(f"{words['zalo']} {slip.zalo_words}")
    if slip.expires_at is not None:
        lines.append(f"{words['until']} {local(slip.expires_at):%d/%m/%Y}")
    for place, line in enumerate(lines):
        axes.text(6, 11 - place * 2.6, line, fontsize=9)
    if slip.telegram_link:
        _qr(axes, slip.telegram_link)


def _qr(axes: "Axes", link: str) -> None:
    """The code as squares, so that it prints sharp at any size."""
    import numpy as np
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(link)
    code.make(fit=True)
    # The page is 8.27 in wide and a slip 1.95 in high: 100 and 24 units, so a square of 20 by 20.2 units.
    axes.imshow(
        np.array(code.get_matrix()),
        cmap="binary",
        extent=(74, 94, 2, 22.2),
        interpolation="nearest",
        aspect="auto",
    )
