"""Lists under an order that count its objects, answers to people who ask, and whom an actor sets to work."""

from __future__ import annotations

import pytest

from letters import read
from tests.letters.test_parting import FOOT, MOTTO, ORDER, clauses, letter

THINGS = "- Hộ đã đăng ký nhưng chưa nộp báo cáo;\n- Hộ chưa đăng ký;\n- Doanh nghiệp tạm ngừng hoạt động.\n"


@pytest.mark.parametrize(
    "words",
    [
        "Sở Công Thương rà soát các hộ kinh doanh, phân loại theo các nhóm:",
        "Sở Công Thương lập danh sách, bao gồm:",
        "Sở Công Thương thống kê theo 03 nhóm đối tượng sau:",
        "Sở Công Thương báo cáo, trong đó nêu rõ:",
        "Sở Công Thương làm rõ các trường hợp:",
        "Sở Công Thương lập hồ sơ gồm các tài liệu sau:",
    ],
)
def test_a_list_of_things_stays_one_task(words: str) -> None:
    reading = letter(f"{ORDER}1. {words}\n{THINGS}2. Sở Tài chính bố trí kinh phí.\n")
    assert clauses(reading) == ["1", "2"]
    assert reading.tasks[0].lead == ("Sở Công Thương",)


def test_dashes_under_a_letter_that_only_count_things_are_one_order() -> None:
    reading = letter(
        "Ngày 05/11/2026, Bộ Tài chính ban hành Thông tư số 20/2026/TT-BTC.\n\n"
        f"UBND tỉnh yêu cầu UBND các xã rà soát hộ kinh doanh trên địa bàn, cụ thể bao gồm:\n{THINGS}"
    )
    assert clauses(reading) == ["p1"]


def test_a_list_that_orders_is_no_list_of_things() -> None:
    named = "- Sở Tài chính chủ trì bố trí kinh phí;\n- Công an tỉnh phối hợp kiểm tra;\n- Sở Y tế chủ trì hướng dẫn.\n"
    timed = "- Hộ đã đăng ký: gửi trước ngày 20/12/2026;\n- Hộ chưa đăng ký: gửi trước ngày 25/12/2026.\n"
    verbs = "- Rà soát hộ đã đăng ký, Sở Tài chính xác nhận;\n- Kiểm tra hộ chưa đăng ký trước ngày 25/12/2026.\n"
    for items in (named, timed, verbs):
        reading = letter(f"{ORDER}1. Nhiệm vụ của các đơn vị bao gồm:\n{items}2. Sở Nội vụ theo dõi.\n")
        assert len(reading.tasks) > 2


def test_answers_to_people_who_ask_order_nothing() -> None:
    told = (
        "UBND tỉnh có ý kiến trả lời như sau:\n"
        "1. Cử tri phường Mẫu kiến nghị: Đề nghị UBND tỉnh chỉ đạo Sở Xây dựng sớm sửa chữa đường Mẫu.\n"
        "Trả lời: UBND tỉnh đã giao Sở Xây dựng duy tu, hoàn thành trước ngày 30/12/2026.\n"
        "2. Cử tri xã Mẫu kiến nghị: Yêu cầu ngành chức năng kiểm tra.\nTrả lời: Việc kiểm tra đã xong.\n"
    )
    head = f"ỦY BAN NHÂN DÂN\nTỈNH MẪU\n{MOTTO}Số: 12/UBND-NC\nMẫu, ngày 16 tháng 11 năm 2026\n"
    subject = "V/v trả lời kiến nghị của cử tri\n\nKính gửi: Đoàn đại biểu Quốc hội tỉnh.\n\n"
    assert read(head + subject + told + FOOT).kind == "not_directive"


def test_whom_an_actor_is_to_require_is_not_ordered_by_the_letter() -> None:
    reading = letter(
        f"{ORDER}1. Sở Công Thương:\n- Yêu cầu các doanh nghiệp trên địa bàn ngừng khuyến mại.\n"
        "- Quản lý chặt chẽ hoạt động quảng cáo.\n"
        "2. Sở Y tế phân công Trung tâm Kiểm soát bệnh tật lấy mẫu nước.\n"
    )
    assert clauses(reading) == ["1", "2"]
    assert [task.lead for task in reading.tasks] == [("Sở Công Thương",), ("Sở Y tế",)]
    assert "tasks[1].lead" in {doubt.field for doubt in reading.doubts}


def test_a_name_made_short_is_the_same_body() -> None:
    reading = letter(
        f"{ORDER}1. Công ty Cổ phần Cấp nước Mẫu bảo đảm nguồn nước; đề nghị Công ty miễn, giảm tiền nước cho hộ nghèo.\n"
        "2. Sở Tài chính bố trí kinh phí.\n"
    )
    assert clauses(reading) == ["1", "2"]


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Các cơ quan, đơn vị được kiểm tra trực tiếp", "Các cơ quan, đơn vị được kiểm tra trực tiếp"),
        ("Các cơ quan, đơn vị tự kiểm tra: báo cáo kết quả về Sở Nội vụ.", "Các cơ quan, đơn vị tự kiểm tra"),
        ("Các đơn vị chưa nộp báo cáo: khẩn trương nộp về Sở Nội vụ.", "Các đơn vị chưa nộp báo cáo"),
    ],
)
def test_which_of_a_plural_are_meant_belongs_to_their_name(title: str, lead: str) -> None:
    below = "" if ":" in title else "a) Chuẩn bị báo cáo gửi Đoàn kiểm tra.\nb) Cung cấp hồ sơ trước ngày 31/12/2026.\n"
    reading = letter(f"{ORDER}1. {title}\n{below}2. Sở Nội vụ theo dõi.\n")
    assert reading.tasks[0].lead == (lead,)


def test_partners_and_receivers_end_where_the_order_goes_on() -> None:
    reading = letter(
        f"{ORDER}1. Sở Y tế chịu trách nhiệm phối hợp với UBND phường Mẫu xây dựng phương án.\n"
        "2. Sở Nội vụ phối hợp với cơ quan thuế, cơ quan công an và Sở Tài chính trao đổi thông tin.\n"
        "3. Văn phòng UBND tỉnh theo dõi, báo cáo Phó Chủ tịch UBND tỉnh những vấn đề phát sinh.\n"
    )
    assert reading.tasks[0].coordinate == ("UBND phường Mẫu",)
    assert reading.tasks[1].coordinate == ("cơ quan thuế", "cơ quan công an", "Sở Tài chính")
    assert reading.tasks[2].report_to == "Phó Chủ tịch UBND tỉnh"


def test_where_reports_go_is_no_report_of_theirs() -> None:
    reading = letter(
        f"{ORDER}1. Rà soát danh sách.\n2. Cử 01 công chức làm đầu mối.\n"
        "Các báo cáo nêu tại khoản 1 gửi về Sở Nội vụ trước ngày 15/12/2026.\n"
    )
    assert [(t.clause, str(t.deadline.due)) for t in reading.tasks][-1] == ("p1", "2026-12-14")
    assert all("báo cáo" not in name for name in reading.tasks[-1].lead)


def test_exceptional_cases_before_an_actor() -> None:
    reading = letter(f"{ORDER}1. Những trường hợp phải thay thế, Sở Y tế lập tờ trình trình UBND tỉnh.\n")
    assert reading.tasks[0].lead == ("Sở Y tế",)
