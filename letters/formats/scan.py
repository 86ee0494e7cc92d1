"""Scans and photos: recognition by tesseract, run as a program of its own through pipes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from letters.formats import columns, ink, layout, stamps
from letters.formats.errors import ExtractionError, MissingPackage
from letters.formats.limits import Limits
from letters.formats.page import Page, Pages, Word
from letters.formats.plain import clean
from letters.formats.plainest import letters_of

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS = 120  # for one run over one page; a usual one takes 1 to 5, on a busy machine many times that
_NOISE = 30.0  # confidence under which a single sign is dirt
_POOR = 70.0  # mean confidence, of 100, under which other ways are tried
_BLANK = 100.0  # how sure we are that a page without ink says nothing
_BORDER = 30  # pixels of white that the recogniser wants around a block
_BLOCK, _AUTO, _LINE, _ORIENTATION = "6", "3", "7", "0"  # page segmentation modes of tesseract
_URGENCY = ("HỎA TỐC HẸN GIỜ", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
_MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT", *_URGENCY)
_SHORTEST_MARK = 3
_POOR_PICTURE = "Ảnh mờ hoặc nghiêng, chữ nhận dạng có thể sai: đề nghị đối chiếu với bản gốc."


class _Reading(NamedTuple):
    """A picture, as it was turned and cut, with its words and how sure the recogniser is of them (0 to 100)."""

    picture: Image
    words: list[Word]
    confidence: float


def open_image(data: bytes, name: str, limits: Limits) -> Pages:
    """A photo, or a TIFF of several pages. Raises ExtractionError: broken, image_too_large, needs_package."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked with a sentence to it
    try:
        picture = Image.open(BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ExtractionError("broken", name=name) from error
    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if count > limits.scanned_pages:
        raise ExtractionError("too_many_scans", name=name, limit=limits.scanned_pages)
    return Pages(count, (recognise(_frame(data, index, name, limits), name) for index in range(count)))


def _frame(data: bytes, index: int, name: str, limits: Limits) -> Image:
    """One page; the picture as it was decoded is given up here."""
    from PIL import Image

    try:
        picture = Image.open(BytesIO(data))
        picture.seek(index)
        return ink.upright(picture, name, limits.pixels)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ExtractionError("broken", name=name) from error


def recognise(picture: Image, name: str) -> Page:
    """The text of one RGB picture near 300 dpi, whichever side is up, and the words of its stamps.

    Raises MissingPackage, ExtractionError timed_out.
    """
    best = _read_best(picture, name)
    text, blocks = layout.read_page(best.words)
    marks = (*red_stamps(best.picture, name), *black_stamps(best.picture, name))
    text = "\n".join((*urgency_of(marks), text))
    poor = (_POOR_PICTURE,) if best.confidence < _POOR else ()
    return Page(clean(text), "ocr", ("\n".join(blocks), "\n".join(marks)), poor)


def red_stamps(picture: Image, name: str) -> tuple[str, ...]:
    """What the red stamps of the picture say, marks of secrecy and urgency spelled properly."""
    return _stamps(stamps.red_marks(picture), 1, name)


def black_stamps(picture: Image, name: str) -> tuple[str, ...]:
    """As `red_stamps`, of the framed marks in the upper half of a copy without colour."""
    return _stamps(stamps.black_frames(picture), 0, name)


def urgency_of(marks: tuple[str, ...]) -> tuple[str, ...]:
    """The highest urgency mark among them, if any."""
    return next(((mark,) for mark in _URGENCY if mark in marks), ())


def _stamps(candidates: list[Image], slips: int, name: str) -> tuple[str, ...]:
    read = (" ".join(word.text for word, _ in _words(cut, _LINE, name)) for cut in candidates)
    return tuple(_spelled(text, slips) for text in read if text)


def _spelled(text: str, slips: int) -> str:
    """The known mark that this is, allowing so many wrong letters (more in long ones); else the text itself."""
    from rapidfuzz.distance import Levenshtein

    key = letters_of(text)
    for mark in _MARKS:
        wanted = letters_of(mark)
        if len(key) >= _SHORTEST_MARK and Levenshtein.distance(key, wanted) <= slips + (len(wanted) > 5):
            return mark
    return text


def _read_best(picture: Image, name: str) -> _Reading:
    """The surest of several readings: as it lies, the other way up, without the table around it, as a full page."""
    best = _reading(picture, name)
    if best.confidence < _POOR:
        angle = _quarter_turns(best.picture, name)
        if angle:
            best = max(best, _reading(best.picture.rotate(-angle, expand=True), name), key=_sureness)
    if best.confidence < _POOR:
        sheet = ink.sheet_of(best.picture)
        if sheet is not best.picture:
            best = max(best, _reading(sheet, name), key=_sureness)
    if best.confidence < _POOR:
        whole = _words(ink.black_text(best.picture), _AUTO, name)
        best = max(best, _Reading(best.picture, *_weighed(whole)), key=_sureness)
    return best


def _reading(picture: Image, name: str) -> _Reading:
    """Block by block: each heading column, the text, each column at the end."""
    grey = ink.black_text(picture)
    found = [word for box in columns.blocks(grey) for word in _words_within(grey, box, name)]
    return _Reading(picture, *_weighed(found))


def _words_within(grey: Image, box: columns.Box, name: str) -> Iterator[tuple[Word, float]]:
    from PIL import ImageOps

    right, down = box[0] - _BORDER, box[1] - _BORDER
    for word, sure in _words(ImageOps.expand(grey.crop(box), _BORDER, fill=255), _BLOCK, name):
        yield Word(word.text, word.x0 + right, word.x1 + right, word.top + down, word.bottom + down), sure


def _weighed(found: list[tuple[Word, float]]) -> tuple[list[Word], float]:
    return [word for word, _ in found], fmean(sure for _, sure in found) if found else _BLANK


def _sureness(reading: _Reading) -> float:
    return reading.confidence


def _quarter_turns(picture: Image, name: str) -> int:
    """By how many degrees, clockwise, the page lies turned: 0, 90, 180 or 270."""
    found = re.search(r"Rotate: (\d+)", _tesseract(ink.black_text(picture), _ORIENTATION, name))
    return int(found.group(1)) if found else 0


def _words(grey: Image, mode: str, name: str) -> list[tuple[Word, float]]:
    """The words with their boxes, and how sure the recogniser is of each (0 to 100)."""
    found: list[tuple[Word, float]] = []
    for line in _tesseract(grey, mode, name, "tsv").splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        text, sure = fields[11].strip(), float(fields[10])
        if sure >= _NOISE or len(text) > 1:
            left, top, width, height = map(int, fields[6:10])
            found.append((Word(text, left, left + width, top, top + height), sure))
    return found


def _tesseract(grey: Image, mode: str, name: str, *options: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise MissingPackage("tesseract-ocr tesseract-ocr-vie", name)
    language = "osd" if mode == _ORIENTATION else "vie"
    pixels = BytesIO()
    grey.save(pixels, "PPM")
    command = [program, "stdin", "stdout", "-l", language, "--psm", mode, "--dpi", "300", *options]
    try:
        done = subprocess.run(command, input=pixels.getvalue(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  fixed program and options
    except subprocess.TimeoutExpired as error:
        raise ExtractionError("timed_out", name=name, seconds=_SECONDS) from error
    if done.returncode and b"loading language" in done.stderr and language == "vie":
        raise MissingPackage("tesseract-ocr-vie", name)
    return done.stdout.decode("utf-8", "replace")
