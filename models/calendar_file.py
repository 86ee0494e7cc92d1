"""Days off and swapped working days as people write them: a CSV or XLSX file, columns date, kind, note.

The shipped lists (`models/data/calendar_*.csv`) and an agency's own (`dondoc import calendar FILE`) have one
form; the shipped ones add a column source.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile

Kind = Literal["off", "work"]

COLUMNS = {
    "date": "date", "ngay": "date",
    "kind": "kind", "loai": "kind",
    "note": "note", "ghi chu": "note",
    "source": "source", "nguon": "source", "can cu": "source",
}  # fmt: skip
REQUIRED = {"date": "Ngày", "kind": "Loại"}
KINDS: dict[str, Kind] = {
    "off": "off", "nghi": "off", "ngay nghi": "off", "nghi bu": "off",
    "work": "work", "lam": "work", "lam viec": "work", "lam bu": "work", "di lam": "work",
}  # fmt: skip
SHOWN = 20
"""At most this many mistakes are told at once."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One exception to "Monday to Friday": a weekday off, or a Saturday worked instead of it."""

    day: date
    kind: Kind
    note: str = ""
    source: str = ""


class CalendarFileError(ValueError):
    """Tệp lịch có chỗ chưa đúng · The calendar file has mistakes.

    One line for each mistake, with the number of its line in the file.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        more = [f"… (+{len(self.problems) - SHOWN})"] if len(self.problems) > SHOWN else []
        super().__init__("\n".join([*self.problems[:SHOWN], *more]))


def load_calendar_csv(path: Path) -> tuple[CalendarRow, ...]:
    """The days of a CSV (UTF-8; comma, semicolon or tab) or XLSX file (first sheet), in the file's order.

    Dates are 2026-01-02, 02/01/2026 or date cells; kinds "off"/"nghỉ" and "work"/"làm bù". Lines that start
    with # are comments. Raises CalendarFileError naming every line that cannot be understood; OSError when
    the file cannot be read.
    """
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return _days(_xlsx_rows(path))
    return parse_calendar_csv(path.read_bytes())


def parse_calendar_csv(content: bytes) -> tuple[CalendarRow, ...]:
    """The days of a CSV file's content. Raises CalendarFileError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CalendarFileError(["Tệp CSV phải lưu bằng UTF-8 · The CSV file must be saved as UTF-8"]) from None
    return _days(_csv_rows(text))


def _csv_rows(text: str) -> Iterator[tuple[int, list[object]]]:
    heading = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        yield reader.line_num, list(row)


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list[object]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError):
        raise CalendarFileError(["Không phải tệp XLSX · Not an XLSX file"]) from None
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, list(row)
    finally:
        book.close()


def _days(rows: Iterable[tuple[int, list[object]]]) -> tuple[CalendarRow, ...]:
    content = ((number, row) for number, row in rows if _has_content(row))
    number, heading = next(content, (1, []))
    places = {COLUMNS[_fold(name)]: at for at, name in enumerate(heading) if _fold(name) in COLUMNS}
    if missing := [name for name in REQUIRED if name not in places]:
        vi, en = ", ".join(f"“{REQUIRED[name]}”" for name in missing), ", ".join(f"“{name}”" for name in missing)
        raise CalendarFileError([f"Dòng {number}: thiếu cột {vi} · Line {number}: no column {en}"])
    days: dict[date, CalendarRow] = {}
    problems: list[str] = []
    for number, row in content:
        cells = {name: row[at] if at < len(row) else None for name, at in places.items()}
        try:
            found = _day(cells)
            _refuse_conflict(days.get(found.day), found)
            days[found.day] = found
        except ValueError as error:
            vi, en = error.args
            problems.append(f"Dòng {number}: {vi} · Line {number}: {en}")
    if problems:
        raise CalendarFileError(problems)
    return tuple(days.values())


def _day(cells: dict[str, object]) -> CalendarRow:
    kind = KINDS.get(_fold(cells["kind"]))
    if kind is None:
        shown = _text(cells["kind"])
        raise ValueError(f"loại “{shown}” phải là off (nghỉ) hoặc work (làm bù)", f"kind “{shown}” must be off or work")
    return CalendarRow(_date(cells["date"]), kind, _text(cells.get("note")), _text(cells.get("source")))


def _date(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    shown = _text(cell)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", shown)
    local = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", shown)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if local:
            return date(int(local[3]), int(local[2]), int(local[1]))
    except ValueError:
        pass  # a form we know with a day that does not exist: the sentence below is the answer
    raise ValueError(f"“{shown}” không phải là ngày (dd/mm/yyyy)", f"“{shown}” is not a date (yyyy-mm-dd)")


def _refuse_conflict(earlier: CalendarRow | None, found: CalendarRow) -> None:
    if earlier is not None and earlier.kind != found.kind:
        shown = f"{found.day:%d/%m/%Y}"
        raise ValueError(f"ngày {shown} vừa nghỉ vừa làm việc", f"{shown} is both off and worked")


def _has_content(row: list[object]) -> bool:
    return any(_text(cell) for cell in row) and not _text(row[0]).startswith("#")


def _text(cell: object) -> str:
    return "" if cell is None else unicodedata.normalize("NFC", str(cell)).strip()


def _fold(cell: object) -> str:
    plain = unicodedata.normalize("NFD", _text(cell).lower().replace("đ", "d"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
