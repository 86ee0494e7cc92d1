"""The official table as an XLSX file: the ten columns of domain.md, and a sheet of counts by unit."""

import io
from datetime import date
from typing import Any

from models.clock import local
from reports.summary import Bucket, Row, Summary
from reports.words import BUCKETS, COLUMNS, NOTES, TITLES, Language, period_name, period_said

WIDTHS = (5, 18, 60, 26, 26, 22, 13, 13, 30, 28)
LONGEST_TEXT = 32_000  # Excel refuses cells over 32,767 characters


def write(summary: Summary, *, language: Language = "vi") -> bytes:
    """An XLSX file. Every text is written as text: a cell that begins with = + - @ is never a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    looks = _Looks(book)
    _table(book, summary, language, looks)
    _counts(book, summary, language, looks)
    book.close()
    return out.getvalue()


class _Looks:
    def __init__(self, book: Any) -> None:
        base = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.title = book.add_format(base | {"bold": True, "font_size": 14})
        self.small = book.add_format(base | {"italic": True})
        self.head = book.add_format(base | {"bold": True, "border": 1, "text_wrap": True, "align": "center"})
        self.cell = book.add_format(base | {"border": 1, "text_wrap": True})
        self.day = book.add_format(base | {"border": 1, "num_format": "dd/mm/yyyy", "align": "center"})
        self.number = book.add_format(base | {"border": 1, "align": "center"})


def _heading(sheet: Any, summary: Summary, language: Language, looks: _Looks) -> int:
    sheet.write_string(0, 0, TITLES[language], looks.title)
    until = "Số liệu đến" if language == "vi" else "As of"
    line = f"{period_name(summary.period, language)}. {until} {local(summary.as_of):%H:%M %d/%m/%Y}"
    sheet.write_string(1, 0, line, looks.small)
    return 3


def _table(book: Any, summary: Summary, language: Language, looks: _Looks) -> None:
    sheet = book.add_worksheet("Nhiệm vụ" if language == "vi" else "Tasks")
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    top = _heading(sheet, summary, language, looks)
    for column, (name, width) in enumerate(zip(COLUMNS[language], WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, name, looks.head)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    for index, row in enumerate(summary.rows, 1):
        _line(sheet, top + index, index, row, language, looks)
    sheet.autofilter(top, 0, top + max(1, len(summary.rows)), len(WIDTHS) - 1)


def _line(sheet: Any, at: int, index: int, row: Row, language: Language, looks: _Looks) -> None:
    letter = f"{row.number} ({row.issued_on:%d/%m/%Y})" if row.issued_on else row.number
    period = f" [{period_said(row.period, language)}]" if row.period else ""
    notes = "; ".join([BUCKETS[language][row.bucket], *(NOTES[language][note] for note in row.notes)])
    sheet.write_number(at, 0, index, looks.number)
    texts = (letter, f"{row.clause}. {row.text}{period}", row.unit, ", ".join(row.coordinators), row.product)
    for column, text in enumerate(texts, 1):
        sheet.write_string(at, column, text[:LONGEST_TEXT], looks.cell)
    _day(sheet, at, 6, row.baseline, looks)
    _day(sheet, at, 7, row.due, looks)
    sheet.write_string(at, 8, _result(row)[:LONGEST_TEXT], looks.cell)
    sheet.write_string(at, 9, notes, looks.cell)


def _result(row: Row) -> str:
    when = f"{local(row.reported_at):%d/%m/%Y %H:%M}" if row.reported_at else ""
    return " ".join(part for part in (when, row.result) if part)


def _day(sheet: Any, at: int, column: int, day: date | None, looks: _Looks) -> None:
    if day is None:
        sheet.write_string(at, column, "", looks.cell)
    else:
        sheet.write_datetime(at, column, day, looks.day)


def _counts(book: Any, summary: Summary, language: Language, looks: _Looks) -> None:
    sheet = book.add_worksheet("Theo đơn vị" if language == "vi" else "By unit")
    top = _heading(sheet, summary, language, looks)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(Bucket) + 1, 16)
    names = [
        COLUMNS[language][3],
        *(BUCKETS[language][bucket] for bucket in Bucket),
        "Tổng" if language == "vi" else "All",
    ]
    for column, name in enumerate(names):
        sheet.write_string(top, column, name, looks.head)
    lines = [(unit.name, unit.counts) for unit in summary.by_unit]
    lines.append((names[-1], tuple(summary.counts[bucket] for bucket in Bucket)))
    for row, (name, counts) in enumerate(lines, top + 1):
        sheet.write_string(row, 0, name, looks.cell)
        for column, count in enumerate((*counts, sum(counts)), 1):
            sheet.write_number(row, column, count, looks.number)
