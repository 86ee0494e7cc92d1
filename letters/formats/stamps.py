"""Where on a page a stamped mark may stand, each cut out for the recogniser without its frame.

Marks of secrecy and urgency are red, framed and about 8 mm high (Circular 24/2020/TT-BCA, annex; Decree 30/2020/
NĐ-CP, annex I); a copier makes them black. The recogniser reads neither framed nor tilted words, so each
candidate is unframed and levelled first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.formats import ink
from letters.formats.blobs import Blob, blobs

if TYPE_CHECKING:
    from PIL.Image import Image

    from letters.formats.blobs import Mask

_REDNESS = 45  # how far red must stand above green and blue, and above the paper's own tint, of 255
_CELL = 8  # pixels; red ink nearer than five cells belongs to one stamp
_MOST = 6  # candidates of each colour on a page
_SMALLEST, _HIGHEST, _WIDEST = 45, 420, 1300  # pixels at 300 dpi
_DARK = 130  # of 255


def red_marks(picture: Image) -> list[Image]:
    """Black on white, the upper ones first; `picture` is RGB near 300 dpi and the right way up."""
    mask = _red_mask(picture)
    if not mask.any():
        return []
    found = [box for box in _clusters(mask) if _could_be_mark(box)]
    return [_unframed(mask[top:bottom, left:right]) for left, top, right, bottom in sorted(found, key=_height)[:_MOST]]


def black_frames(picture: Image) -> list[Image]:
    """As `red_marks`: what stands inside hollow boxes of a stamp's size, in the upper half of the page."""
    import numpy as np

    top = picture.crop((0, 0, picture.width, picture.height // 2)).convert("L")
    mask = np.asarray(top) < _DARK
    frames = [blob.box for blob in blobs(mask) if _is_frame(blob)]
    return [_unframed(mask[y0:y1, x0:x1].copy()) for x0, y0, x1, y1 in sorted(frames, key=_height)[:_MOST]]


def _red_mask(picture: Image) -> Mask:
    import numpy as np
    from PIL import ImageChops, ImageFilter

    red, green, blue = picture.split()
    redness = ImageChops.subtract(red, ImageChops.lighter(green, blue)).filter(ImageFilter.MedianFilter(3))
    values = np.asarray(redness)
    tint = int(np.median(values[::16, ::16]))  # of the paper under a warm lamp
    return values > tint + _REDNESS


def _clusters(mask: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes around red ink that stands close together."""
    import numpy as np
    from PIL import Image, ImageFilter

    height, width = (side // _CELL * _CELL for side in mask.shape)
    cells = mask[:height, :width].reshape(height // _CELL, _CELL, width // _CELL, _CELL).sum(axis=(1, 3)) > _CELL
    near = np.asarray(Image.fromarray(cells).convert("L").filter(ImageFilter.MaxFilter(5))) > 0
    reach = 2
    boxes = [blob.box for blob in blobs(near)]
    return [
        (
            max(0, (x0 + reach - 1) * _CELL),
            max(0, (y0 + reach - 1) * _CELL),
            (x1 - reach + 1) * _CELL,
            (y1 - reach + 1) * _CELL,
        )
        for x0, y0, x1, y1 in boxes
    ]


def _could_be_mark(box: tuple[int, int, int, int]) -> bool:
    """A round seal is as high as wide; specks and signatures' shadows are small."""
    width, height = box[2] - box[0], box[3] - box[1]
    return _SMALLEST <= height <= _HIGHEST and 2 * _SMALLEST <= width <= _WIDEST and width > 1.15 * height


def _is_frame(blob: Blob) -> bool:
    x0, y0, x1, y1 = blob.box
    return _could_be_mark((x0, y0, x1, y1)) and blob.ink < 0.3 * (x1 - x0) * (y1 - y0) and x1 - x0 < 900


def _unframed(mask: Mask) -> Image:
    """The words alone: what spans the whole cut is a frame; then levelled, with a white margin."""
    import numpy as np
    from PIL import Image, ImageOps

    height, width = mask.shape
    for blob in blobs(mask):
        x0, y0, x1, y1 = blob.box
        if (x1 - x0 > 0.6 * width and (y1 - y0 > 0.6 * height or y1 - y0 < 0.2 * height)) or (
            y1 - y0 > 0.8 * height and x1 - x0 < 0.1 * width
        ):
            blob.erase_from(mask)
    words = Image.fromarray(np.where(mask, 0, 255).astype(np.uint8))
    levelled = ink.level(ImageOps.expand(words, 60, fill=255), steepest=12.0)
    return _sized(levelled)


def _sized(words: Image) -> Image:
    """Cropped to its ink and brought to the letter height that the recogniser knows best."""
    from PIL import Image, ImageOps

    box = ImageOps.invert(words).getbbox()
    if box is None:
        return words
    words = words.crop(box)
    factor = 60 / max(words.height, 1)
    size = (max(1, min(round(words.width * factor), 3000)), 60)
    return ImageOps.expand(words.resize(size, Image.Resampling.BICUBIC), 40, fill=255)


def _height(box: tuple[int, int, int, int]) -> int:
    return box[1]
