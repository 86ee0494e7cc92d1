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


def test_an_earlier_paper_told_on_the_way_orders_nothing() -> None:
    reading = letter(
        "Chủ tịch UBND tỉnh đã có Công điện số 03/CĐ-UBND ngày 15/02/2026 yêu cầu các đơn vị tăng cường phòng cháy.\n\n"
        "Chủ tịch UBND tỉnh yêu cầu Sở Công Thương kiểm tra các chợ, xong trước ngày 15/12/2026.\n"
    )
    assert [task.lead for task in reading.tasks] == [("Sở Công Thương",)]


def test_an_earlier_paper_and_a_new_order_in_one_sentence() -> None:
    reading = letter(
        "UBND tỉnh đã có Công văn số 03/UBND-NC ngày 15/02/2026 gửi các đơn vị, tuy nhiên đến nay chưa nhận được báo cáo; "
        "đề nghị Sở Y tế báo cáo trước ngày 15/12/2026.\n"
    )
    assert [(task.lead, str(task.deadline.due)) for task in reading.tasks] == [(("Sở Y tế",), "2026-12-14")]


def test_the_police_of_a_province_are_no_department() -> None:
    reading = letter(f"{ORDER}1. Các Sở: Tài chính, Xây dựng; Công an tỉnh và UBND các xã: phối hợp với Sở Y tế.\n")
    assert reading.tasks[0].lead == ("Sở Tài chính", "Sở Xây dựng", "Công an tỉnh", "UBND các xã")


def test_who_shares_out_among_its_own_acts_itself() -> None:
    reading = letter(f"{ORDER}1. Các phòng, đơn vị phân công trực, gửi danh sách về Sở Nội vụ trước ngày 20/12/2026.\n")
    assert reading.tasks[0].lead == ("Các phòng, đơn vị",)


def test_a_letter_that_sends_what_was_asked_is_an_answer() -> None:
    head = f"UBND TỈNH MẪU\nSỞ XÂY DỰNG\n{MOTTO}Số: 12/SXD-KT\nMẫu, ngày 16 tháng 11 năm 2026\nV/v cung cấp số liệu\n\n"
    sent = "Kính gửi: Cục Thống kê tỉnh.\n\nSở Xây dựng gửi kèm Biểu số liệu.\nKính đề nghị Cục Thống kê tỉnh tổng hợp./.\n"
    assert read(head + sent + FOOT).kind == "not_directive"


def test_a_notice_to_whoever_may_apply_orders_no_office() -> None:
    head = f"UBND TỈNH MẪU\nSỞ XÂY DỰNG\n{MOTTO}Số: 12/TB-SXD\nMẫu, ngày 16 tháng 11 năm 2026\n\n"
    said = (
        "THÔNG BÁO\nTuyển dụng viên chức\n\nSở Xây dựng thông báo:\n1. Chỉ tiêu: 05 người.\n"
        "2. Thời hạn nhận hồ sơ: đến hết ngày 05/12/2026.\n3. Hồ sơ gồm: Đơn.\n"
    )
    assert read(head + said + FOOT).kind == "not_directive"


def test_who_is_invited_and_where_are_no_tasks() -> None:
    head = f"UBND TỈNH MẪU\nSỞ XÂY DỰNG\n{MOTTO}Số: 12/GM-SXD\nMẫu, ngày 16 tháng 11 năm 2026\n\nGIẤY MỜI\nHọp về nhà ở\n\n"
    said = (
        "Sở Xây dựng trân trọng kính mời:\n- Lãnh đạo Sở Tài chính;\n- Lãnh đạo UBND phường Mẫu.\n"
        "Thời gian: 8h00 ngày 20/11/2026. Địa điểm: Phòng họp số 1.\n"
        "Đề nghị Sở Tài chính chuẩn bị báo cáo, gửi về Sở Xây dựng trước ngày 19/11/2026.\n"
    )
    assert [task.lead for task in read(head + said + FOOT).tasks] == [("Sở Tài chính",)]
