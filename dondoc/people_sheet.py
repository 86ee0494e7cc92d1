"""The sheet of people to fill in, as XLSX: text cells, so that a phone keeps its zero, and the roles to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence

from models.imports import HEADINGS, SHOWN_ROLES

WIDTHS = (14, 44, 28, 26, 18, 34, 18)
BLANK_ROWS = 200  # for a second person of a unit


def sheet(rows: Sequence[Sequence[str]]) -> bytes:
    """An XLSX file with these rows, heading first."""
    import xlsxwriter

    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, plain)
    page = book.add_worksheet("Người phụ trách")
    head = book.add_format({"bold": True, "bg_color": "#D9E8F5", "border": 1})
    text = book.add_format({"num_format": "@"})
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width, text)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write_string(at, column, cell, head if at == 0 else text)
    page.freeze_panes(1, 2)
    roles = {"validate": "list", "source": list(SHOWN_ROLES)}
    page.data_validation(1, len(HEADINGS) - 1, len(rows) + BLANK_ROWS, len(HEADINGS) - 1, roles)
    book.close()
    return out.getvalue()
