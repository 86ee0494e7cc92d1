"""The sheet for people as a workbook to fill in (`dondoc import people --template F.xlsx`)."""

from __future__ import annotations

import io
from datetime import datetime

from sqlmodel import Session

from models.imports import SHOWN_ROLES, people_template

WIDTHS = (14, 44, 28, 28, 18, 32, 20)
NOTE = (
    "Mỗi đơn vị một dòng; thêm dòng nếu đơn vị có nhiều người. Dòng chưa ghi họ và tên được bỏ qua khi nhập.",
    "One line per unit; add lines for more people. Lines without a name are left out.",
)
ROLE_COLUMN = len(WIDTHS) - 1


def people_workbook(session: Session, now: datetime) -> bytes:
    """An XLSX file with one row per unit, everything as text, and the roles to choose from."""
    from xlsxwriter import Workbook

    rows = people_template(session, now)
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        sheet = book.add_worksheet("Đầu mối")
        heading = book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, text)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, text if line else heading)
        sheet.freeze_panes(1, 2)
        sheet.write_comment(0, 0, "\n".join(NOTE))
        roles = {"validate": "list", "source": list(SHOWN_ROLES)}
        sheet.data_validation(1, ROLE_COLUMN, len(rows) + 200, ROLE_COLUMN, roles)
    return content.getvalue()
