"""What the figures look like: the picture, the official table, the printed invitations."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pytest
from matplotlib.image import imread
from openpyxl import load_workbook

from models.periods import parse_period
from reports.collation import alphabetical
from reports.picture import LONGEST_NAME, draw, short
from reports.slips import sheet
from reports.summary import Bucket, Note, Row, Summary
from reports.words import BUCKETS, COLUMNS
from reports.workbook import write
from tests.town import at

PERIOD = parse_period("2026-Q4", date(2026, 12, 1))
NOW = at(date(2026, 12, 1))


def row(n: int = 1, **more: object) -> Row:
    fields: dict[str, object] = {
        "assignment_id": n, "task_id": 1, "number": "709/UBND-XDCB", "issued_on": date(2026, 11, 20), "clause": "1",
        "text": "Rà soát hồ sơ", "period": "", "unit_id": n, "unit": f"UBND xã Thử {n:03}", "unit_kind": "xã",
        "coordinators": ("Sở Một", "Sở Hai"), "product": "Báo cáo", "baseline": date(2026, 12, 5),
        "due": date(2026, 12, 12), "bucket": list(Bucket)[n % len(Bucket)], "reported_at": None,
        "confirmed_at": None, "result": "", "notes": (),
    }  # fmt: skip
    return Row(**(fields | more))  # type: ignore[arg-type]


def summary(*rows: Row) -> Summary:
    return Summary(PERIOD, NOW, rows)


@pytest.mark.parametrize(("units", "language"), [(0, "vi"), (0, "en"), (1, "en"), (99, "vi"), (140, "en")])
def test_the_picture_is_as_wide_as_a_phone_and_as_high_as_it_must_be(units: int, language: str) -> None:
    png = draw(summary(*(row(n) for n in range(units))), language=language)  # type: ignore[arg-type]
    pixels = imread(io.BytesIO(png))
    assert png.startswith(b"\x89PNG")
    assert pixels.shape[1] == 1080
    assert 400 <= pixels.shape[0] <= 2600
    assert len(png) < 1_500_000


def test_every_unit_has_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is drawn once, by its name, inside the picture."""
    drawn: list[str] = []
    monkeypatch.setattr("reports.picture.short", lambda name, longest: drawn.append(name) or short(name, longest))
    draw(summary(*(row(n, unit_kind="xã" if n < 99 else "sở") for n in range(140))))
    assert sorted(drawn) == [f"UBND xã Thử {n:03}" for n in range(140)]


def test_the_worst_of_a_unit_decides_its_colour() -> None:
    """Open and overdue shows, whatever else is done; red only where it is."""
    mine = {"unit_id": 5, "unit": "UBND xã Năm"}
    fine = summary(row(1, bucket=Bucket.DONE_IN_TIME, **mine))
    late = summary(row(1, bucket=Bucket.DONE_IN_TIME, **mine), row(2, bucket=Bucket.OPEN_LATE, **mine))
    assert fine.by_unit[0].worst == Bucket.DONE_IN_TIME
    assert late.by_unit[0].worst == Bucket.OPEN_LATE
    assert _red(late) > 4 * _red(fine)


def _red(drawn: Summary) -> int:
    pixels = imread(io.BytesIO(draw(drawn)))[:, :, :3]
    return int(np.all(np.abs(pixels - np.array([0xB8, 0x40, 0x0A]) / 255) < 0.02, axis=2).sum())


@pytest.mark.parametrize(
    ("name", "shown"),
    [("UBND phường Kinh Bắc", "P. Kinh Bắc"), ("Ủy ban nhân dân xã Chi Lăng", "X. Chi Lăng"), ("Sở Y tế", "Sở Y tế")],
)
def test_names_are_shortened_as_people_do(name: str, shown: str) -> None:
    assert short(name, 20) == shown
    assert all(len(short("x" * 80, longest)) == longest for longest in LONGEST_NAME.values())


def test_the_table_has_the_official_columns_and_dates_that_are_dates() -> None:
    reported = at(date(2026, 11, 30), 14, 5)
    done = row(1, bucket=Bucket.DONE_IN_TIME, reported_at=reported, result="55/BC-X đã làm", notes=(Note.EXTENDED,))
    sheet = load_workbook(io.BytesIO(write(summary(done, row(2, due=None, baseline=None))))).worksheets[0]
    top = next(r for r in range(1, 10) if sheet.cell(r, 1).value == "TT")
    assert [cell.value for cell in sheet[top]] == list(COLUMNS["vi"])
    first, second = ([cell.value for cell in sheet[top + n]] for n in (1, 2))
    assert first[:2] == [1, "709/UBND-XDCB (20/11/2026)"]
    assert first[2:6] == ["1. Rà soát hồ sơ", "UBND xã Thử 001", "Sở Một, Sở Hai", "Báo cáo"]
    assert [day.date() for day in first[6:8]] == [date(2026, 12, 5), date(2026, 12, 12)]
    assert first[8] == "30/11/2026 14:05 55/BC-X đã làm"
    assert first[9] == "Hoàn thành đúng hạn; đã gia hạn"
    assert [cell or None for cell in second[6:8]] == [None, None]


@pytest.mark.parametrize("poison", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "http://x.example"])
def test_what_people_write_is_never_a_formula_or_a_link(poison: str) -> None:
    sheet = load_workbook(io.BytesIO(write(summary(row(1, text=poison, result=poison, unit=poison))))).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value and poison.strip() in str(cell.value)]
    assert len(cells) == 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_the_second_sheet_adds_up() -> None:
    book = load_workbook(io.BytesIO(write(summary(*(row(n) for n in range(10))))))
    lines = [[cell.value for cell in line] for line in book.worksheets[1].iter_rows()]
    total = lines[-1]
    assert total[0] == "Tổng"
    assert total[1:] == [2, 2, 2, 2, 2, 10]
    assert sum(line[-1] for line in lines[-11:-1]) == 10
    assert book.worksheets[1].cell(4, 2).value == BUCKETS["vi"][Bucket.DONE_IN_TIME]


def test_a_text_longer_than_a_cell_is_cut_and_an_empty_summary_is_a_table() -> None:
    assert load_workbook(io.BytesIO(write(summary(row(1, text="dài " * 20_000))))).worksheets
    assert load_workbook(io.BytesIO(write(summary(), language="en"))).worksheets[0].title == "Tasks"


@dataclass(frozen=True)
class Named:
    name: str


@dataclass(frozen=True)
class Slip:
    unit: Named
    person: Named | None
    code: str = ""
    telegram_link: str = ""
    zalo_words: str = ""
    expires_at: object = None


def slip(n: int) -> Slip:
    link = f"https://t.me/dondoc_thu_bot?start=CODE{n:04}"
    words = "tìm bot “Đôn đốc” trên Zalo, gửi: CODE"
    return Slip(Named(f"UBND xã {n:03}"), Named("Phạm Thử Ba"), f"CODE{n:04}", link, words, NOW + timedelta(days=14))


@pytest.mark.parametrize(("slips", "pages"), [(0, 1), (1, 1), (6, 1), (7, 2), (13, 3)])
def test_six_invitations_to_a_page(slips: int, pages: int) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(sheet([slip(n) for n in range(slips)]))) as pdf:
        assert len(pdf.pages) == pages
        text = "\n".join(page.extract_text() for page in (pdf.pages[0], pdf.pages[-1]))
    if slips:
        assert f"/start CODE{slips - 1:04}" in text
        assert f"UBND xã {slips - 1:03}" in text
        assert "15/12/2026" in text


def test_a_unit_without_anybody_has_no_code_to_use() -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(sheet([Slip(Named("UBND xã Không"), None)]))) as pdf:
        text = pdf.pages[0].extract_text()
    assert "Chưa có người phụ trách" in text
    assert "/start" not in text


def test_the_printed_code_is_that_of_the_link() -> None:
    """The squares on the page, looked at one by one, are those of a QR code of the link."""
    import pypdfium2
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    one = slip(7)
    expected = QRCode(error_correction=ERROR_CORRECT_M, border=2)
    expected.add_data(one.telegram_link)
    expected.make(fit=True)
    matrix = np.array(expected.get_matrix())
    pdf = pypdfium2.PdfDocument(sheet([one]))
    page = pdf[0].render(scale=4).to_numpy()[:, :, 0]
    pdf.close()
    height, width = page.shape
    top = page[: height // 6]
    left, right = int(width * 0.74), int(width * 0.94)
    upper, lower = int(height / 6 * (1 - 22.2 / 24)), int(height / 6 * (1 - 2 / 24))
    n = len(matrix)
    rows = [int(upper + (lower - upper) * (k + 0.5) / n) for k in range(n)]
    columns = [int(left + (right - left) * (k + 0.5) / n) for k in range(n)]
    printed = top[np.ix_(rows, columns)] < 128
    assert (printed == matrix).all()


def test_the_alphabet_of_dictionaries() -> None:
    words = [
        "đá",
        "da",
        "dạ",
        "dà",
        "ăn",
        "ân",
        "an",
        "ê",
        "e",
        "ô",
        "ơ",
        "o",
        "ư",
        "u",
        "xã Ba",
        "xã Bà",
        "xã Bá",
        "1",
    ]
    assert sorted(words, key=alphabetical) == [
        "1", "an", "ăn", "ân", "da", "dà", "dạ", "đá", "e", "ê", "o", "ô", "ơ", "u", "ư", "xã Ba", "xã Bà", "xã Bá",
    ]  # fmt: skip
