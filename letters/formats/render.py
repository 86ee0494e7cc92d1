"""Pictures of PDF pages, by pypdfium2, for the recogniser."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from letters.formats import scan
from letters.formats.errors import ExtractionError, MissingPackage
from letters.formats.page import Page

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

_DPI = 300
_NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD in pdfium's fpdfview.h
_MOST_LETTERS, _MOST_THINGS, _DEEPEST = 40_000, 30_000, 8  # on a page; forms inside forms
_MOST_PIXELS = 9_000_000  # a page declared larger than A3 is drawn coarser


def page_count(data: bytes, name: str) -> int:
    """Raises ExtractionError: password, broken."""
    document = _opened(data, name)
    try:
        return len(document)
    finally:
        document.close()


def is_crowded(data: bytes, index: int, name: str) -> bool:
    """Whether the page holds more letters or things drawn than any letter's: reading it would take a gigabyte."""
    from pypdfium2 import PdfiumError

    document = _opened(data, name)
    try:
        page = document[index]
        things = sum(1 for _ in islice(page.get_objects(max_depth=_DEEPEST), _MOST_THINGS + 1))
        return things > _MOST_THINGS or page.get_textpage().count_chars() > _MOST_LETTERS
    except PdfiumError:
        return False  # another parser may know better
    finally:
        document.close()


def recognise_page(data: bytes, index: int, name: str, layer: Page | None) -> Page:
    """The page by recognition; without a recogniser its text layer, if it has one, with a warning."""
    try:
        page = scan.recognise(_picture(data, index, name), name)
    except MissingPackage:
        if layer is None or len(layer.text) < 100:
            raise
        warning = (
            "Trang là ảnh quét; chữ lấy từ lớp chữ ẩn của máy quét, có thể sai. Cài: apt-get install tesseract-ocr-vie"
        )
        return Page(layer.text, "pdf", layer.marks, (warning,))
    return page


def with_stamps(data: bytes, index: int, name: str, page: Page) -> Page:
    """A page of text together with what its red stamps, which are pictures, say."""
    try:
        stamps = scan.red_stamps(_picture(data, index, name), name)
    except MissingPackage as error:
        warning = (
            f"Trang 1 có dấu đỏ mà máy chủ chưa đọc được ({error.details['command']}): đề nghị kiểm tra dấu chỉ độ mật."
        )
        return replace(page, warnings=(warning,))
    urgency = scan.urgency_of(stamps)
    text = "\n".join((*(mark for mark in urgency if mark not in page.text), page.text))
    return replace(page, text=text, marks=(*page.marks, "\n".join(stamps)))


def _opened(data: bytes, name: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        code = "password" if error.err_code == _NEEDS_PASSWORD else "broken"
        raise ExtractionError(code, name=name) from error


def _picture(data: bytes, index: int, name: str) -> Image:
    from pypdfium2 import PdfiumError

    document = _opened(data, name)
    try:
        page = document[index]
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        drawn = page.render(scale=scale)  # pyright: ignore[reportArgumentType]  hinted int, takes any number
        picture = drawn.to_pil()
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    except PdfiumError as error:
        raise ExtractionError("broken", name=name) from error
    finally:
        document.close()
