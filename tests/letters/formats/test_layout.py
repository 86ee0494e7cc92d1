"""Words at their places → lines in reading order: headings that touch, ends out of step, ruled tables."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageDraw

from letters.extract import Limits
from letters.formats import columns, layout
from letters.formats.page import Word
from letters.formats.pdf import open_pdf
from tests.letters.formats import paper


def placed(*lines: tuple[float, float, str]) -> list[Word]:
    """Words of lines given by left end and top, six points a letter, twelve high."""
    words: list[Word] = []
    for x, y, line in lines:
        for word in line.split():
            words.append(Word(word, x, x + 6 * len(word), y, y + 12))
            x += 6 * (len(word) + 1)
    return words


def test_an_issuer_that_reaches_up_to_the_motto_is_still_another_column() -> None:
    text, _ = layout.read_page(
        placed(
            (60, 50, "UBND TỈNH SÔNG MÂY CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (60, 66, "SỞ Y TẾ"),
            (190, 66, "Độc lập - Tự do - Hạnh phúc"),
            (60, 90, "Số: 5/SYT-VP"),
            (200, 92, "Sông Mây, ngày 2 tháng 3 năm 2026"),
            (150, 130, "Kính gửi: Các bệnh viện."),
            (60, 150, "Căn cứ kế hoạch, Sở đề nghị các đơn vị báo cáo trước ngày 20/3/2026."),
        )
    )
    assert text.splitlines() == [
        *("UBND TỈNH SÔNG MÂY", "SỞ Y TẾ", "Số: 5/SYT-VP"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sông Mây, ngày 2 tháng 3 năm 2026"),
        *("Kính gửi: Các bệnh viện.", "Căn cứ kế hoạch, Sở đề nghị các đơn vị báo cáo trước ngày 20/3/2026."),
    ]


def test_a_party_letter_has_its_motto_too() -> None:
    text, _ = layout.read_page(
        placed(
            (60, 50, "TỈNH ỦY SÔNG MÂY"),
            (300, 50, "ĐẢNG CỘNG SẢN VIỆT NAM"),
            (60, 80, "Số 5-CV/TU"),
            (60, 110, "Kính gửi"),
        )
    )
    assert text.splitlines() == ["TỈNH ỦY SÔNG MÂY", "Số 5-CV/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Kính gửi"]


def test_the_end_of_a_letter_out_of_step_with_its_title_one_line_higher() -> None:
    text, _ = layout.read_page(
        placed(
            (60, 40, "Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện nội dung trên./."),
            (330, 90, "TM. ỦY BAN NHÂN DÂN"),
            (60, 104, "Nơi nhận:"),
            (350, 107, "CHỦ TỊCH"),
            (60, 118, "- Như trên;"),
            (60, 132, "- Lưu: VT."),
            (340, 160, "Trần Văn Mẫu"),
        )
    )
    assert text.splitlines()[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Văn Mẫu",
    ]


def test_a_page_without_heading_or_end_keeps_its_lines() -> None:
    lines = [(60.0, 50.0 + 16 * at, f"Dòng {at} của văn bản") for at in range(5)]
    assert layout.read_page(placed(*lines))[0].splitlines() == [line for _, _, line in lines]
    assert layout.read_page([]) == ("", ())


def test_the_blocks_that_a_standing_mark_is_looked_for_in_are_apart() -> None:
    _, found = layout.read_page(placed((60, 50, "MẬT"), (300, 50, "Sông Mây, ngày 2 tháng 3 năm 2026")))
    assert found == ("MẬT", "Sông Mây, ngày 2 tháng 3 năm 2026")


def test_a_ruled_table_in_a_pdf_reads_row_by_row() -> None:
    rows = (("TT", "Nhiệm vụ", "Đơn vị"), ("1", "Rà soát", "Sở Y tế"), ("2", "Báo cáo", "Sở Nội vụ"))
    document = pypdfium2.PdfDocument(paper.as_pdf(paper.Letter()))
    page = document[0]
    font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
    for y in (400, 380, 360, 340):
        rule(page, 60, y, 500, y)
    for x in (60, 100, 300, 500):
        rule(page, x, 340, x, 400)
    for row, y in zip(rows, (385, 365, 345), strict=True):
        for cell, x in zip(row, (65, 105, 305), strict=True):
            write(document, page, font, cell.encode("ascii", "ignore").decode(), x, y)
    page.gen_content()
    (read,) = open_pdf(paper._saved(document), "a.pdf", Limits()).pages

    assert "TT | Nhim v | n v\n1 | R sot | S Y t\n2 | Bo co | S Ni v" in read.text


def write(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, font: object, text: str, x: float, y: float
) -> None:
    thing = pdfium.FPDFPageObj_CreateTextObj(document, font, 9.0)
    encoded = (text + "\0").encode("utf-16-le")
    pdfium.FPDFText_SetText(thing, ctypes.cast(ctypes.c_char_p(encoded), pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPageObj_Transform(thing, 1, 0, 0, 1, x, y)
    pdfium.FPDFPage_InsertObject(page, thing)


def rule(page: pypdfium2.PdfPage, x0: float, y0: float, x1: float, y1: float) -> None:
    line = pdfium.FPDFPageObj_CreateNewPath(x0, y0)
    pdfium.FPDFPath_LineTo(line, x1, y1)
    pdfium.FPDFPath_SetDrawMode(line, 0, True)
    pdfium.FPDFPage_InsertObject(page, line)


@pytest.mark.parametrize("shift", [0, 10, 25])
def test_the_columns_of_a_picture_are_found_also_out_of_step(shift: int) -> None:
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)
    for at in range(4):
        draw.rectangle((300, 300 + 70 * at, 900, 335 + 70 * at), 0)
        draw.rectangle((1200, 300 + shift + 70 * at, 2200, 335 + shift + 70 * at), 0)
    for at in range(20):
        draw.rectangle((250, 800 + 80 * at, 2230, 840 + 80 * at), 0)
    for at in range(5):
        draw.rectangle((250, 2500 + 55 * at, 1000, 2530 + 55 * at), 0)
    draw.rectangle((1500, 2490 + shift, 2100, 2530 + shift), 0)
    draw.rectangle((1550, 2700 + shift, 2050, 2740 + shift), 0)

    found = columns.blocks(page)
    assert len(found) == 5
    (left, right, body, foot_left, foot_right) = found
    assert 900 < left[2] - 8 <= right[0] + 8 < 1216
    assert 545 + shift < body[1] < 800 < 2360 < body[3] < 2490 + shift
    assert 1000 < foot_left[2] - 8 <= foot_right[0] + 8 < 1516


def test_a_page_of_plain_lines_is_one_block_and_a_blank_one_none() -> None:
    page = Image.new("L", (2480, 3508), 255)
    assert columns.blocks(page) == []
    draw = ImageDraw.Draw(page)
    draw.rectangle((1200, 200, 1240, 240), 0)
    for at in range(30):
        draw.rectangle((250, 400 + 80 * at, 2230 - 900 * (at % 7 == 6), 440 + 80 * at), 0)
    assert len(columns.blocks(page)) == 1
