"""Tables that lost their columns, and clauses whose signs a scan wore: invented plans and letters."""

from __future__ import annotations

import pytest

from letters import read
from models.reading import Reading

HEAD = """UBND TỈNH MẪU\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TƯ PHÁP\tĐộc lập - Tự do - Hạnh phúc
Số: 41/KH-STP\tMẫu, ngày 03 tháng 3 năm 2026

KẾ HOẠCH
Phổ biến pháp luật năm 2026

Căn cứ Kế hoạch số 12/KH-UBND ngày 10/02/2026 của UBND tỉnh, Sở Tư pháp ban hành Kế hoạch như sau:

I. NỘI DUNG

"""
BELOW = """
II. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở: bố trí kinh phí.

Nơi nhận:\tGIÁM ĐỐC
- Lưu: VT.\tTrần Văn Mẫu
"""
Row = tuple[str, tuple[str, ...], tuple[str, ...], str]


def rows(table: str) -> list[Row]:
    """Clause, who leads, who helps and the last day of what stands in the first part."""
    found = read(HEAD + table + BELOW).tasks
    assert found
    return [(t.clause, t.lead, t.coordinate, str(t.deadline.due)) for t in found if "bố trí kinh phí" not in t.text]


BOOK: Row = ("1", ("Phòng Phổ biến pháp luật",), ("Văn phòng Sở", "Thanh tra Sở"), "2026-04-14")
TALK: Row = ("2", ("Văn phòng Sở",), (), "2026-06-30")


def test_cells_that_run_over_several_drawn_lines_are_whole() -> None:
    drawn = (
        "|STT|Nội dung|Đơn vị chủ trì|Đơn vị phối hợp|Thời hạn|\n"
        "|---|--------|--------------|---------------|--------|\n"
        "|1  |Biên soạn tờ gấp về |Phòng Phổ biến|Văn phòng Sở |Trước ngày|\n"
        "|   |Luật Đất đai |pháp luật |Thanh tra Sở |15/4/2026 |\n"
        "|2  |Tổ chức tọa đàm |Văn phòng Sở | |Quý II/2026 |\n"
    )
    assert rows(drawn) == [BOOK, TALK]
    texts = [task.text for task in read(HEAD + drawn + BELOW).tasks]
    assert "Biên soạn tờ gấp về Luật Đất đai" in texts


def test_a_row_without_a_number_is_a_task_in_doubt() -> None:
    drawn = (
        "STT\tNội dung\tĐơn vị chủ trì\tThời hạn\n"
        "1\tBiên soạn tờ gấp\tVăn phòng Sở\tTháng 4/2026\n"
        "\tIn tờ gấp\tThanh tra Sở\tTháng 5/2026\n"
        "2\tTổ chức tọa đàm\tVăn phòng Sở\tQuý II/2026\n"
    )
    assert [(row[0], row[1], row[3]) for row in rows(drawn)] == [
        ("1", ("Văn phòng Sở",), "2026-04-30"),
        ("1", ("Thanh tra Sở",), "2026-05-31"),
        ("2", ("Văn phòng Sở",), "2026-06-30"),
    ]
    reading = read(HEAD + drawn + BELOW)
    unsure = next(i for i, task in enumerate(reading.tasks) if task.text == "In tờ gấp")
    assert f"tasks[{unsure}].lead" in {doubt.field for doubt in reading.doubts}


@pytest.mark.parametrize("head", ["", "TT Nội dung Đơn vị chủ trì Đơn vị phối hợp Thời hạn\n\n"])
@pytest.mark.parametrize("bullet", ["", "- ", "+ "])
def test_rows_flattened_to_lines_with_the_names_of_their_columns(head: str, bullet: str) -> None:
    lines = (
        "1 Biên soạn tờ gấp về Luật Đất đai",
        f"{bullet}Cơ quan chủ trì: Phòng Phổ biến pháp luật",
        f"{bullet}Cơ quan phối hợp: Văn phòng Sở, Thanh tra Sở",
        f"{bullet}Thời gian hoàn thành: trước ngày 15/4/2026\n",
        "2 Tổ chức tọa đàm với doanh nghiệp",
        f"{bullet}Cơ quan chủ trì: Văn phòng Sở",
        f"{bullet}Thời gian hoàn thành: Quý II/2026",
    )
    found = rows(head + "\n".join(lines) + "\n")
    assert [(f"I.{row[0]}", *row[1:]) for row in (BOOK, TALK)] == found


LETTER = """BẢO HIỂM XÃ HỘI VIỆT NAM
BẢO HIỂM XÃ HỘI TỈNH MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 964/BHXH-VP
Mẫu, ngày 03 tháng 3 năm 2026
V/v giảm nợ

Kính gửi:
- BHXH các xã;
- Các phòng nghiệp vụ.

Giám đốc BHXH tỉnh yêu cầu:

"""
SIGNED = "\nNơi nhận:\tGIÁM ĐỐC\n- Các phòng: KT, TH;\t(đã ký)\n- Lưu: VT.\n\tNgô Thị Minh Họa\n"


def letter(body: str) -> Reading:
    return read(LETTER + body + SIGNED)


@pytest.mark.parametrize("second", ["Il-", "ll-", "lI."])
def test_roman_numbers_as_a_scan_reads_them_part_the_sections(second: str) -> None:
    reading = letter(
        "I- Đối với BHXH các xã\n1/ Lập danh sách nợ, gửi Phòng Thanh tra trước ngày 17/3/2026.\n"
        "2/ Mở hội nghị khách hàng.\n\n"
        f"{second} Đối với các phòng nghiệp vụ\n1/ Phòng Thanh tra: tổng hợp danh sách.\n"
        ".2/ Văn phòng công khai danh sách trên Cổng thông tin điện tử.\n"
    )
    assert [task.clause for task in reading.tasks] == ["I.1", "I.2", "II.1", "II.2"]
    assert reading.tasks[3].lead == ("Văn phòng",)


def test_who_is_informed_is_no_title_of_the_signer() -> None:
    signer = letter("1. Phòng Thanh tra tổng hợp danh sách trước ngày 17/3/2026.\n").signer
    assert signer is not None
    assert (signer.title, signer.name) == ("GIÁM ĐỐC", "Ngô Thị Minh Họa")


def test_a_head_in_two_lines_parts_who_leads_from_who_helps() -> None:
    drawn = (
        "| TT | Nội dung | Phân công thực hiện | | Thời gian hoàn thành |\n"
        "| | | Chủ trì | Phối hợp | |\n"
        "|----|----|----|----|----|\n"
        "| 1 | Biên soạn tờ gấp | Phòng Phổ biến pháp luật | Văn phòng Sở, Thanh tra Sở | Trước ngày 15/4/2026 |\n"
        "| 2 | Tổ chức tọa đàm | Văn phòng Sở | | Quý II/2026 |\n"
    )
    assert rows(drawn) == [BOOK, TALK]


def test_a_table_without_any_columns_is_told() -> None:
    lost = (
        "STT   Nội dung              Đơn vị chủ trì              Thời hạn\n"
        "1     Biên soạn tờ gấp      Văn phòng Sở                30/3/2026\n"
        "2     Tổ chức tọa đàm       Phòng Phổ biến pháp luật    Quý II/2026\n"
    )
    reading = read(HEAD + lost + BELOW)
    [doubt] = [doubt for doubt in reading.doubts if doubt.code == "passage_unread"]
    assert doubt.span
    assert "Biên soạn tờ gấp" in reading.text[slice(*doubt.span)]


def test_a_body_and_a_month_in_brackets_or_behind_a_dash() -> None:
    found = rows(
        "1. Ban hành văn bản (Văn phòng Sở; tháng 4/2026).\n2. Kiểm tra các xã: Thanh tra Sở (Quý III/2026).\n"
        "3. Tổng kết: Văn phòng Sở - Tháng 12/2026\n"
    )
    assert [(row[1], row[3]) for row in found] == [
        (("Văn phòng Sở",), "2026-04-30"),
        (("Thanh tra Sở",), "2026-09-30"),
        (("Văn phòng Sở",), "2026-12-31"),
    ]
