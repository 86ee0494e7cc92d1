"""Word documents (.docx): body, tables, text boxes, headers and footers, and the numbers of automatic lists.

The XML is walked directly: python-docx leaves out tracked insertions, content controls, text boxes and list
numbers, and all of these occur in the drafts that offices send round.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from letters.formats.errors import ExtractionError
from letters.formats.limits import Limits
from letters.formats.numbering import Numbering
from letters.formats.ooxml import W, value
from letters.formats.package import Package
from letters.formats.page import Page, Pages
from letters.formats.plain import clean
from letters.formats.plainest import letters_of
from letters.text import fonts

if TYPE_CHECKING:
    from letters.formats.ooxml import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    {
        *(W + name for name in ("del", "moveFrom", "instrText", "delText", "footnoteReference", "rPr", "pPr")),
        _MC + "Fallback",
    }
)
_LEAVES = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_LAYOUT_COLUMNS = 2  # a table of two columns is the heading or the end of a letter; of more, a list
_MOST_NESTING = 12


def open_docx(data: bytes, name: str, limits: Limits) -> Pages:
    """A .docx knows no pages: it is one. Raises as Package."""
    return Pages(1, _one(Package(data, name, limits), name, limits))


def _one(package: Package, name: str, limits: Limits) -> Iterator[Page]:
    styles, lists = package.part("word/styles.xml"), package.part("word/numbering.xml")
    reader = _Reader(Numbering(lists, styles), _style_fonts(styles))
    body: list[str] = []
    length = 0
    for element in package.blocks("word/document.xml"):
        lines = list(reader.block(element))
        body += lines
        length += sum(map(len, lines))
        if length > limits.characters:
            raise ExtractionError("too_long", name=name, limit=limits.characters)
    above = _margins(package, "word/header")
    below = _margins(package, "word/footer")
    yield Page(clean("\n".join((*above, *body, *below))), "docx")


def _margins(package: Package, prefix: str) -> list[str]:
    """What headers or footers say, each line once, page numbers left out."""
    lines: dict[str, None] = {}
    for path in package.paths(prefix):
        root = package.part(path)
        if root is not None:
            lines.update(dict.fromkeys(_Reader(Numbering(None, None), {}).blocks(root)))
    return [line for line in lines if letters_of(line) not in {"", "PAGE", "TRANG", "TRANGOF"}]


def _style_fonts(styles: Element | None) -> dict[str, str]:
    """Style id → the font it sets, the document's default font under the empty id."""
    if styles is None:
        return {}
    found = {"": _font_of(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) or ""}
    for style in styles.iterfind(W + "style"):
        found[style.get(W + "styleId", "")] = _font_of(style.find(W + "rPr")) or ""
        if style.get(W + "default") == "1" and style.get(W + "type") == "paragraph":
            found[""] = _font_of(style.find(W + "rPr")) or found[""]
    return found


def _font_of(properties: Element | None) -> str | None:
    fonts_set = properties.find(W + "rFonts") if properties is not None else None
    return None if fonts_set is None else fonts_set.get(W + "ascii") or fonts_set.get(W + "hAnsi")


class _Reader:
    """Walks the XML once, top to bottom: list numbers count as they are met."""

    def __init__(self, numbering: Numbering, style_fonts: dict[str, str]) -> None:
        self._numbering = numbering
        self._style_fonts = style_fonts

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[str]:
        """The lines of all paragraphs and tables under this element, in order."""
        for child in parent.iterchildren(tag=None):
            yield from self.block(child, depth)

    def block(self, child: Element, depth: int = 0) -> Iterator[str]:
        """The lines of one of them."""
        if child.tag == W + "p":
            yield from self._paragraph(child, depth)
        elif child.tag == W + "tbl":
            yield from self._table(child, depth)
        elif child.tag not in _SKIPPED and depth < _MOST_NESTING and len(child):
            yield from self.blocks(child, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[str]:
        rows = [list(self._cells(row, depth)) for row in table.iter(W + "tr") if _own_row(row, table)]
        if max((sum(map(bool, row)) for row in rows), default=0) <= _LAYOUT_COLUMNS or _is_letter_frame(rows):
            yield from (line for row in rows for cell in row for line in cell)
        else:
            yield from (" | ".join(" ".join(cell).replace("\n", " ") for cell in row).strip(" |") for row in rows)

    def _cells(self, row: Element, depth: int) -> Iterator[list[str]]:
        for cell in row.iter(W + "tc"):
            if next(cell.iterancestors(W + "tr")) is row and depth < _MOST_NESTING:
                yield [line for line in self.blocks(cell, depth + 1) if line.strip()]

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        for box in _text_boxes(paragraph):
            if depth < _MOST_NESTING:
                yield from self.blocks(box, depth + 1)
        style = value(paragraph, f"{W}pPr/{W}pStyle") or ""
        font = self._style_fonts.get(style) or self._style_fonts.get("", "")
        label = self._numbering.label(paragraph)
        yield label + "".join(self._runs(paragraph, font))

    def _runs(self, parent: Element, font: str) -> Iterator[str]:
        for child in parent.iterchildren(tag=None):
            if child.tag == W + "r":
                if child.find(f"{W}rPr/{W}vanish") is None:
                    own = _font_of(child.find(W + "rPr"))
                    yield fonts.from_font("".join(_run_text(child)), own or font)
            elif child.tag not in _SKIPPED and child.tag != W + "p":
                yield from self._runs(child, font)


def _run_text(run: Element) -> Iterator[str]:
    for child in run.iterchildren(tag=None):
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _LEAVES:
            yield _LEAVES[child.tag]


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """The boxes hung on this very paragraph, each once: Word stores every box twice, for new and old programs."""
    for box in paragraph.iter(W + "txbxContent"):
        old_copy = any(True for _ in box.iterancestors(_MC + "Fallback"))
        if not old_copy and next(box.iterancestors(W + "p")) is paragraph:
            yield box


def _own_row(row: Element, table: Element) -> bool:
    return next(row.iterancestors(W + "tbl")) is table


def _is_letter_frame(rows: list[list[list[str]]]) -> bool:
    """A heading or end of a letter laid out with spacer columns is still read cell by cell."""
    key = letters_of(" ".join(line for row in rows[:4] for cell in row for line in cell))
    return "DOCLAPTUDO" in key or "DANGCONGSAN" in key or "NOINHAN" in key
