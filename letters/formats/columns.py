"""Where a page in black and white falls into columns: at its top (the heading) and its foot (the signature).

The recogniser reads one column at a time well and two side by side badly: their lines rarely stand level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from letters.formats.blobs import Mask

Box = tuple[int, int, int, int]

_CELL = 8  # pixels at 300 dpi
_DARK = 140  # of 255
_GUTTER = 4  # cells of white between the columns, about 3 mm
_FEWEST_LINES = 2  # of each column
_HEADING, _FOOT = 0.5, 0.6  # share of the page's height that either may take
_MIDDLE = (0.2, 0.8)  # share of its width where their gutter can lie


def blocks(grey: Image) -> list[Box]:
    """Boxes in pixels, in reading order, that together hold all ink: one to five of them."""
    ink = _cells(grey)
    rows = _rows(ink)
    if not rows.size:
        return []
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    head, head_gutter = _run(ink[top : top + int(_HEADING * len(ink))])
    foot, foot_gutter = _run(ink[top + head : bottom][::-1][: int(_FOOT * len(ink))])
    lines = (0, _in_white(rows, top + head), _in_white(rows, bottom - foot), len(ink))
    parts = [
        *_split(lines[0], lines[1], head_gutter, ink.shape[1]),
        (0, lines[1], ink.shape[1], lines[2]),
        *_split(lines[2], lines[3], foot_gutter, ink.shape[1]),
    ]
    return [_pixels(part, grey) for part in parts if _inked(ink, part)]


def _rows(ink: Mask) -> NDArray[np.intp]:
    """Indexes of the rows with ink."""
    import numpy as np

    return np.flatnonzero(ink.any(axis=1))


def _cells(grey: Image) -> Mask:
    import numpy as np

    dark = np.asarray(grey) < _DARK
    height, width = (side // _CELL * _CELL for side in dark.shape)
    return dark[:height, :width].reshape(height // _CELL, _CELL, width // _CELL, _CELL).sum(axis=(1, 3)) > 2


def _run(ink: Mask) -> tuple[int, int]:
    """How many rows from the first on keep one gutter clear with lines on both its sides, and its middle column.

    Goes by whole bands of inked rows: half a line has room for a gutter between its accents.
    """
    import numpy as np

    covered = np.zeros(ink.shape[1], dtype=np.bool_)
    best = (0, 0)
    for start, end in _bands(ink):
        covered |= ink[start:end].any(axis=0)
        gutter = _gutter(covered)
        if gutter:
            best = (end, gutter)
    rows, gutter = best
    sides = (ink[:rows, :gutter], ink[:rows, gutter:])
    return best if min(len(_bands(side)) for side in sides) >= _FEWEST_LINES else (0, 0)


def _bands(ink: Mask) -> list[tuple[int, int]]:
    """Stretches of inked rows: lines of text, or several where columns stand out of step."""
    import numpy as np

    edges = np.diff(np.pad(ink.any(axis=1), 1).astype(np.int8))
    return list(zip((edges == 1).nonzero()[0].tolist(), (edges == -1).nonzero()[0].tolist(), strict=True))


def _gutter(covered: NDArray[np.bool_]) -> int:
    """The middle of the widest clear stretch between ink, near the middle of the page; 0 for none."""
    inked = covered.nonzero()[0]
    gaps = inked[1:] - inked[:-1] - 1
    middles = (inked[1:] + inked[:-1]) // 2
    low, high = (share * len(covered) for share in _MIDDLE)
    gaps = gaps * ((middles > low) & (middles < high))
    if not gaps.size or gaps.max() < _GUTTER:
        return 0
    return int(middles[gaps.argmax()])


def _in_white(rows: NDArray[np.intp], border: int) -> int:
    """The border moved to the middle of the white it lies in."""
    above, below = rows[rows < border], rows[rows >= border]
    if not above.size or not below.size:
        return border
    return (int(above[-1]) + int(below[0]) + 1) // 2


def _split(top: int, bottom: int, gutter: int, width: int) -> list[Box]:
    return [(0, top, gutter, bottom), (gutter, top, width, bottom)] if bottom > top else []


def _inked(ink: Mask, part: Box) -> bool:
    left, top, right, bottom = part
    return bool(ink[top:bottom, left:right].any())


def _pixels(part: Box, grey: Image) -> Box:
    left, top, right, bottom = (edge * _CELL for edge in part)
    return left, top, min(right + _CELL, grey.width), min(bottom + _CELL, grey.height)
