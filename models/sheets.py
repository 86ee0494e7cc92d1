"""Tables as people send them: a CSV (UTF-8; comma, semicolon or tab) or the first sheet of an XLSX file.

Every row keeps the number of its line, so that a mistake can be named by its place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zipfile import BadZipFile

from models.names import fold

SHOWN = 20
"""At most this many mistakes are told at once."""

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a file, by line (1 is the heading)."""

    line: int
    vi: str
    en: str

    def sentence(self, language: Literal["vi", "en"] = "vi") -> str:
        """ "Dòng 3: …" or "Line 3: …"."""
        return f"Dòng {self.line}: {self.vi}" if language == "vi" else f"Line {self.line}: {self.en}"


class SheetError(ValueError):
    """Tệp có chỗ chưa đúng, chưa nhập gì · The file has mistakes; nothing was imported."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{p.sentence('vi')} · {p.sentence('en')}" for p in self.problems[:SHOWN]]
        more = [f"… (+{len(self.problems) - SHOWN})"] if len(self.problems) > SHOWN else []
        super().__init__("\n".join([*lines, *more]))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: cells by the column's own name in our tables, trimmed; missing cells are ""."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_rows(content: bytes, columns: Mapping[str, str], required: Mapping[str, str]) -> list[Row]:
    """The rows under the heading. `columns` gives our name of each folded heading ("ten don vi" → "name").

    `required`: our name of each column that must be there, and its Vietnamese heading ("name" → "Tên đơn vị").
    Unknown columns are left out; lines without content and lines that start with # too. Raises SheetError when the
    file is no table, is too big, or lacks a required column.
    """
    if len(content) > MAX_BYTES:
        raise SheetError([Problem(1, "tệp quá lớn", "the file is too big")])
    lines = _xlsx_lines(content) if content[:2] == b"PK" else _csv_lines(content)
    kept = ((number, cells) for number, cells in lines if any(cells) and not cells[0].startswith("#"))
    number, heading = next(kept, (1, []))
    places = {columns[fold(name)]: at for at, name in reversed([*enumerate(heading)]) if fold(name) in columns}
    if missing := [name for name in required if name not in places]:
        in_vi, in_en = (", ".join(f"“{name}”" for name in names) for names in (map(required.get, missing), missing))
        raise SheetError([Problem(number, f"thiếu cột {in_vi}", f"no column {in_en}")])
    rows = [Row(n, {name: cells[at] for name, at in places.items() if at < len(cells)}) for n, cells in kept]
    return [row for row in rows if any(row.cells.values())]


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        vi, en = "tệp CSV phải lưu bằng UTF-8", "the CSV file must be saved as UTF-8"
        raise SheetError([Problem(1, vi, en)]) from None
    heading = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count))
    try:
        for row in reader:
            yield reader.line_num, [_text(cell) for cell in row] or [""]
    except csv.Error:
        raise SheetError([Problem(reader.line_num, "không phải tệp CSV", "not a CSV file")]) from None


def _xlsx_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        raise SheetError([Problem(1, "không phải tệp XLSX", "not an XLSX file")]) from None
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            if number > MAX_ROWS:
                raise SheetError([Problem(number, "quá nhiều dòng", "too many lines")])
            yield number, [_text(cell) for cell in row] or [""]
    finally:
        book.close()


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # Excel keeps a code or a phone typed as a number as 912345678.0
    import unicodedata

    return "" if cell is None else " ".join(unicodedata.normalize("NFC", str(cell)).split())
