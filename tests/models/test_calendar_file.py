"""An agency's own calendar as people write it: CSV from any spreadsheet, XLSX, mistakes told by line."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.calendar_file import CalendarFileError, CalendarRow, load_calendar_csv, parse_calendar_csv

WANTED = (
    CalendarRow(date(2026, 11, 23), "off", "Hoán đổi"),
    CalendarRow(date(2026, 11, 28), "work", "Làm bù"),
)


@pytest.mark.parametrize(
    "text",
    [
        "date,kind,note\n2026-11-23,off,Hoán đổi\n2026-11-28,work,Làm bù\n",
        "\ufeffNgày;Loại;Ghi chú\r\n23/11/2026;Nghỉ;Hoán đổi\r\n28/11/2026;Làm bù;Làm bù\r\n",
        "# Lịch cơ quan\n\nkind\tnote\tdate\nOFF\tHoán đổi\t23-11-2026\n\t\nWORK\tLàm bù\t28.11.2026\n",
    ],
)
def test_the_forms_a_spreadsheet_saves(text: str, tmp_path: Path) -> None:
    file = tmp_path / "lich.csv"
    file.write_bytes(text.encode())
    assert load_calendar_csv(file) == WANTED


def test_an_xlsx_file_with_date_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Ngày", "Loại", "Ghi chú"])
    sheet.append([datetime(2026, 11, 23), "nghỉ", "Hoán đổi"])
    sheet.append([None, None, None])
    sheet.append(["28/11/2026", "làm bù", "Làm bù"])
    book.save(tmp_path / "lich.xlsx")
    assert load_calendar_csv(tmp_path / "lich.xlsx") == WANTED


def test_every_mistake_is_told_with_its_line() -> None:
    content = "date,kind\n2026-11-23,off\n2026-02-30,off\nhôm qua,work\n2026-11-24,mở\n2026-11-23,work\n"
    with pytest.raises(CalendarFileError) as refused:
        parse_calendar_csv(content.encode())
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["Dòng 3", "Dòng 4", "Dòng 5", "Dòng 6"]
    assert "“2026-02-30” không phải là ngày" in lines[0]
    assert "Line 5: kind “mở” must be off or work" in lines[2]
    assert "23/11/2026 vừa nghỉ vừa làm việc" in lines[3]


def test_a_file_full_of_mistakes_does_not_flood_the_screen() -> None:
    rows = "".join(f"x{n},off\n" for n in range(50))
    with pytest.raises(CalendarFileError) as refused:
        parse_calendar_csv(f"date,kind\n{rows}".encode())
    assert len(refused.value.problems) == 50
    assert str(refused.value).splitlines()[20:] == ["… (+30)"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"day,what\n2026-01-01,off\n", "Dòng 1: thiếu cột “Ngày”, “Loại”"),
        (b"", "thiếu cột"),
        ("ngày,loại\n".encode("cp1258", "replace"), "UTF-8"),
    ],
)
def test_a_file_of_another_form_says_what_is_missing(content: bytes, said: str) -> None:
    with pytest.raises(CalendarFileError, match=said):
        parse_calendar_csv(content)


def test_a_file_that_only_looks_like_excel(tmp_path: Path) -> None:
    (tmp_path / "lich.xlsx").write_text("date,kind\n")
    with pytest.raises(CalendarFileError, match="XLSX"):
        load_calendar_csv(tmp_path / "lich.xlsx")
