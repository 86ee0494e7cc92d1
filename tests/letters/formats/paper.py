"""A letter on paper for the tests: the same lines at the same places as text, .docx, .pdf, scan or photo.

All people, bodies and numbers are invented.
"""

from __future__ import annotations

import ctypes
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
import matplotlib
import pypdfium2
import pypdfium2.raw as pdfium
from docx.document import Document
from docx.table import Table
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
WIDTH, HEIGHT, MARGIN = 595, 842, 60  # points of A4
_BODY, _SMALL = 12.0, 10.0
_RED = (205, 30, 45)


class Item(NamedTuple):
    """A line of text: its left end and baseline in points from the top left, its size in points."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Letter:
    """The blocks of a letter. `stamp` is a red mark in the heading."""

    left: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG MÂY", "Số: 417/UBND-KGVX", "V/v chuyển đổi số năm 2026")
    right: tuple[str, ...] = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sông Mây, ngày 12 tháng 02 năm 2026",
    )
    body: tuple[str, ...] = (
        "Kính gửi: Các sở, ban, ngành; UBND các xã, phường.",
        "Thực hiện Kế hoạch số 31/KH-UBND ngày 09/01/2026 của UBND tỉnh, Chủ tịch UBND tỉnh có ý kiến như sau:",
        "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát kinh phí, báo cáo UBND tỉnh trước ngày 20/3/2026.",
        "2. Giao Sở Khoa học và Công nghệ chủ trì, phối hợp với Công an tỉnh hướng dẫn các xã, phường; "
        "hoàn thành chậm nhất ngày 31/3/2026.",
        "3. UBND các xã, phường khẩn trương tổ chức thực hiện./.",
    )
    end_left: tuple[str, ...] = ("Nơi nhận:", "- Như trên;", "- Thường trực Tỉnh ủy (b/c);", "- Lưu: VT, KGVX.")
    end_right: tuple[str, ...] = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Trần Văn Mẫu")
    stamp: str = ""
    height: int = HEIGHT

    @property
    def text(self) -> str:
        """As the reader wishes it: left block, right block, body, left block, right block."""
        return "\n".join(filter(None, (*self.left, *self.right, *self.body, *self.end_left, *self.end_right)))


def as_pdf(letter: Letter) -> bytes:
    """A PDF with a text layer."""
    document = pypdfium2.PdfDocument.new()
    raw = (_FONTS / "DejaVuSerif.ttf").read_bytes()
    font = pdfium.FPDFText_LoadFont(
        document, (ctypes.c_uint8 * len(raw)).from_buffer_copy(raw), len(raw), pdfium.FPDF_FONT_TRUETYPE, True
    )
    for items in placed(letter):
        page = document.new_page(WIDTH, letter.height)
        for item in items:
            thing = pdfium.FPDFPageObj_CreateTextObj(document, font, item.size)
            encoded = (item.text + "\0").encode("utf-16-le")
            pdfium.FPDFText_SetText(thing, ctypes.cast(ctypes.c_char_p(encoded), pdfium.FPDF_WIDESTRING))
            pdfium.FPDFPageObj_Transform(thing, 1, 0, 0, 1, item.x, letter.height - item.y)
            pdfium.FPDFPage_InsertObject(page, thing)
        if letter.stamp:
            _put_picture(document, page, _stamp(letter.stamp, 0.0), letter.height)
        page.gen_content()
    return _saved(document)


@cache
def as_scan(
    letter: Letter, *, noise: int = 12, tilt: float = 0.4, seal: bool = True, stamp_tilt: float = 4.0
) -> list[Image.Image]:
    """The pages as a scanner at 300 dpi sees them: specks, a small tilt, a red seal over the signature."""
    return [_scanned(items, letter, noise, tilt, seal, stamp_tilt) for items in placed(letter)]


@cache
def as_photo(letter: Letter) -> Image.Image:
    """The first page as a phone takes it: uneven light, shrunk as chat services do."""
    page = as_scan(letter)[0]
    shade = Image.linear_gradient("L").resize(page.size).point([150 + value * 105 // 255 for value in range(256)])
    dark = Image.new("RGB", page.size, (40, 40, 40))
    lit = Image.composite(page, dark, shade)
    return lit.resize((page.width * 1600 // page.height, 1600))


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def scan_pdf(pages: list[Image.Image]) -> bytes:
    """A PDF of pictures only, as office scanners make them."""
    out = BytesIO()
    pages[0].save(out, "PDF", resolution=300, save_all=True, append_images=pages[1:], quality=80)
    return out.getvalue()


def as_searchable_scan(seen: Letter, hidden: Letter) -> bytes:
    """A scan over a text layer that says something else, as scanners with a poor recogniser of their own make."""
    document = pypdfium2.PdfDocument(as_pdf(hidden))
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(BytesIO(saved(as_scan(seen)[0], "JPEG", quality=85)))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(WIDTH, seen.height))
    page = document[0]
    page.insert_obj(picture)
    page.gen_content()
    return _saved(document)


def as_docx(letter: Letter) -> bytes:
    """A Word file with the heading and the end in tables, as every office's template has them."""
    document = docx.Document()
    half = len(letter.left) // 2
    heading = document.add_table(2, 2)
    fill(heading, (letter.left[:half], letter.right[:2]), (letter.left[half:], letter.right[2:]))
    for line in letter.body:
        document.add_paragraph(line)
    fill(document.add_table(1, 2), (letter.end_left, letter.end_right))
    return saved_docx(document)


def fill(table: Table, *rows: tuple[tuple[str, ...], ...]) -> None:
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, lines in zip(row.cells, cells, strict=True):
            cell.text = "\n".join(lines)


def saved_docx(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def placed(letter: Letter) -> Iterator[list[Item]]:
    """Every line at its place, page by page; the columns stand as Decree 30/2020 draws them."""
    items = [*_centred(letter.left, 60, 250, 60, _SMALL), *_centred(letter.right, 270, 545, 60, _SMALL)]
    y = 62 + 16.0 * max(len(letter.left), len(letter.right)) + (60 if letter.stamp else 24)
    number = 1
    for line in (line for paragraph in letter.body for line in _wrapped(paragraph, _BODY)):
        if y > letter.height - MARGIN:
            yield items
            number += 1
            items, y = [Item(WIDTH / 2, 40, _SMALL, str(number))], 80.0
        items.append(Item(MARGIN, y, _BODY, line))
        y += 17
    y += 20
    if y + 16 * 6 > letter.height - 40:
        yield items
        items, y = [], 80.0
    items += [Item(MARGIN, y + 13 * at, _SMALL, line) for at, line in enumerate(letter.end_left)]
    items += _centred(letter.end_right, 330, 545, y - 4, _BODY)
    yield items


def _centred(lines: tuple[str, ...], x0: float, x1: float, y: float, size: float) -> list[Item]:
    step = size * 1.6
    return [Item((x0 + x1 - _wide(line, size)) / 2, y + step * at, size, line) for at, line in enumerate(lines) if line]


def _wrapped(paragraph: str, size: float) -> Iterator[str]:
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}".strip()
        if _wide(longer, size) > WIDTH - 2 * MARGIN:
            yield line
            line = word
        else:
            line = longer
    yield line


def _wide(text: str, size: float) -> float:
    return _font(100).getlength(text) * size / 100


@cache
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / ("DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf")), size)


def _scanned(items: list[Item], letter: Letter, noise: int, tilt: float, seal: bool, stamp_tilt: float) -> Image.Image:
    scale = 300 / 72
    page = Image.new("RGB", (round(WIDTH * scale), round(letter.height * scale)), (250, 249, 246))
    draw = ImageDraw.Draw(page)
    for item in items:
        draw.text(
            (item.x * scale, item.y * scale), item.text, (25, 25, 30), _font(round(item.size * scale)), anchor="ls"
        )
    if seal and any(item.text in letter.end_right for item in items):
        page = ImageChops.multiply(page, _seal(page.size, scale, max(item.y for item in items)))
    if letter.stamp:
        ink = Image.new("RGB", page.size, "white")
        mark = _stamp(letter.stamp, stamp_tilt)
        ink.paste(mark, (round(95 * scale), round(132 * scale)), mark)
        page = ImageChops.multiply(page, ink)
    page = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=(250, 249, 246))
    page = page.filter(ImageFilter.GaussianBlur(0.8))
    return _specked(page, noise)


def _seal(size: tuple[int, int], scale: float, y: float) -> Image.Image:
    """Red ink lets what is black under it through."""
    ink = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(ink)
    x, middle, radius = 390 * scale, (y - 25) * scale, 50 * scale
    for ring in (radius, radius * 0.68):
        draw.ellipse((x - ring, middle - ring, x + ring, middle + ring), outline=_RED, width=10)
    draw.text((x, middle), "SÔNG MÂY", _RED, _font(60, True), anchor="mm")
    return ink


def _stamp(text: str, tilt: float) -> Image.Image:
    """About 8 mm high, as Circular 24/2020/TT-BCA draws them, in pixels at 300 dpi."""
    font = _font(62, True)
    box = (round(font.getlength(text)) + 50, 100)
    mark = Image.new("RGBA", box, (255, 255, 255, 0))
    draw = ImageDraw.Draw(mark)
    draw.rectangle((4, 4, box[0] - 5, box[1] - 5), outline=_RED, width=6)
    draw.text((box[0] / 2, box[1] / 2), text, _RED, font, anchor="mm")
    return mark.rotate(tilt, Image.Resampling.BICUBIC, expand=True)


def _specked(page: Image.Image, noise: int) -> Image.Image:
    if not noise:
        return page
    dice = random.Random(7)
    grain = Image.frombytes("L", (512, 512), dice.randbytes(512 * 512)).point(
        [value * noise // 255 for value in range(256)]
    )
    cover = Image.new("L", page.size)
    for x in range(0, page.width, 512):
        for y in range(0, page.height, 512):
            cover.paste(grain, (x, y))
    dark = Image.merge("RGB", (cover, cover, cover))
    return ImageChops.subtract(page, dark)


def _put_picture(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, mark: Image.Image, height: int) -> None:
    white = Image.new("RGBA", mark.size, "white")
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(BytesIO(saved(Image.alpha_composite(white, mark).convert("RGB"), "JPEG", quality=90)))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(mark.width / 4, mark.height / 4).translate(95, height - 165))
    page.insert_obj(picture)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def from_text(text: str) -> Letter:
    """A sample letter of the product, laid out on paper: its heading's columns are apart by four spaces or more."""
    head, *rest = re.split(r"\n(?=Kính gửi)", text.replace("\t", "    "), maxsplit=1)
    body, _, end = rest[0].partition("Nơi nhận:")
    columns = [re.split(r" {4,}", line.strip(), maxsplit=1) for line in head.splitlines() if line.strip()]
    left, _, right = end.strip("\n").partition("\n\n")
    if not right.strip():  # two columns here too
        pairs = [(*re.split(r" {4,}", line.rstrip(), maxsplit=1), "")[:2] for line in left.splitlines()]
        left, right = ("\n".join(filter(None, side)) for side in zip(*pairs, strict=True))
    return Letter(
        left=tuple(pair[0] for pair in columns),
        right=tuple(pair[1] for pair in columns if len(pair) > 1),
        body=tuple(line for line in body.splitlines() if line.strip()),
        end_left=("Nơi nhận:", *left.strip().splitlines()),
        end_right=tuple(line.strip() for line in right.splitlines() if line.strip()),
    )
