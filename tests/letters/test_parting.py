"""Which words of a letter are one task and which are several, and what is no task at all: invented letters."""

from __future__ import annotations

import pytest

from letters import read
from models.reading import Reading

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNgô Thị Minh Họa\n"


def letter(
    body: str, *, to: str = "- Các sở, ban, ngành;\n- UBND các xã, phường.", about: str = "nhiệm vụ mẫu"
) -> Reading:
    head = f"ỦY BAN NHÂN DÂN\nTỈNH MẪU\n{MOTTO}Số: 12/UBND-NC\nMẫu, ngày 16 tháng 11 năm 2026\nV/v {about}\n\n"
    return read(f"{head}Kính gửi:\n{to}\n\n{body}\n{FOOT}")


def clauses(reading: Reading) -> list[str]:
    return [task.clause for task in reading.tasks]


ORDER = "Thực hiện Công văn số 99/BNV-TL ngày 02/11/2026 của Bộ Nội vụ, Chủ tịch UBND tỉnh yêu cầu:\n"


def test_dashes_about_working_together_or_by_the_head_of_the_same_body_do_not_part_a_clause() -> None:
    reading = letter(
        ORDER + "1. Trách nhiệm chung\n- Tăng cường kiểm tra các bãi đỗ xe.\n"
        "- Tăng cường phối hợp giữa các cơ quan: Sở Xây dựng, Sở Tài chính và Công an tỉnh.\n"
        "2. Ủy ban nhân dân các xã, phường\n- Chủ tịch UBND các xã, phường chịu trách nhiệm toàn diện về bãi đỗ xe.\n"
        "- Xử lý nghiêm các vi phạm.\n"
    )
    assert clauses(reading) == ["1", "2"]
    assert reading.tasks[1].lead == ("Ủy ban nhân dân các xã, phường",)


def test_unmarked_paragraphs_under_a_title_part_as_dashes_would() -> None:
    reading = letter(
        ORDER + "1. Sở Tài chính\nXây dựng kế hoạch bảo trì cầu; hoàn thành trước ngày 30/11/2026.\n"
        "Rà soát quỹ đất dôi dư của các cơ quan.\n2. Sở Xây dựng\nKiểm tra các cầu yếu.\nSửa chữa biển báo.\n"
    )
    assert clauses(reading) == ["1 p1", "1 p2", "2"]
    assert [task.deadline.due is not None for task in reading.tasks] == [True, False, False]
    assert reading.tasks[1].lead == ("Sở Tài chính",)


def test_a_title_is_never_a_task_beside_what_it_heads() -> None:
    reading = letter(
        ORDER + "1. Thực hiện nghiêm chế độ báo cáo định kỳ hằng tuần\n"
        "- Định kỳ hằng tuần, Sở Xây dựng gửi báo cáo về UBND tỉnh.\n- Nội dung báo cáo: tiến độ, khó khăn.\n"
        "2. Chế độ thông tin\nCác sở, ngành định kỳ báo cáo kết quả về UBND tỉnh trước ngày 15/11 hằng năm.\n"
    )
    assert clauses(reading) == ["1 -1", "1 -2", "2"]
    assert [task.deadline.kind for task in reading.tasks] == ["recurring", "none", "recurring"]


def test_a_meeting_in_a_month_is_no_monthly_duty() -> None:
    reading = letter(ORDER + "1. Sở Nội vụ phổ biến kế hoạch trong kỳ sinh hoạt định kỳ tháng 12/2026 của chi bộ.\n")
    assert [task.deadline.kind for task in reading.tasks] == ["none"]


def test_a_dash_that_quotes_the_law_and_one_that_says_whom_to_ask_are_no_tasks() -> None:
    reading = letter(
        ORDER + "1. Sở Y tế\n- Kiểm tra các cơ sở lưu trú trước ngày 30/11/2026.\n"
        "- Đối với các khó khăn về biểu mẫu, đề nghị phản ánh về Văn phòng để phối hợp xử lý.\n"
        "- Khoản 2 Điều 3 của Thông tư số 15/2026/TT-BYT quy định: “Cơ sở lưu trú có trách nhiệm khai báo”.\n"
    )
    assert clauses(reading) == ["1 -1"]


@pytest.mark.parametrize("noise", ["", "`"])
def test_a_list_of_names_over_an_indented_paragraph_is_its_title(noise: str) -> None:
    text = (
        "        Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các cơ quan tập trung thực hiện các nội dung sau:\n"
        "           1. Công an tỉnh, các sở, ban, ngành, đoàn thể tỉnh và Ủy ban nhân dân\n     các xã, phường"
        + noise
        + "\n"
        "            Theo chức năng, nhiệm vụ tổ chức tuyên truyền và triển khai thực hiện các\n"
        "     nội dung của kế hoạch; kiểm tra, rà soát các công trình trên địa bàn.\n"
        "            Đối với các cơ sở, công trình thuộc phạm vi quản lý, hướng dẫn chủ đầu tư\n"
        "     nghiên cứu, áp dụng giải pháp, xong chậm nhất đến ngày 01 tháng 12 năm 2026.\n"
        "           2. Sở Xây dựng kiểm tra việc thực hiện.\n"
    )
    reading = letter(text)
    assert clauses(reading) == ["1 p1", "1 p2", "2"]
    named = ("Công an tỉnh", "các sở, ban, ngành, đoàn thể tỉnh", "Ủy ban nhân dân các xã, phường")
    assert reading.tasks[0].lead == reading.tasks[1].lead == named


def test_a_full_stop_for_a_comma_between_places_does_not_cut_a_list() -> None:
    reading = letter(ORDER + "1. UBND các huyện. thành phố, Sở Y tế rà soát các trạm cấp cứu.\n")
    assert reading.tasks[0].lead == ("UBND các huyện. thành phố", "Sở Y tế")


def test_a_government_that_tells_its_office_to_answer_orders_it() -> None:
    body = (
        "Theo đề nghị của Bộ Tài chính tại Công văn số 60/BTC-QLG ngày 23/10/2026 về việc xin ý kiến dự thảo Nghị định, "
        "Chủ tịch UBND tỉnh có ý kiến như sau:\nSở Tài chính chủ trì, phối hợp với các cơ quan tham gia góp ý dự thảo; "
        "trực tiếp gửi Bộ Tài chính.\n"
    )
    down = letter(body, to="Sở Tài chính", about="tham gia ý kiến dự thảo Nghị định")
    up = letter(
        "UBND tỉnh có ý kiến tham gia: thống nhất dự thảo.\n", to="Bộ Tài chính", about="tham gia ý kiến dự thảo"
    )
    assert (down.kind, [task.lead for task in down.tasks]) == ("directive", [("Sở Tài chính",)])
    assert up.kind == "not_directive"


def test_a_visit_after_a_firm_asked_is_no_mere_answer_and_its_time_and_place_are_no_tasks() -> None:
    reading = letter(
        "UBND tỉnh nhận được Văn bản đề nghị số 07/2026 ngày 01/11/2026 của Công ty Cổ phần Mẫu về việc cấp phép.\n"
        "Để có cơ sở thẩm định, UBND tỉnh tổ chức buổi kiểm tra với một số nội dung sau:\n"
        "- Thời gian: 9 giờ 00, ngày 23 tháng 11 năm 2026.\n- Địa điểm: tại trụ sở Công ty.\n- Thành phần: Sở Y tế.\n"
        "UBND tỉnh đề nghị Công ty Cổ phần Mẫu chuẩn bị hồ sơ pháp lý và cử người đại diện làm việc với đoàn.\n",
        to="Công ty Cổ phần Mẫu",
        about="kiểm tra phục vụ cấp phép",
    )
    assert reading.kind == "directive"
    assert [task.lead for task in reading.tasks] == [("Công ty Cổ phần Mẫu",)]


def test_a_letterhead_in_a_markdown_table_keeps_its_lines_apart() -> None:
    reading = read(
        "# CÔNG VĂN SỐ 12 — HƯỚNG DẪN\n\n| **BỘ Y TẾ** <br><br> Số: 12/BYT-KCB <br> V/v kết nối dữ liệu "
        "| **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** <br> *Hà Nội, ngày 15 tháng 9 năm 2026* |\n| :--- | :--- |\n\n"
        "**Kính gửi:** Các bệnh viện.\n\nBộ Y tế yêu cầu các bệnh viện kết nối dữ liệu trước ngày 30/9/2026.\n\n"
        "| **Nơi nhận:** | **KT. BỘ TRƯỞNG** <br> **THỨ TRƯỞNG** |\n| - Như trên. | **Ngô Thị Minh Họa** |\n"
    )
    assert (reading.issuer, reading.number, reading.subject) == ("BỘ Y TẾ", "12/BYT-KCB", "kết nối dữ liệu")
    assert reading.date == "2026-09-15"


PLAN = """KẾ HOẠCH
Chỉnh trang bến xe

Thực hiện Chỉ thị số 11-CT/TU ngày 04/11/2026 của Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
1. Các sở, ngành định kỳ hàng năm (trước ngày 10/12) báo cáo Ủy ban nhân dân tỉnh.
{foot}
Phụ lục
MỘT SỐ NHIỆM VỤ TRỌNG TÂM
"""
ROWS = [
    ("1", "Tuyên truyền về bến xe.", "Các Sở, ban, ngành; UBND các xã, phường", "Báo Mẫu", "Xong trong Quý I/2027"),
    ("2", "Rà soát các bến xe cũ.", "Sở Xây dựng", "Công an tỉnh, các đơn vị liên quan", "Trong năm 2027"),
    ("3", "Kiểm tra phòng cháy tại bến xe.", "Công an tỉnh", "Sở Xây dựng", "Hàng năm"),
    ("4", "Bố trí cây xanh.", "UBND các xã, phường", "Sở Xây dựng", "Thường xuyên"),
    ("5", "Lắp đặt bảng giờ điện tử.", "Sở Xây dựng", "Sở Tài chính", "Hoàn thành trước ngày 01/01/2029"),
    ("6", "Bàn giao bến mới.", "Sở Xây dựng", "", "Thường xuyên"),
]
COLUMNS = (
    "TT",
    "Tên nhiệm vụ",
    "Sở, ngành chủ trì tham mưu",
    "Đơn vị phối hợp thực hiện",
    "Thời gian thực hiện",
    "Ghi chú",
)


@pytest.mark.parametrize("by_cell", [True, False])
def test_the_rows_of_a_plan_are_tasks_whether_copied_cell_by_cell_or_row_by_row(by_cell: bool) -> None:
    if by_cell:
        table = "\n".join(COLUMNS) + "\n\n(1)\n(2)\n(3)\n(4)\n(5)\n"
        table += "\n\n".join("\n".join(cell for cell in row if cell) for row in ROWS)
    else:
        table = "\n".join(" | ".join(row) for row in (COLUMNS, ("(1)", "(2)", "(3)", "(4)", "(5)"), *ROWS))
    head = f"ỦY BAN NHÂN DÂN          TỈNH MẪU\n{MOTTO}Số: 12/KH-UBND\nMẫu, ngày 16 tháng 11 năm 2026\n\n"
    reading = read(head + PLAN.format(foot=FOOT) + table + "\n")
    rows = reading.tasks[1:]
    assert (reading.issuer, reading.kind) == ("ỦY BAN NHÂN DÂN TỈNH MẪU", "directive")
    assert [task.clause for task in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[0].lead == ("Các Sở, ban, ngành", "UBND các xã, phường")
    assert [task.lead for task in rows[1:]] == [(row[2],) for row in ROWS[1:]]
    assert rows[1].coordinate == ("Công an tỉnh", "các đơn vị liên quan")
    assert [str(task.deadline.due or task.deadline.rrule) for task in rows] == [
        *("2027-03-31", "2027-12-31", "FREQ=YEARLY", "None", "2028-12-31", "None"),
    ]
    assert [task.text for task in rows] == [row[1] for row in ROWS]


def test_a_list_of_reports_with_no_body_in_charge_is_no_plan() -> None:
    reading = letter(
        ORDER + "1. Sở Y tế rà soát các trạm.\n\nSTT | Nội dung | Đơn vị tính | Ghi chú\n1 | Số trạm | trạm | \n"
    )
    assert [task.clause.split(" ")[0] for task in reading.tasks] == ["1"]


def test_a_heading_says_whose_duties_follow_and_a_slash_parts_two_bodies() -> None:
    reading = letter(
        ORDER + "1. Bộ Chỉ huy Quân sự tỉnh/Ban Chỉ huy Bộ đội Biên phòng tỉnh\n- Kiểm tra kho.\n- Canh gác kho.\n"
        "2. Trách nhiệm của các doanh nghiệp vận tải trên địa bàn\n- Kiểm tra xe.\n- Tập huấn lái xe.\n"
    )
    assert clauses(reading) == ["1", "2"]
    assert reading.tasks[0].lead == ("Bộ Chỉ huy Quân sự tỉnh", "Ban Chỉ huy Bộ đội Biên phòng tỉnh")
    assert reading.tasks[1].lead == ("các doanh nghiệp vận tải trên địa bàn",)


def test_a_condition_and_what_a_schedule_spans_are_no_time_limits() -> None:
    reading = letter(
        ORDER
        + "1. Khẩn trương xây dựng bến\n- Các chủ đầu tư lập tiến độ chi tiết theo tuần, tháng đến hết năm 2027.\n"
        "- Bố trí đủ vốn theo cam kết.\n2. Sở Xây dựng xử lý các dự án quá 24 tháng kể từ ngày giao đất mà chưa khởi công.\n"
    )
    assert [task.deadline.kind for task in reading.tasks] == ["none"] * len(reading.tasks)


def test_an_appeal_that_names_another_document_is_an_order_of_its_own() -> None:
    told = "yêu cầu các tổ chức, cá nhân thực hiện các nội dung tại Văn bản số 193/UBND-KT ngày 10/01/2026."
    assert clauses(letter(ORDER + f"1. Sở Y tế kiểm tra các trạm.\nNgoài việc trên, {told}\n")) == ["1", "p1"]
    only = "Yêu cầu các sở, ngành nghiêm túc thực hiện."
    assert clauses(letter(ORDER + f"1. Sở Y tế kiểm tra các trạm.\n{only}\n")) == ["1"]


def test_a_plan_dated_above_its_end_has_that_date() -> None:
    reading = read(
        "KẾ HOẠCH\nPhòng cháy năm học mới\n\nCăn cứ Kế hoạch số 36/KH-UBND ngày 29 tháng 3 năm 2026 của UBND tỉnh;\n"
        "Trường THPT Mẫu xây dựng Kế hoạch với các nội dung như sau:\n\n1. Đối với đội ngũ giáo viên\n"
        "Tập huấn cho học sinh trước ngày 30/9/2026.\n\nMẫu, ngày 28 tháng 4 năm 2026\n\nNơi nhận:\n- Như trên.\n"
    )
    assert (reading.date, reading.issuer) == ("2026-04-28", "Trường THPT Mẫu")
    assert [task.lead for task in reading.tasks] == [("đội ngũ giáo viên",)]


def test_a_heading_that_a_web_page_joined_is_parted_again() -> None:
    reading = read(
        f"BỘ Y TẾ\n{MOTTO}Số: 29/BYT-KCB V/v cấp chứng chỉ hành nghề\n"
        "Hà Nội, ngày 02 tháng 02 năm 2026 Kính gửi: Sở Y tế các tỉnh, thành phố Thực hiện Luật Khám bệnh, chữa bệnh, "
        "Bộ Y tế đề nghị Sở Y tế các tỉnh, thành phố rà soát chứng chỉ, báo cáo trước ngày 30/3/2026.\n" + FOOT
    )
    assert (reading.number, reading.date, reading.subject) == ("29/BYT-KCB", "2026-02-02", "cấp chứng chỉ hành nghề")
    assert reading.recipients == ("Sở Y tế các tỉnh, thành phố",)
    assert [str(task.deadline.due) for task in reading.tasks] == ["2026-03-29"]


def test_a_plan_of_more_than_ninety_nine_clauses_is_read_to_its_end() -> None:
    clauses = "".join(f"{n}. Sở Y tế kiểm tra kho thuốc mẫu số {n}.\n" for n in range(1, 121))
    assert [task.clause for task in letter(clauses).tasks] == [str(n) for n in range(1, 121)]
    wrapped = "1. Sở Y tế thực hiện Quyết định số\n120/QĐ-UBND ngày 02/11/2026 của UBND tỉnh.\n2. Sở Nội vụ báo cáo.\n"
    assert [task.clause for task in letter(wrapped).tasks] == ["1", "2"]
