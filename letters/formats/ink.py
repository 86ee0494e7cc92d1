"""A picture of a page → black text on white, level and evenly lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.formats.errors import ExtractionError

if TYPE_CHECKING:
    from PIL.Image import Image, Resampling

_REDNESS = 30  # how far red ink stands above green and blue, of 255
_PALE = 105  # brightness over which a pixel in or beside a stamp is not black
_PAPER = 235  # brightness from which on a pixel is blank paper
_MOST_PIXELS = 9_000_000  # of a page that is recognised: A4 at 300 dpi
_MOST_DECODED = 120_000_000  # bytes of a picture that cannot be read smaller, as a JPEG can
_BYTES = {"L": 1, "1": 2, "P": 5, "I;16": 6}  # a pixel takes, its copy on the way to RGB included; else 4
_BAND = 512  # rows of a picture that is made smaller
_STRIP = 128  # rows worked at together: a whole page in floating point takes 140 MB
_LONG_SIDE = 3400  # pixels of an A4 page at about 300 dpi
_SHORTEST_LONG_SIDE = 2400  # smaller pictures (chat services shrink photos to 1280) are enlarged


def upright(picture: Image, name: str, most_pixels: int) -> Image:
    """The picture as RGB, turned as the camera says, near 300 dpi; it is given up on the way, as it may be large.

    Raises ExtractionError image_too_large.
    """
    from PIL import Image, ImageOps

    pixels, million = picture.width * picture.height, 1_000_000
    most = most_pixels
    share = _SHORTEST_LONG_SIDE / max(picture.size)
    if pixels <= most and not picture.draft("RGB", (int(picture.width * share), int(picture.height * share))):
        most = min(most, _MOST_DECODED // _BYTES.get(picture.mode, 4))  # no JPEG: it is decoded as it is
    if pixels > most:
        raise ExtractionError("image_too_large", name=name, pixels=-(-pixels // million), limit=most // million)
    ImageOps.exif_transpose(picture, in_place=True)
    times = max(picture.size) // _LONG_SIDE
    if times > 1 and picture.mode in {"L", "RGB", "RGBA", "CMYK"}:
        picture = _instead(picture, picture.reduce(times))  # before anything makes a copy of it
    if picture.mode in {"RGBA", "LA", "P", "PA"}:
        picture = _instead(picture, _on_white(picture))
    if picture.mode not in {"L", "RGB"}:
        picture = _instead(picture, picture.convert("RGB"))
    longest, pixels = max(picture.size), picture.width * picture.height
    if not _SHORTEST_LONG_SIDE <= longest <= _LONG_SIDE * 1.1 or pixels > _MOST_PIXELS:
        factor = min(_LONG_SIDE / longest, (_MOST_PIXELS / pixels) ** 0.5, 3.0)
        kind = Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX
        picture = _instead(picture, _resized(picture, factor, kind))
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _instead(old: Image, new: Image) -> Image:
    if new is not old:
        old.close()
    return new


def _resized(picture: Image, factor: float, kind: Resampling) -> Image:
    """Made smaller in bands: in one piece a copy of half its size stands beside it."""
    from PIL import Image

    width, height = (max(1, round(side * factor)) for side in picture.size)
    if factor > 1:
        return picture.resize((width, height), kind)
    made = Image.new(picture.mode, (width, height))
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        part = (0.0, top * picture.height / height, float(picture.width), bottom * picture.height / height)
        made.paste(picture.resize((width, bottom - top), kind, box=part), (0, top))
    return made


def black_text(picture: Image) -> Image:
    """Grey picture without red stamps and with pale blue signatures, lit evenly, its lines level.

    Black that shows through a stamp stays: there the red channel is dark as well.
    """
    from PIL import ImageChops, ImageFilter

    red, green, blue = picture.split()
    brightest = _evenly_lit(ImageChops.lighter(ImageChops.lighter(red, green), blue))
    stamped = ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(_over(_REDNESS))
    pale = brightest.point(_over(_PALE))
    brightest.paste(255, mask=ImageChops.darker(stamped.filter(ImageFilter.MaxFilter(5)), pale))
    return level(brightest.point([min(255, value * 255 // _PAPER) for value in range(256)]))


def level(grey: Image, steepest: float = 5.0) -> Image:
    """The picture turned, by so many degrees at most, until its lines of text are level."""
    from PIL import Image

    angle = _slope(grey, steepest)
    if abs(angle) < 0.15:
        return grey
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def sheet_of(picture: Image) -> Image:
    """Without the table around the sheet: cut to the largest bright patch, where that looks like a sheet.

    Only for pictures that read badly: in a shadow the bright patch is half of the letter.
    """
    import numpy as np
    from PIL import Image

    from letters.formats.blobs import blobs

    factor = max(picture.size) / 200
    small = picture.convert("L").resize(
        (max(1, round(picture.width / factor)), max(1, round(picture.height / factor))), Image.Resampling.BOX
    )
    values = np.asarray(small)
    dark, bright = np.percentile(values, (5, 95))
    if bright - dark < 60:
        return picture
    sheet = max(blobs(values > (dark + bright) / 2), key=lambda blob: blob.ink)
    left, top, right, bottom = sheet.box
    area = (right - left) * (bottom - top)
    if not 0.3 < area / values.size < 0.92 or sheet.ink < 0.75 * area:
        return picture
    return picture.crop((int(left * factor), int(top * factor), round(right * factor), round(bottom * factor)))


def _over(limit: int) -> list[int]:
    return [255 if value > limit else 0 for value in range(256)]


def _on_white(picture: Image) -> Image:
    from PIL import Image

    layered = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)


def _evenly_lit(grey: Image) -> Image:
    """Divides by the paper's own brightness, so that a shadow is not taken for ink."""
    import numpy as np
    from PIL import Image, ImageFilter

    small = grey.resize((max(1, grey.width // 16), max(1, grey.height // 16)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    ground = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR))
    values = np.asarray(grey)
    lit = np.empty_like(values)
    for top in range(0, grey.height, _STRIP):
        rows = slice(top, top + _STRIP)
        factors = 255.0 / np.maximum(ground[rows].astype(np.float32), 40.0)
        lit[rows] = np.minimum(values[rows].astype(np.float32) * factors, 255.0).astype(np.uint8)
    return Image.fromarray(lit)


def _slope(grey: Image, steepest: float) -> float:
    """By how many degrees to turn the page: where its rows of ink are most distinct."""
    from PIL import Image

    factor = min(1.0, 900 / max(grey.size))
    small = grey.resize((max(1, round(grey.width * factor)), max(1, round(grey.height * factor))), Image.Resampling.BOX)
    ink = small.point([255 - value if value < 200 else 0 for value in range(256)])
    steps = range(-round(2 * steepest), round(2 * steepest) + 1)
    rough = max((step / 2 for step in steps), key=lambda angle: _distinctness(ink, angle))
    return max((rough + step / 10 for step in range(-4, 5)), key=lambda angle: _distinctness(ink, angle))


def _distinctness(ink: Image, angle: float) -> float:
    import numpy as np
    from PIL import Image

    rows = np.asarray(ink.rotate(angle, Image.Resampling.BILINEAR), dtype=np.float32).sum(axis=1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())
