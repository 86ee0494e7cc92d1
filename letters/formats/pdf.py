"""PDF: the text layer page by page, ruled tables row by row, and recognition of the pages that are pictures."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from letters.formats import layout, render
from letters.formats.errors import ExtractionError
from letters.formats.limits import Limits
from letters.formats.page import Page, Pages, Word
from letters.formats.plain import clean
from letters.text import fonts

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.pdf import PDF

_FEW_LETTERS = 20  # a page with less text than this is a picture with a stamp or page number of its own
_MOST = 0.6  # a picture over this share of the page is the page: its text layer is some scanner's guess
_MOST_UNKNOWN = 0.1  # share of letters without a name over which the page is better recognised than read
_BIG_TABLE = 3  # columns: fewer are a layout, such as the heading's two


def open_pdf(data: bytes, name: str, limits: Limits) -> Pages:
    """Raises ExtractionError: password, broken, too_many_pages; while reading also too_many_scans, needs_package."""
    count = render.page_count(data, name)
    if count > limits.pages:
        raise ExtractionError("too_many_pages", name=name, pages=count, limit=limits.pages)
    return Pages(count, _pages(data, name, limits, count))


def _pages(data: bytes, name: str, limits: Limits, count: int) -> Iterator[Page]:
    scans = 0
    with _opened(data, name) as pdf:
        for index in range(count):
            page = None if render.is_crowded(data, index, name) else _text_page(pdf, index)
            if page is None or _is_picture(page):
                scans += 1
                if scans > limits.scanned_pages:
                    raise ExtractionError("too_many_scans", name=name, limit=limits.scanned_pages)
                yield render.recognise_page(data, index, name, _read(page) if page else None)
            else:
                yield render.with_stamps(data, index, name, _read(page)) if index == 0 else _read(page)
            if page:
                page.close()


def _opened(data: bytes, name: str) -> PDF:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return pdfplumber.open(BytesIO(data), unicode_norm=None)
    except PdfminerException as error:
        raise ExtractionError("broken", name=name) from error


def _text_page(pdf: PDF, index: int) -> PlumberPage | None:
    """The page with its text parsed, or None where only the renderer can make sense of it."""
    try:
        page = pdf.pages[index]
        _ = page.chars
    except MemoryError:
        raise
    except Exception:  # the parser raises whatever a broken page makes it stumble over: let the picture decide
        return None
    return page


def _is_picture(page: PlumberPage) -> bool:
    letters = [char["text"] for char in page.chars if not char["text"].isspace()]
    unknown = sum(map(_is_unknown, letters))
    if len(letters) - unknown < _FEW_LETTERS or unknown > _MOST_UNKNOWN * len(letters):
        return True
    area = float(page.width * page.height) or 1.0
    return any(_visible_area(image, page) > _MOST * area for image in page.images)


def _is_unknown(letter: str) -> bool:
    """A glyph whose font does not say which letter it draws."""
    return letter.startswith("(cid:")


def _visible_area(image: dict[str, Any], page: PlumberPage) -> float:
    width = min(image["x1"], page.width) - max(image["x0"], 0)
    height = min(image["bottom"], page.height) - max(image["top"], 0)
    return float(max(width, 0) * max(height, 0))


def _read(page: PlumberPage) -> Page:
    tables = [table for table in page.find_tables() if len(table.rows[0].cells) >= _BIG_TABLE and len(table.rows) > 1]
    known = page.filter(lambda thing: not _is_unknown(thing.get("text", "")))
    words = [_word(found) for found in known.extract_words(extra_attrs=["fontname"], keep_blank_chars=False)]
    for table in tables:
        x0, top, x1, bottom = table.bbox
        inside = [word for word in words if x0 <= word.x0 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom]
        if inside:
            words = [word for word in words if word not in inside]
            words += _rows_as_words(table, inside)
    text, blocks = layout.read_page(words)
    return Page(clean(text), "pdf", (clean("\n".join(blocks)),))


def _word(found: dict[str, Any]) -> Word:
    text = fonts.from_font(found["text"], found["fontname"])
    return Word(text, found["x0"], found["x1"], found["top"], found["bottom"])


def _rows_as_words(table: Any, inside: list[Word]) -> list[Word]:
    """Each row of the table as one line, its cells apart by bars, so that who and when stay beside what."""
    lines: list[Word] = []
    for row in table.rows:
        cells = [layout.read_page(_within(inside, cell))[0].replace("\n", " ") for cell in row.cells if cell]
        x0, top, x1, bottom = row.bbox
        middle, half = (top + bottom) / 2, min(bottom - top, 10) / 2
        if any(cells):
            lines.append(Word(" | ".join(cells), x0, x1, middle - half, middle + half))
    return lines


def _within(words: list[Word], box: tuple[float, float, float, float]) -> list[Word]:
    x0, top, x1, bottom = box
    return [
        word for word in words if x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom
    ]
