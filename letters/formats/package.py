"""A .docx as a zip of XML parts, opened so that no part can grow past its bounds."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from letters.formats.errors import ExtractionError
from letters.formats.limits import MEGABYTE, Limits
from letters.formats.ooxml import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letters.formats.ooxml import Element

# No entities, no DTD, no network: a part is plain XML or it is refused.
_PLAIN: Any = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_MOST_ENTRIES = 5_000
_OTHER_OFFICE = (("xl/", "bảng tính Excel", "an Excel workbook"), ("ppt/", "tệp trình chiếu", "a slide show"))


class Package:
    """The parts of a .docx. Raises ExtractionError: zip_bomb, broken, unsupported (another zip), too_many_cells."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ExtractionError("broken", name=name) from error
        self._refuse_bombs()
        self._refuse_others()

    def part(self, path: str) -> Element | None:
        """The root of a part's XML, or None where the package has no such part."""
        from lxml import etree

        content = self._content(path)
        if content is None:
            return None
        try:
            return etree.fromstring(content, etree.XMLParser(**_PLAIN))
        except etree.XMLSyntaxError as error:
            raise ExtractionError("broken", name=self._name) from error

    def blocks(self, path: str) -> Iterator[Element]:
        """What stands directly in the part's body, one after the other, each given up for the next.

        The tree of a document as long as the limit takes 850 MB.
        """
        from lxml import etree

        content = self._content(path)
        if content is None:
            return
        try:
            for _, element in etree.iterparse(BytesIO(content), events=("end",), **_PLAIN):
                body = element.getparent()
                if body is None or body.tag != W + "body":
                    continue
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del body[0]
        except etree.XMLSyntaxError as error:
            raise ExtractionError("broken", name=self._name) from error

    def _content(self, path: str) -> bytes | None:
        """The bytes of a part that is plain XML with no more cells than a letter has."""
        try:
            entry = self._zip.getinfo(path)
        except KeyError:
            return None
        content = self._read(entry)
        if content.count(b"<w:tc>") + content.count(b"<w:tc ") > self._limits.cells:
            raise ExtractionError("too_many_cells", name=self._name, limit=self._limits.cells)
        if b"<!DOCTYPE" in content[:10_000]:
            raise ExtractionError("broken", name=self._name)
        return content.replace(_STRICT, _TRANSITIONAL)

    def paths(self, prefix: str) -> list[str]:
        return sorted(path for path in self._zip.namelist() if path.startswith(prefix) and path.endswith(".xml"))

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        """Never more than the limit, whatever size the zip's directory claims."""
        try:
            with self._zip.open(entry) as file:
                content = file.read(self._limits.unpacked + 1)
        except RuntimeError as error:  # how zipfile says that a part is encrypted
            raise ExtractionError("password", name=self._name) from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise ExtractionError("broken", name=self._name) from error
        if len(content) > self._limits.unpacked:
            raise ExtractionError("zip_bomb", name=self._name)
        return content

    def _refuse_bombs(self) -> None:
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        swollen = any(
            entry.file_size > MEGABYTE and entry.file_size > self._limits.ratio * max(entry.compress_size, 1)
            for entry in entries
        )
        if len(entries) > _MOST_ENTRIES or total > self._limits.unpacked_total or swollen:
            raise ExtractionError("zip_bomb", name=self._name)

    def _refuse_others(self) -> None:
        names = self._zip.namelist()
        if "word/document.xml" in names:
            return
        found, found_en = "tệp nén ZIP", "a ZIP archive"
        for folder, vi, en in _OTHER_OFFICE:
            if any(name.startswith(folder) for name in names):
                found, found_en = vi, en
        raise ExtractionError("unsupported", name=self._name, found=found, found_en=found_en)


# "Strict" .docx files differ from the usual ones in nothing we read but the names of their namespaces.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
